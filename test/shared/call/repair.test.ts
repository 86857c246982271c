import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOver } from '../../../shared/call/end.ts'
import type { Call } from '../../../shared/call/state.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../../shared/protocol/status.ts'
import { listChanges } from '../../bench/tracker/call-plan.ts'
import { buildSessionStatus } from '../../bench/tracker/session-status.ts'
import { at, buildParty, step } from '../../support/notification.ts'
import { answer, anyAnswers, decodeAnswer, plannedCall, wildEvents } from '../../support/random-calls.ts'
import {
  anyArrival,
  describeAll,
  describeCall,
  describeTimes,
  followTold,
  isAnswer,
  type Told,
  toldOf,
} from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, legOf, mine } from './cast.ts'

/** The platform's answers to status requests, among the events of a call. */

const NOON_MS = Date.parse(at(0))
const RINGING = [step(2, 0, 'Setup', mine), step(3, 100, 'Proceeding', mine)]
const TALKING = [...RINGING, step(4, 1_000, 'Answered', mine)]

/** What the platform answered `ms` after noon: my leg in this state. */
function says(ms: number, code: string, fields: object = {}): SessionStatus {
  return answer('s-1', NOON_MS + ms, [buildParty({ ...mine, status: { code }, ...fields })])
}

function notFound(ms: number): SessionStatus {
  return answer('s-1', NOON_MS + ms, undefined)
}

/** The call that this adds up to, which must not depend on the order of arrival. */
function comeTo(...told: readonly Told[]): Call {
  const [session] = followTold(told)
  const [backwards] = followTold(told.toReversed())
  if (session === undefined) throw new Error('there should be a session')
  expect(describeAll(backwards === undefined ? [] : [backwards])).toEqual(describeAll([session]))
  return session.call
}

/** My leg's states with their lengths (ms) in words, the end by its kind: `setup 100, ring 900, disconnected`. */
function tellMine(call: Call): string {
  const { intervals, current, end } = legOf(call, mine.id)
  return [
    ...intervals.map(({ state, from, to }) => `${state} ${to.timeMs - from.timeMs}`),
    current?.state ?? end?.kind,
  ].join(', ')
}

