import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DOUBTFUL_AFTER_MS, isDoubtful, isLost, LOST_AFTER_MS } from '../../../shared/call/doubt.ts'
import { isOver } from '../../../shared/call/end.ts'
import { LEG_STATES, type LegState } from '../../../shared/call/state.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { at, buildEnvelope, decode, type StepFields, step } from '../../support/notification.ts'
import { anyAnswers, plannedCall, wildEvents } from '../../support/random-calls.ts'
import { followTold } from '../../support/told.ts'
import { caller, callOf, colleague, mine } from './cast.ts'

/** Calls that have been silent for so long that the platform should be asked. */

const NOON_MS = Date.parse(at(0))

/** A code that brings a leg into each state. */
const CODES: Readonly<Record<LegState, string>> = {
  setup: 'Setup',
  ring: 'Proceeding',
  talk: 'Answered',
  hold: 'Hold',
  parked: 'Parked',
  voicemail: 'VoiceMail',
  fax: 'FaxReceive',
  other: 'Levitating',
}

describe('M4 a call', () => {
  it.each(LEG_STATES)('that is in %s is doubtful once it has been silent for longer than that lasts', (state) => {
    const call = callOf(step(2, 0, CODES[state], mine))
    const patienceMs = DOUBTFUL_AFTER_MS[state]
    expect(isDoubtful(call, NOON_MS + patienceMs)).toBe(false)
    expect(isDoubtful(call, NOON_MS + patienceMs + 1)).toBe(true)
  })

  const sentences: readonly (readonly [
    sentence: string,
    silentMs: number,
    codes: readonly string[],
    doubtful: boolean,
  ])[] = [
    ['that rings for three minutes is not', 3 * MINUTE_MS, ['Proceeding'], false],
    ['that rings for longer is', 3 * MINUTE_MS + 1, ['Proceeding'], true],
    ['that has been talked in for four hours is not', 4 * HOUR_MS, ['Answered'], false],
    ['that has been talked in for longer is', 4 * HOUR_MS + 1, ['Answered'], true],
    ['is judged by the state with the shortest patience', 3 * MINUTE_MS + 1, ['Answered', 'Proceeding'], true],
    ['is judged by those who are still there', 3 * MINUTE_MS + 1, ['Answered', 'Gone'], false],
    ['that is over never is', 24 * HOUR_MS, ['Disconnected', 'Disconnected'], false],
  ]
  it.each(sentences)('%s', (_sentence, silentMs, codes, doubtful) => {
    const parties = [caller, mine]
    const call = callOf(...codes.map((code, index) => step(2 + index, 0, code, parties[index])))
    expect(isDoubtful(call, NOON_MS + silentMs)).toBe(doubtful)
  })

  it('that everybody left to somebody else is doubtful when nobody is heard of for half a minute', () => {
    const call = callOf(
      step(2, 0, 'Answered', mine),
      step(3, 500, 'Disconnected', { ...mine, reason: 'BlindTransfer' }),
    )
    expect(isDoubtful(call, NOON_MS + 500 + 30 * SECOND_MS)).toBe(false)
    expect(isDoubtful(call, NOON_MS + 501 + 30 * SECOND_MS)).toBe(true)
  })

  const others: readonly (readonly [
    sentence: string,
    end: StepFields & { code: string },
    code: string,
    doubtful: boolean,
  ])[] = [
    ['has hung up', { code: 'Disconnected' }, 'Answered', true],
    ['has hung up while I held', { code: 'Disconnected' }, 'Hold', true],
    ['has passed on', { code: 'Disconnected', reason: 'AttendedTransfer' }, 'Answered', false],
    ['is gone elsewhere', { code: 'Gone' }, 'Answered', false],
    ['has hung up while it was parked', { code: 'Disconnected' }, 'Parked', false],
  ]
  it.each(others)(
    'is doubtful half a minute after nobody is left in it who could talk: the other side %s',
    (_, end, code, doubtful) => {
      const { code: endCode, ...fields } = end
      const call = callOf(
        step(2, 0, 'Answered', caller),
        step(3, 100, 'Answered', mine),
        step(4, 200, code, mine),
        step(5, 1000, endCode, { ...caller, ...fields }),
      )
      expect(isDoubtful(call, NOON_MS + 1000 + 30 * SECOND_MS)).toBe(false)
      expect(isDoubtful(call, NOON_MS + 1001 + 30 * SECOND_MS)).toBe(doubtful)
    },
  )

  it('of three of whom one has hung up goes on like any other', () => {
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 100, 'Answered', mine),
      step(4, 200, 'Answered', colleague),
      step(5, 1000, 'Disconnected', colleague),
    )
    expect(isDoubtful(call, NOON_MS + 1000 + HOUR_MS)).toBe(false)
  })

  it('counts its silence from its last event, whichever leg that was of and whether or not it changed a state', () => {
    const call = callOf(
      step(2, 0, 'Proceeding', mine),
      step(3, 0, 'Answered', caller),
      step(4, 60_000, 'Answered', { ...caller, muted: true }),
    )
    expect(isDoubtful(call, NOON_MS + 60_000 + 3 * MINUTE_MS)).toBe(false)
    expect(isDoubtful(call, NOON_MS + 60_001 + 3 * MINUTE_MS)).toBe(true)
  })

  it('of which no party is known has nothing to doubt', () => {
    const call = callOf(decode(buildEnvelope({ parties: [] })))
    expect(isDoubtful(call, NOON_MS + 24 * HOUR_MS)).toBe(false)
  })

  it('stays doubtful while nothing is heard, and is so exactly when it is not over and long enough has passed', () => {
    const anyTold = fc
      .oneof(
        wildEvents(),
        plannedCall().chain(({ events }) =>
          fc.integer({ min: 1, max: events.length }).map((count) => events.slice(0, count)),
        ),
      )
      .chain((events) => anyAnswers(events).map((answers) => [...events, ...answers]))
    fc.assert(
      fc.property(anyTold, fc.nat(5 * HOUR_MS), fc.nat(HOUR_MS), (told, silentMs, furtherMs) => {
        for (const { call } of followTold(told)) {
          const latestMs = Math.max(NOON_MS, ...call.legs.map((leg) => leg.latestMs))
          const isNow = isDoubtful(call, latestMs + silentMs)
          if (isNow) expect(isDoubtful(call, latestMs + silentMs + furtherMs)).toBe(true)
          expect(isDoubtful(call, latestMs)).toBe(false)
          expect(isDoubtful(call, latestMs + 4 * HOUR_MS + 1)).toBe(call.legs.length > 0 && !isOver(call))
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('M5 a call of which nothing was heard for a day', () => {
  const talk = [step(2, 0, 'Answered', caller), step(3, 10, 'Answered', mine)]
  const answer = (ms: number, found: boolean, parties: unknown[] = []) =>
    ({
      telephonySessionId: 's-1',
      asOfMs: NOON_MS + ms,
      found,
      createdMs: undefined,
      origin: undefined,
      parties,
    }) as never

  it.each([
    ['is lost', talk, true],
    [
      'is not lost when it has ended',
      [...talk, step(4, 20, 'Disconnected', mine), step(5, 21, 'Disconnected', caller)],
      false,
    ],
    ['is not lost when the platform said since that it goes on', [...talk, answer(HOUR_MS, true)], false],
  ])('%s', (_, told, lost) => {
    const [tracked] = followTold(told)
    expect(tracked && isLost(tracked, NOON_MS + 10 + LOST_AFTER_MS)).toBe(false)
    expect(tracked && isLost(tracked, NOON_MS + 11 + LOST_AFTER_MS)).toBe(lost)
  })
})
