import { expect, test } from 'vitest'
import { loadNotifications } from '../../support/streams.ts'
import { createLiveCalls } from '../calls/live-calls.ts'
import { createSessions } from '../calls/sessions.ts'
import { createTidyTiming } from '../calls/untidiness.ts'
import { NORTHWIND } from '../company.ts'
import { createDirectory } from '../directory.ts'
import { findPerson } from '../people.ts'
import { createPlayedScenarios } from '../scenarios/played-scenarios.ts'
import type { ScenarioName } from '../scenarios/scenarios.ts'
import { type CallStep, type ListedCall, listCalls } from './phone-calls.ts'

const calls = createLiveCalls({
  outbox: { send: () => expect.unreachable('a list tells nothing'), sendAtOnce: () => expect.unreachable() },
  nowMs: () => 0,
  drawManner: () => ({ drawTiming: createTidyTiming(), callerNameFromSequence: 0 }),
})
const { look } = createPlayedScenarios({ calls, directory: createDirectory(NORTHWIND) })

/** What the page lists, newest first, when this many events of a scenario have happened. */
function listAfter(scenario: ScenarioName, events: number): readonly string[] {
  return list(scenario, events).map(({ title, state, lastEvent }) => `${title}: ${state}, ${lastEvent}`)
}

function list(scenario: ScenarioName, events: number): readonly ListedCall[] {
  const sessions = createSessions()
  for (const happening of loadNotifications(scenario).slice(0, events)) sessions.record(happening)
  return listCalls(sessions.recent(), { calls, look, findPerson })
}

test.each<[ScenarioName, number, readonly CallStep[]]>([
  ['direct-call', 4, ['answer', 'transfer', 'hang-up']],
  ['queue-answered', 11, ['unhold', 'transfer', 'park', 'hang-up']],
  ['voicemail', 5, ['hang-up']],
])('%s can be taken over after %i events by %j', (scenario, events, steps) => {
  expect(list(scenario, events)[0]?.steps).toEqual(steps)
  expect(calls.live()).toEqual([])
})

test.each<[ScenarioName, number, readonly string[]]>([
  ['ivr-menu', 6, ['+442079460018 → IVR Menu 1002: starting, event 7, Answered (IVR Menu 1002)']],
  ['queue-answered', 6, ['Ada Winter → Sales: ringing, event 7, Proceeding (Noor Haddad)']],
  ['queue-answered', 11, ['Ada Winter → Sales: on hold, event 12, Hold (Bea Lindqvist)']],
  ['blind-transfer', 10, ['Ada Winter → Sam Okafor: talking, event 11, Answered (Sam Okafor)']],
  [
    'attended-transfer',
    13,
    [
      'Bea Lindqvist → Sam Okafor: talking, event 7, Gone (Bea Lindqvist)',
      'Ada Winter → Bea Lindqvist: talking, event 8, Gone (Bea Lindqvist)',
    ],
  ],
  ['call-switch', 7, ['Ada Winter → Bea Lindqvist: talking, event 8, Answered (Bea Lindqvist)']],
  ['ring-out', 3, ['Bea Lindqvist → +12065550147: ringing, event 4, Proceeding (+12065550147)']],
  ['voicemail', 5, ['Priya Natarajan → Bea Lindqvist: leaving a message, event 6, VoiceMail (Bea Lindqvist)']],
  ['voicemail-screening', 6, ['Ada Winter → Bea Lindqvist: leaving a message, event 7, VMScreening (Bea Lindqvist)']],
  ['fax', 4, ['Priya Natarajan → Bea Lindqvist: sending a fax, event 5, FaxReceive (Bea Lindqvist)']],
  ['anonymous', 7, ['Withheld number → Bea Lindqvist: ended, event 8, Disconnected (Bea Lindqvist)']],
])('%s after %i events', (scenario, events, listed) => {
  expect(listAfter(scenario, events)).toEqual(listed)
})