describe('an answer among the events of a leg', () => {
  const table: readonly (readonly [sentence: string, told: readonly Told[], expected: string])[] = [
    ['R1 corrects the state as of its moment', [...RINGING, says(600, 'Answered')], 'setup 100, ring 500, talk'],
    [
      'R1 ends the leg as of its moment',
      [...TALKING, says(5_000, 'Disconnected')],
      'setup 100, ring 900, talk 4000, disconnected',
    ],
    ['R1 ends the leg that went elsewhere', [...TALKING, says(5_000, 'Gone')], 'setup 100, ring 900, talk 4000, gone'],
    [
      'R1 comes after an event of its own moment',
      [...TALKING, says(1_000, 'Hold')],
      'setup 100, ring 900, talk 0, hold',
    ],
    [
      'R1 comes before an event that counts later',
      [...TALKING, says(999, 'Hold')],
      'setup 100, ring 899, hold 1, talk',
    ],
    [
      'R1 comes before an event whose own time is earlier, where that counts later',
      [...TALKING, step(5, 400, 'Hold', mine), says(700, 'Parked')],
      'setup 100, ring 600, parked 300, talk 0, hold',
    ],
    [
      'R2 yields to an event that happened later',
      [...RINGING, says(600, 'Hold'), step(4, 1_000, 'Answered', mine)],
      'setup 100, ring 500, hold 400, talk',
    ],
    [
      'R2 that ended the leg is as if not said when an event is later',
      [...RINGING, says(600, 'Disconnected'), step(4, 1_000, 'Answered', mine)],
      'setup 100, ring 900, talk',
    ],
    [
      'R2 that ended the leg is as if not said when the leg ends later',
      [...RINGING, says(600, 'Gone'), step(4, 1_000, 'Disconnected', mine)],
      'setup 100, ring 900, disconnected',
    ],
    [
      'R3 yields to a later answer',
      [...RINGING, says(600, 'Hold'), says(900, 'Answered')],
      'setup 100, ring 500, hold 300, talk',
    ],
    [
      'R3 that ended the leg is as if not said when a later answer finds it alive',
      [...RINGING, says(600, 'Disconnected'), says(900, 'Answered')],
      'setup 100, ring 800, talk',
    ],
    [
      'R3 that ended the leg is not moved by a later one that ends it too',
      [...RINGING, says(600, 'Disconnected'), says(900, 'Disconnected')],
      'setup 100, ring 500, disconnected',
    ],
    [
      'R4 revives nothing that an event ended',
      [...RINGING, step(4, 500, 'Disconnected', mine), says(900, 'Answered')],
      'setup 100, ring 400, disconnected',
    ],
    [
      'R4 revives nothing that an event ended at the same moment',
      [...RINGING, step(4, 500, 'Disconnected', mine), says(500, 'Answered')],
      'setup 100, ring 400, disconnected',
    ],
    [
      'R6 in the state that it is in changes nothing',
      [...TALKING, says(5_000, 'Answered')],
      'setup 100, ring 900, talk',
    ],
    ['R7 that alone tells of a leg begins it', [says(5_000, 'Answered'), says(7_000, 'Hold')], 'talk 2000, hold'],
    [
      'R7 begins a leg no earlier than its events',
      [step(3, 100, 'Proceeding', mine), says(50, 'Setup')],
      'setup 50, ring',
    ],
  ]
  it.each(table)('%s', (_sentence, told, expected) => {
    expect(tellMine(comeTo(...told))).toBe(expected)
  })

  it('R4 after the end is no event after the end, and teaches nothing', () => {
    const ended = [...RINGING, step(4, 500, 'Disconnected', mine)]
    const leg = legOf(comeTo(...ended, says(900, 'Answered', { from: { name: 'Ada Winter' } })), mine.id)
    expect(leg).toMatchObject({ eventsAfterEnd: 0, repairedAsOfMs: undefined, from: { name: undefined } })
  })

  it('R6 marks the legs that it changed, as of its moment, and no other', () => {
    const call = comeTo(
      step(2, 0, 'Answered', caller),
      step(3, 100, 'Proceeding', mine),
      answer('s-1', NOON_MS + 600, [
        buildParty({ ...caller, status: { code: 'Answered' } }),
        buildParty({ ...mine, status: { code: 'Answered' } }),
      ]),
    )
    expect(legOf(call, caller.id).repairedAsOfMs).toBeUndefined()
    expect(legOf(call, mine.id).repairedAsOfMs).toBe(NOON_MS + 600)
  })

  it('R6 marks as of the last one that changed something', () => {
    const call = comeTo(...RINGING, says(600, 'Hold'), says(900, 'Answered'), says(1_200, 'Answered'))
    expect(legOf(call, mine.id).repairedAsOfMs).toBe(NOON_MS + 900)
  })

  it('R6 says nothing of a leg that it does not list', () => {
    const before = comeTo(step(2, 0, 'Answered', caller), ...TALKING.slice(1))
    const after = comeTo(step(2, 0, 'Answered', caller), ...TALKING.slice(1), answer('s-1', NOON_MS + 9_000, []))
    expect(describeCall(after)).toEqual(describeCall(before))
  })

  it('R6 that confirms a state does not hold up an event of before its moment that arrives later', () => {
    const late = step(5, 3_000, 'Disconnected', mine)
    expect(tellMine(comeTo(...TALKING, says(5_000, 'Answered'), late))).toBe(
      'setup 100, ring 900, talk 2000, disconnected',
    )
  })

  it('R7 begins a session that only it tells of as of its moment, with its origin', () => {
    const session = { origin: { type: 'RingOut' }, parties: [buildParty({ ...mine, status: { code: 'Answered' } })] }
    const call = comeTo(decodeAnswer({ telephonySessionId: 's-1', asOf: at(5_000), found: true, session }))
    expect(call).toMatchObject({ origin: 'RingOut', startedMs: NOON_MS + 5_000 })
    expect(legOf(call, mine.id)).toMatchObject({
      current: { state: 'talk', from: { sequence: undefined, timeMs: NOON_MS + 5_000 } },
      repairedAsOfMs: NOON_MS + 5_000,
    })
  })
})

