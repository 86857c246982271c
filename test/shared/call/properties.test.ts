import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOver } from '../../../shared/call/end.ts'
import { selectStart } from '../../../shared/call/leg.ts'
import type { Leg } from '../../../shared/call/state.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { decodeNotification, type TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus } from '../../../shared/protocol/status.ts'
import { anyMutations, mangle } from '../../support/mutate.ts'
import { at, buildEnvelope, buildParty, step } from '../../support/notification.ts'
import { anyAnswers, plannedCall, wildEvents } from '../../support/random-calls.ts'
import { loadNotifications, loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { anyArrival, describeAll, describeTimes, followTold, type Told, tell, toldOf } from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'
import { callOf, legOf, mine } from './cast.ts'

/** What holds for any stream, however it arrives and whatever became of it on its way. */

const ANY_STREAM = fc.constantFrom(...STREAM_NAMES)

describe('whatever arrives when', () => {
  function expectSame(told: readonly Told[], arrived: readonly Told[]): void {
    expect(describeAll(followTold(arrived))).toEqual(describeAll(followTold(told)))
  }

  it.each(STREAM_NAMES)('H4 %s comes to the same, with answers among its events', (name) => {
    const events = loadStream(name)
    const arrivals = anyAnswers(events).chain((answers) => {
      const told = [...events, ...answers]
      return fc.record({ told: fc.constant(told), arrived: anyArrival(told) })
    })
    fc.assert(
      fc.property(arrivals, ({ told, arrived }) => expectSame(told, arrived)),
      { numRuns: 15 },
    )
  })

  it('H4 a planned call comes to the same, with answers among its events', () => {
    const arrivals = plannedCall().chain(({ events }) =>
      anyAnswers(events).chain((answers) => {
        const told = [...events, ...answers]
        return fc.record({ told: fc.constant(told), arrived: anyArrival(told) })
      }),
    )
    fc.assert(
      fc.property(arrivals, ({ told, arrived }) => expectSame(told, arrived)),
      { numRuns: 150 },
    )
  })

  it('H4 wild events come to the same, also where two tell different things under one number', () => {
    const arrivals = wildEvents().chain((events) =>
      anyAnswers(events).chain((answers) => {
        const told = [...events, ...answers]
        return fc.record({ told: fc.constant(told), arrived: anyArrival(told) })
      }),
    )
    fc.assert(
      fc.property(arrivals, ({ told, arrived }) => expectSame(told, arrived)),
      { numRuns: 500 },
    )
  })

  it('H4 what was told before is nothing new', () => {
    const repetition = wildEvents().chain((events) =>
      anyAnswers(events).map((answers) => [...events, ...answers] as readonly Told[]),
    )
    fc.assert(
      fc.property(repetition, (told) => {
        const trackers = followTold(told)
        const before = structuredClone(describeAll(trackers))
        const byId = new Map(trackers.map((tracker) => [tracker.call.telephonySessionId, tracker]))
        expect(
          told
            .map((one) => byId.get(one.telephonySessionId))
            .map((tracker, index) => {
              const one = told[index]
              return tracker !== undefined && one !== undefined && tell(tracker, one)
            }),
        ).not.toContain(true)
        expect(describeAll(trackers)).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a prefix', () => {
  /** Every beginning of a session, by sequence: all entries of one number together. */
  function listPrefixes(events: readonly TelephonyNotification[]): readonly (readonly TelephonyNotification[])[] {
    const sequences = [...new Set(events.map(({ sequence }) => sequence))].sort((a, b) => a - b)
    return sequences.map((last) => events.filter(({ sequence }) => sequence <= last))
  }

  function expectNoContradiction(events: readonly TelephonyNotification[]): void {
    for (const { call: whole } of followTold(events)) {
      for (const prefix of listPrefixes(toldOf(events, whole.telephonySessionId))) {
        for (const leg of trackAll(whole.telephonySessionId, prefix).call.legs) {
          const later = legOf(whole, leg.id)
          expect(later.intervals.slice(0, leg.intervals.length)).toEqual(leg.intervals)
          expect(selectStart(later)).toEqual(selectStart(leg))
          if (leg.end === undefined) expect(later.latestMs).toBeGreaterThanOrEqual(leg.latestMs)
          else expect(describeTimes(later)).toEqual(describeTimes(leg))
        }
      }
    }
  }

  it.each(STREAM_NAMES)('L2 of %s never contradicts the whole', (name) => {
    expectNoContradiction(loadStream(name))
  })

  it('L2 of any call never contradicts the whole', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          plannedCall().map(({ events }) => events),
          wildEvents(),
        ),
        expectNoContradiction,
      ),
      { numRuns: 150 },
    )
  })

  it('C5 that is over stays over, unless a party is heard of for the first time', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          plannedCall().map(({ events }) => events),
          wildEvents(),
        ),
        (events) => {
          for (const { call } of followTold(events)) {
            const prefixes = listPrefixes(toldOf(events, call.telephonySessionId))
            const calls = prefixes.map((prefix) => trackAll(call.telephonySessionId, prefix).call)
            for (const [index, before] of calls.entries()) {
              const after = calls[index + 1]
              if (after === undefined || !isOver(before) || isOver(after)) continue
              expect(after.legs.length).toBeGreaterThan(before.legs.length)
            }
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('the end of a leg', () => {
  it('L4 is final: without the events that follow it by sequence, everything that counts is the same', () => {
    fc.assert(
      fc.property(wildEvents(), (events) => {
        for (const { call } of followTold(events)) {
          for (const leg of call.legs) {
            const endedAt = leg.end?.at.sequence ?? Number.POSITIVE_INFINITY
            const until = toldOf(events, call.telephonySessionId).filter(({ sequence }) => sequence <= endedAt)
            const short = trackAll(call.telephonySessionId, until).call
            expect(describeTimes(legOf(short, leg.id))).toEqual(describeTimes(leg))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('L4 is final: of what is told afterwards only the count and what is told of the party remains', () => {
    const ended = [step(2, 0, 'Proceeding', mine), step(3, 500, 'Disconnected', { ...mine, reason: 'NoAnswer' })]
    const before = legOf(callOf(...ended), mine.id)
    fc.assert(
      fc.property(wildEvents({ isOrdered: true }), (events) => {
        const tracker = trackAll('s-1', ended)
        let own = 0
        for (const event of events) {
          const parties = event.parties.filter(({ id }) => id === 's-1-2').map((party) => ({ ...party, id: before.id }))
          own += parties.length === 0 ? 0 : 1
          // Two parties of one event are one entry when they are the same party.
          tracker.take({ ...event, telephonySessionId: 's-1', sequence: event.sequence + 10, parties })
        }
        const after = legOf(tracker.call, before.id)
        expect(describeTimes(after)).toEqual(describeTimes(before))
        expect(after.eventsAfterEnd).toBe(own)
      }),
      { numRuns: 200 },
    )
  })
})

describe('intervals', () => {
  it('L2 of a leg follow each other without a gap from its first event to its end, whatever was told in which order', () => {
    const told = wildEvents().chain((events) =>
      anyAnswers(events).map((answers) => [...events, ...answers] as readonly Told[]),
    )
    fc.assert(
      fc.property(told, (all) => {
        for (const { call } of followTold(all)) for (const leg of call.legs) expectConserved(leg)
      }),
      { numRuns: 500 },
    )
  })

  it('L1 always leave a leg in exactly one state, or ended', () => {
    fc.assert(
      fc.property(wildEvents(), (events) => {
        for (const { call } of followTold(events)) {
          for (const { current, end } of call.legs)
            expect([current, end].filter((one) => one !== undefined)).toHaveLength(1)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('a stream that was mangled on its way', () => {
  const mangled = fc
    .oneof(
      ANY_STREAM.map(loadNotifications),
      plannedCall().map(({ envelopes }) => envelopes),
    )
    .chain((stream) => anyMutations().map((mutations) => ({ stream, ...mangle(stream, mutations) })))

  it('H4 L2 comes to the same in any order and conserves the times of its legs', () => {
    fc.assert(
      fc.property(
        mangled.chain(({ events }) => fc.record({ events: fc.constant(events), arrived: anyArrival(events) })),
        ({ events, arrived }) => {
          const sessions = followTold(arrived)
          for (const { call } of sessions) for (const leg of call.legs) expectConserved(leg)
          expect(describeAll(sessions)).toEqual(describeAll(followTold(events)))
        },
      ),
      { numRuns: 250 },
    )
  })

  it('L6 leaves every leg whose own events arrived as it is', () => {
    fc.assert(
      fc.property(mangled, ({ stream, events, harmed }) => {
        const damaged = new Set([...harmed].flatMap((origin) => stream[origin]?.body.parties.map(({ id }) => id) ?? []))
        const after = new Map(followTold(events).map(({ call }) => [call.telephonySessionId, call]))
        const good = stream.flatMap((envelope) => decodeAll(envelope))
        for (const { call } of followTold(good)) {
          for (const leg of call.legs) {
            if (damaged.has(leg.id)) continue
            const survivor = after.get(call.telephonySessionId)?.legs.find(({ id }) => id === leg.id)
            expect(survivor && describeTimes(survivor)).toEqual(describeTimes(leg))
          }
        }
      }),
      { numRuns: 250 },
    )
  })
})

describe('decoding', () => {
  /** A good value in which one field, anywhere, is anything. */
  function anyDamage(good: unknown): fc.Arbitrary<unknown> {
    const paths = listPaths(good)
    return fc.tuple(fc.constantFrom(...paths), fc.anything()).map(([path, value]) => replaceAt(good, path, value))
  }

  const party = buildParty({
    uiCallInfo: { primary: { type: 'QueueName', value: 'Sales' }, additional: { type: 'CallerIdName', value: 'Ada' } },
    status: { code: 'Gone', reason: 'Pickup', peerId: { telephonySessionId: 's-2' }, mobilePickupData: { to: 'x' } },
    recordings: [{ id: 'r-1', active: true }],
    sipData: { callId: 'c' },
    owner: { extensionId: '200' },
  })

  it('N1 N2 of an event never throws, and what it refuses it names', () => {
    const values = fc.oneof(fc.anything(), anyDamage(buildEnvelope({ parties: [party] })))
    fc.assert(
      fc.property(values, (raw) => {
        const decoded = decodeNotification(raw)
        if (decoded.kind === 'unusable') expect(decoded.fault.path).not.toBe('')
        if (decoded.kind === 'telephony') expect(() => new Tracker('s-1').take(decoded.notification)).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  })

  it('N1 N2 of an answer never throws, and what it refuses it names', () => {
    const good = {
      telephonySessionId: 's-1',
      asOf: at(0),
      found: true,
      session: { creationTime: at(0), parties: [party] },
    }
    fc.assert(
      fc.property(fc.oneof(fc.anything(), anyDamage(good)), (raw) => {
        const decoded = decodeStatus(raw)
        if (decoded.kind === 'unusable') expect(decoded.fault.path).not.toBe('')
        else expect(() => new Tracker('s-1').repair(decoded.status)).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  })
})

function expectConserved(leg: Leg): void {
  const { intervals, current, end } = leg
  let previous = selectStart(leg)
  for (const { from, to } of intervals) {
    expect(from).toEqual(previous)
    expect(to.timeMs).toBeGreaterThanOrEqual(from.timeMs)
    previous = to
  }
  expect(current?.from ?? end?.at).toEqual(previous)
  expect(leg.latestMs).toBeGreaterThanOrEqual(previous.timeMs)
}

function decodeAll(raw: unknown): readonly TelephonyNotification[] {
  const decoded = decodeNotification(raw)
  return decoded.kind === 'telephony' ? [decoded.notification] : []
}

type Path = readonly (string | number)[]

/** Where every value inside a value stands, the value itself first. */
function listPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))]
}

function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement
  if (Array.isArray(value)) return value.with(Number(key), replaceAt(value[Number(key)], rest, replacement))
  if (typeof value !== 'object' || value === null) return replacement
  return { ...value, [key]: replaceAt(Object.entries(value).find(([name]) => name === key)?.[1], rest, replacement) }
}
