import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkCalls } from '../../shared/call/journey.ts'
import { selectMyCalls } from '../../shared/call/my-calls.ts'
import type { Leg } from '../../shared/call/state.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import { selectView } from '../../shared/call/view.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { measureJourney } from '../../shared/metrics/journey.ts'
import { measureMyCall } from '../../shared/metrics/my-call.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import { reportSession, trackStream } from '../replay/report.ts'
import { listExpectedParts, loadExpected, loadStream, STREAM_NAMES } from '../support/streams.ts'

/**
 * The streams beside figures that were worked out without this code.
 */
describe.each(STREAM_NAMES)('%s', (name) => {
  const stream = loadStream(name)
  const expected = loadExpected(name)

  it('has the expected figures to the millisecond', () => {
    expect(trackStream(stream).sessions.map((session) => reportSession(session, true))).toEqual(
      expected.report.sessions,
    )
  })

  it('is seen by each person in it as expected', () => {
    const { sessions } = trackStream(stream)
    const parts = listExpectedParts(expected)
    expect(parts.map((part) => describePart(sessions, part))).toEqual(parts)
  })

  it('makes the expected journeys', () => {
    expect(describeJourneys(trackStream(stream).sessions, stream)).toEqual(expected.journeys)
  })

  it('J9 F10 F11 counts for each person what is expected, in any order', () => {
    if (expected.calls === undefined) return
    expect(describeCalls(trackStream(stream).sessions)).toEqual(expected.calls)
    fc.assert(
      fc.property(anyArrival(stream), (events) => {
        expect(describeCalls(trackStream(events).sessions)).toEqual(expected.calls)
      }),
      { numRuns: 30 },
    )
  })

  it('comes to the same in any order and with any repetition', () => {
    const inOrder = describeAll(stream)
    fc.assert(
      fc.property(anyArrival(stream), (events) => {
        expect(describeAll(events)).toEqual(inOrder)
      }),
      { numRuns: 30 },
    )
  })
})

function anyArrival(stream: readonly TelephonyNotification[]): fc.Arbitrary<TelephonyNotification[]> {
  return fc
    .tuple(
      fc.shuffledSubarray([...stream], { minLength: stream.length, maxLength: stream.length }),
      fc.array(fc.constantFrom(...stream), { maxLength: 20 }),
    )
    .chain(([shuffled, repeated]) => {
      const events = [...shuffled, ...repeated]
      return fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length })
    })
}

function describeAll(events: readonly TelephonyNotification[]): unknown {
  const { sessions } = trackStream(events)
  return {
    calls: sessions.map(({ call }) => call),
    journeys: describeJourneys(sessions, events),
  }
}

function describePart(
  sessions: readonly TrackedCall[],
  { telephonySessionId, extensionId }: { readonly telephonySessionId: string; readonly extensionId: string },
): unknown {
  const tracked = sessions.find(({ call }) => call.telephonySessionId === telephonySessionId)
  if (tracked === undefined) throw new Error(`no session ${telephonySessionId}`)
  const monitorIds = new Set(linkCalls(sessions.map(({ call }) => call)).flatMap((journey) => [...journey.monitorIds]))
  const view = selectView(tracked.call, extensionId)
  const figures = measureAgent(tracked.call, extensionId, [], monitorIds)
  return {
    telephonySessionId,
    extensionId,
    direction: view?.direction,
    counterpart: {
      name: view?.counterpart.name ?? null,
      phoneNumber: view?.counterpart.phoneNumber ?? null,
    },
    queueName: view?.queueName ?? null,
    outcome: view?.outcome,
    ringMs: figures?.ring.ms,
    talkMs: figures?.talk.ms,
    holdMs: figures?.hold.ms,
  }
}

/** What counts as a call for everybody, by extension and then by its start. */
function describeCalls(sessions: readonly TrackedCall[]): unknown {
  const calls = sessions.map(({ call }) => call)
  const people = [...new Set(calls.flatMap(({ legs }) => legs.flatMap(({ extensionId }) => extensionId ?? [])))].sort()
  return people.flatMap((extensionId) =>
    selectMyCalls(calls, extensionId)
      .filter(({ kind }) => kind === 'call')
      .map((mine) => {
        const { telephonySessionId, counterpart, outcome } = mine.view
        const figures = measureMyCall(mine, extensionId, () => [])
        return {
          extensionId,
          telephonySessionId,
          counterpart: { name: counterpart.name ?? null, phoneNumber: counterpart.phoneNumber ?? null },
          outcome,
          ringMs: figures?.agent.ring.ms,
          talkMs: figures?.agent.talk.ms,
          holdMs: figures?.agent.hold.ms,
          twoWayTalkMs: figures?.call.twoWayTalk.ms,
        }
      }),
  )
}

function describeJourneys(sessions: readonly TrackedCall[], events: readonly TelephonyNotification[]): unknown {
  const nameOf = labelPeople(events)
  return linkCalls(sessions.map(({ call }) => call)).map((journey) => {
    const { had, wait } = measureJourney(journey)
    return {
      sessions: journey.calls.map(({ telephonySessionId }) => telephonySessionId),
      caller: journey.customer === undefined ? null : nameOf(journey.customer),
      had: had.map(({ leg }) => nameOf(leg)),
      waitMs: wait?.ms ?? null,
    }
  })
}

/** Names by extension or number, as the last event that tells one does. */
function labelPeople(events: readonly TelephonyNotification[]): (leg: Leg) => string | null {
  const names = new Map<string, string>()
  const inOrder = [...events].sort((a, b) => a.eventTimeMs - b.eventTimeMs || a.sequence - b.sequence)
  for (const { from, to, queueCall } of inOrder.flatMap(({ parties }) => parties)) {
    for (const { name, extensionId, phoneNumber } of queueCall ? [] : [from, to]) {
      if (name === undefined) continue
      if (extensionId !== undefined) names.set(extensionId, name)
      if (phoneNumber !== undefined) names.set(phoneNumber, name)
    }
  }
  return (leg) => {
    const { phoneNumber, extensionId } = leg.direction === 'Outbound' ? leg.from : leg.to
    // Rung in the name of a queue or of a colleague.
    const isForAnother = leg.queueCall || (extensionId !== undefined && extensionId !== leg.extensionId)
    const name = names.get(leg.extensionId ?? phoneNumber ?? '')
    return name ?? (isForAnother ? undefined : phoneNumber) ?? leg.extensionId ?? null
  }
}