describe('a session that the platform no longer knows', () => {
  const both = [step(2, 0, 'Answered', caller), ...TALKING.slice(1)]

  it('R5 has ended with all its legs', () => {
    const call = comeTo(...both, notFound(60_000))
    expect(call.lostAsOfMs).toBe(NOON_MS + 60_000)
    expect(isOver(call)).toBe(true)
    for (const leg of call.legs) {
      expect(leg.end).toMatchObject({ kind: 'disconnected', at: { code: '404', timeMs: NOON_MS + 60_000 } })
      expect(leg.repairedAsOfMs).toBe(NOON_MS + 60_000)
    }
  })

  it('R5 leaves a leg that had ended as it was', () => {
    const ended = step(5, 9_000, 'Disconnected', mine)
    const leg = legOf(comeTo(...both, ended, notFound(60_000)), mine.id)
    expect(describeTimes(leg)).toEqual(describeTimes(legOf(comeTo(...both, ended), mine.id)))
  })

  const heard: readonly (readonly [what: string, told: Told])[] = [
    ['an event of another leg', step(5, 61_000, 'Answered', caller)],
    ['an event of a party that is new', step(5, 61_000, 'Proceeding', { id: 'p-3' })],
    ['an answer that finds it', answer('s-1', NOON_MS + 61_000, [])],
  ]
  it.each(heard)('R5 goes on when it is heard of later: %s', (_what, later) => {
    const call = comeTo(...both, notFound(60_000), later)
    expect(call.lostAsOfMs).toBeUndefined()
    expect(isOver(call)).toBe(false)
    expect(tellMine(call)).toBe('ring 900, talk')
    expect(legOf(call, mine.id).repairedAsOfMs).toBeUndefined()
  })

  it('R5 is over, whatever the last leg left for', () => {
    const handedOver = step(5, 9_000, 'Disconnected', { ...mine, reason: 'BlindTransfer' })
    const left = [step(6, 9_500, 'Disconnected', { ...caller, reason: 'BlindTransfer' })]
    expect(isOver(comeTo(...both, handedOver, ...left))).toBe(false)
    expect(isOver(comeTo(...both, handedOver, ...left, notFound(60_000)))).toBe(true)
  })

  it('R5 is over also when nothing else was ever heard of it', () => {
    const call = comeTo(notFound(60_000))
    expect(call).toMatchObject({ legs: [], lostAsOfMs: NOON_MS + 60_000 })
    expect(isOver(call)).toBe(true)
  })
})

describe('answers at random moments', () => {
  const anyTold = wildEvents().chain((events) =>
    anyAnswers(events, 6).map((answers) => ({ events, answers, told: [...events, ...answers] as readonly Told[] })),
  )

  it('R1 come to the same in any order of arrival', () => {
    const arrivals = anyTold.chain(({ told }) => fc.record({ told: fc.constant(told), arrived: anyArrival(told) }))
    fc.assert(
      fc.property(arrivals, ({ told, arrived }) => {
        expect(describeAll(followTold(arrived))).toEqual(describeAll(followTold(told)))
      }),
      { numRuns: 300 },
    )
  })

  it('R4 never revive a leg that an event ended, nor move its end', () => {
    fc.assert(
      fc.property(anyTold, ({ events, told }) => {
        const repaired = new Map(followTold(told).map(({ call }) => [call.telephonySessionId, call]))
        for (const { call } of followTold(events)) {
          for (const { id, end } of call.legs) {
            const after = repaired.get(call.telephonySessionId)
            if (end !== undefined && after !== undefined) {
              expect(legOf(after, id).end).toMatchObject({ kind: end.kind, at: { sequence: end.at.sequence } })
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('R6 mark a leg exactly when they changed its states or its end', () => {
    fc.assert(
      fc.property(anyTold, ({ events, told }) => {
        const before = new Map(followTold(events).flatMap(({ call }) => call.legs.map((leg) => [leg.id, leg])))
        for (const { call } of followTold(told)) {
          for (const leg of call.legs) {
            const unrepaired = before.get(leg.id)
            const isSame =
              unrepaired !== undefined &&
              JSON.stringify([leg.intervals, leg.current, leg.end]) ===
                JSON.stringify([unrepaired.intervals, unrepaired.current, unrepaired.end])
            expect(leg.repairedAsOfMs === undefined).toBe(isSame)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('R3 decide what a leg is in when they come last of all, unless an event has ended it', () => {
    fc.assert(
      fc.property(anyTold, ({ told }) => {
        const lastMs = Math.max(...told.map((one) => (isAnswer(one) ? one.asOfMs : one.eventTimeMs))) + 1
        for (const { call } of followTold(told)) {
          const parties = call.legs.map(({ id }) => buildParty({ id, status: { code: 'Hold' } }))
          const own = toldOf(told, call.telephonySessionId)
          const [after] = followTold([...own, answer(call.telephonySessionId, lastMs, parties)])
          const live = after?.call.legs.filter(({ end }) => end?.at.sequence === undefined) ?? []
          for (const leg of live) expect(leg.current?.state).toBe('hold')
        }
      }),
      { numRuns: 200 },
    )
  })

  it('R6 that tell the truth of a call of which nothing was missed change no time of it', () => {
    const asked = plannedCall().chain(({ plan, events }) => {
      const moments = listChanges(plan).map(({ atMs }) => atMs)
      const asOf = fc
        .tuple(fc.constantFrom(...moments), fc.constantFrom(-1, 0, 1, 700))
        .map(([ms, shift]) => ms + shift)
      return fc.array(asOf, { minLength: 1, maxLength: 4 }).map((asOfs) => ({
        id: plan.telephonySessionId,
        events,
        answers: asOfs.filter((ms) => ms >= plan.startsAtMs).map((ms) => decodeAnswer(buildSessionStatus(plan, ms))),
      }))
    })
    fc.assert(
      fc.property(asked, ({ id, events, answers }) => {
        const [repaired] = followTold([...events, ...answers])
        const truth = trackAll(id, events).call
        expect(repaired?.call.legs.map(describeTimes)).toEqual(truth.legs.map(describeTimes))
        expect(repaired?.call.startedMs).toBe(truth.startedMs)
      }),
      { numRuns: 200 },
    )
  })

  it('R1 that tell the truth make good what was lost: every leg is in the state that it is really in', () => {
    const asked = plannedCall().chain(({ plan, events }) =>
      fc.record({
        plan: fc.constant(plan),
        asOfMs: fc.constantFrom(...listChanges(plan).map(({ atMs }) => atMs)),
        arrived: fc.subarray([...events]),
        events: fc.constant(events),
      }),
    )
    fc.assert(
      fc.property(asked, ({ plan, asOfMs, arrived, events }) => {
        const until = ({ eventTimeMs }: TelephonyNotification) => eventTimeMs <= asOfMs
        const [repaired] = followTold([...arrived.filter(until), decodeAnswer(buildSessionStatus(plan, asOfMs))])
        const truth = trackAll(plan.telephonySessionId, events.filter(until)).call
        if (repaired === undefined) throw new Error('there should be a session')
        expect(isOver(repaired.call)).toBe(isOver(truth))
        for (const leg of isOver(truth) ? [] : truth.legs) {
          expect(legOf(repaired.call, leg.id).current?.state).toBe(leg.current?.state)
        }
      }),
      { numRuns: 200 },
    )
  })
})
