import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOver } from '../../../shared/call/end.ts'
import { linkCalls } from '../../../shared/call/journey.ts'
import { selectStart } from '../../../shared/call/leg.ts'
import { selectRole } from '../../../shared/call/roles.ts'
import { type Call, LEG_STATES, type Leg } from '../../../shared/call/state.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { measureCall } from '../../../shared/metrics/call.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import { measureJourney } from '../../../shared/metrics/journey.ts'
import { measureLeg } from '../../../shared/metrics/leg.ts'
import { truthOf } from '../../bench/tracker/truth.ts'
import { anyMutations, type Mangled, mangle } from '../../support/mutate.ts'
import { decode } from '../../support/notification.ts'
import { anyAnswers, PLAIN_REASON, plannedCall, wildEvents } from '../../support/random-calls.ts'
import { loadNotifications, loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { followTold, listPeople, type Told, toldOf } from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'

/** What holds for the figures of any stream. */

const anyScenario = fc.constantFrom(...STREAM_NAMES)
const anySensible = fc.oneof(
  anyScenario.map(loadStream),
  plannedCall().map(({ events }) => events),
)
const anyTold: fc.Arbitrary<readonly Told[]> = fc
  .oneof(anySensible, wildEvents())
  .chain((events) => anyAnswers(events).map((answers) => [...events, ...answers]))
/** Times that never go backwards, not even from one party to another. */
const anyOrderly = fc.oneof(anySensible, wildEvents({ isOrdered: true }))

describe('the figures of a leg', () => {
  it('F1 add up to its total exactly, and none is negative', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const { call } of followTold(told)) {
          for (const leg of call.legs) {
            const figures = measureLeg(leg)
            const spent = LEG_STATES.map((state) => figures[state].ms)
            expect(Math.min(...spent)).toBeGreaterThanOrEqual(0)
            const untilMs = leg.end === undefined ? leg.current?.from.timeMs : leg.end.at.timeMs
            expect(sum(spent)).toBe((untilMs ?? 0) - selectStart(leg).timeMs)
            expect(figures.total?.ms).toBe(leg.end === undefined ? undefined : sum(spent))
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('F1 are what the parties of a planned call really did', () => {
    fc.assert(
      fc.property(plannedCall(), ({ plan, events }) => {
        const truth = truthOf(plan)
        const { legs } = trackAll(plan.telephonySessionId, events).call
        expect(legs.map(({ id }) => id).sort()).toEqual([...truth.keys()].sort())
        for (const leg of legs) {
          const { setup, ring, talk, hold, voicemail, total } = measureLeg(leg)
          const spent = { setup: setup.ms, ring: ring.ms, talk: talk.ms, hold: hold.ms, voicemail: voicemail.ms }
          expect({ ...spent, total: total?.ms }).toEqual(truth.get(leg.id)?.spent)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('every figure', () => {
  it('F8 is the sum of its stretches, which begin and end at marks of the call and do not overlap', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const tracked of followTold(told)) {
          const marks = listMarks(tracked)
          for (const { ms, stretches } of listFigures(tracked)) {
            expect(ms).toBe(sum(stretches.map(({ from, to }) => to.timeMs - from.timeMs)))
            let endMs = Number.NEGATIVE_INFINITY
            for (const { from, to } of stretches) {
              expect(from.timeMs).toBeGreaterThanOrEqual(endMs)
              expect(to.timeMs).toBeGreaterThanOrEqual(from.timeMs)
              expect(marks).toContain(JSON.stringify(from))
              expect(marks).toContain(JSON.stringify(to))
              endMs = to.timeMs
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('F9 is marked when an answer changed a leg that it needs, and only then', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const { call } of followTold(told)) {
          for (const leg of call.legs) {
            const asOfMs = leg.repairedAsOfMs
            const estimates = asOfMs === undefined ? [] : [{ because: 'repaired', asOfMs }]
            const { total: _total, holdCount: _holdCount, ...states } = measureLeg(leg)
            for (const { estimates: actual } of Object.values(states)) expect(actual).toEqual(estimates)
          }
          const isRepaired = call.legs.some(({ repairedAsOfMs }) => repairedAsOfMs !== undefined)
          const reasons = measureCall(call).twoWayTalk.estimates.map(({ because }) => because)
          expect(reasons.includes('repaired')).toBe(isRepaired)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the figures of a call', () => {
  it('F2 two-way talk is never more than half of what its people talk, nor more than all but one of them do', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const { call } of followTold(told)) {
          const talks = call.legs
            .filter((leg) => selectRole(call, leg) === 'person')
            .map((leg) => talkUntilNow(call, leg))
            .sort((a, b) => b - a)
          const { ms } = measureCall(call).twoWayTalk
          if (talks.length === 2) expect(ms).toBeLessThanOrEqual(talks[1] ?? 0)
          expect(ms).toBeLessThanOrEqual(sum(talks.slice(1)))
          expect(2 * ms).toBeLessThanOrEqual(sum(talks))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('F2 F3 two-way talk and hold never overlap, and both lie within the duration', () => {
    fc.assert(
      fc.property(anyOrderly, (events) => {
        for (const { call } of followTold(events)) {
          const { twoWayTalk, hold, duration } = measureCall(call)
          for (const talk of twoWayTalk.stretches) {
            for (const held of hold.stretches) {
              expect(talk.to.timeMs <= held.from.timeMs || held.to.timeMs <= talk.from.timeMs).toBe(true)
            }
          }
          expect(duration === undefined).toBe(!isOver(call))
          if (duration !== undefined) expect(twoWayTalk.ms + hold.ms).toBeLessThanOrEqual(duration.ms)
        }
      }),
      { numRuns: 400 },
    )
  })

  it("F4 F5 the caller's wait is within the duration, whatever the times", () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const { call } of followTold(told)) {
          const { callerWait, duration, twoWayTalk } = measureCall(call)
          if (callerWait !== undefined) expect(callerWait.ms).toBeGreaterThanOrEqual(0)
          if (duration !== undefined) expect(callerWait?.ms).toBeLessThanOrEqual(duration.ms)
          expect(callerWait === undefined).toBe(duration === undefined && twoWayTalk.ms === 0)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('F7 my talk is never more than my legs talk, nor my hold than they hold', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        for (const { call } of followTold(told)) {
          for (const extensionId of listPeople(call)) {
            const mine = call.legs.filter((leg) => leg.extensionId === extensionId).map((leg) => measureLeg(leg))
            const figures = measureAgent(call, extensionId)
            expect(figures?.talk.ms).toBeLessThanOrEqual(sum(mine.map(({ talk }) => talk.ms)))
            expect(figures?.hold.ms).toBeLessThanOrEqual(sum(mine.map(({ hold }) => hold.ms)))
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a prefix', () => {
  /**
   * For calls in which what a party is shows from its first event on: who turns out to be a menu when it hands over was taken
   * for a person before, and its talk is taken back.
   */
  const anyPlain = fc.oneof(
    anyScenario.map(loadStream),
    plannedCall().map(({ events }) => events),
    wildEvents({ isOrdered: true, reason: PLAIN_REASON }),
  )

  /** What no later event takes back: that it is an estimate, for want of the other legs, ends when one of them turns up. */
  const told = (figure: Figure | undefined) => figure && { ...figure, estimates: [] }

  it('F1 F2 F3 never shows more of anything finished than the whole does', () => {
    fc.assert(
      fc.property(anyPlain, (events) => {
        for (const { call } of followTold(events)) {
          const whole = measureCall(call)
          const own = toldOf(events, call.telephonySessionId)
          for (const { sequence: last, eventTimeMs } of own) {
            // What happens at one instant is judged when all of it has happened.
            if (own.some((later) => later.sequence > last && later.eventTimeMs === eventTimeMs)) continue
            const prefix = trackAll(
              call.telephonySessionId,
              own.filter(({ sequence }) => sequence <= last),
            ).call
            const figures = measureCall(prefix)
            expect(figures.twoWayTalk.ms).toBeLessThanOrEqual(whole.twoWayTalk.ms)
            expect(figures.hold.ms).toBeLessThanOrEqual(whole.hold.ms)
            if (figures.twoWayTalk.ms > 0) expect(told(figures.callerWait)).toEqual(told(whole.callerWait))
            for (const leg of prefix.legs) {
              const later = call.legs.find(({ id }) => id === leg.id)
              const [early, late] = [measureLeg(leg), later && measureLeg(later)]
              for (const state of LEG_STATES) {
                expect(early[state].ms).toBeLessThanOrEqual(late?.[state].ms ?? Number.NaN)
              }
              if (leg.end !== undefined) expect(late).toEqual(early)
            }
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('a journey', () => {
  it('J5 waits no longer than from its first event until the customer leaves', () => {
    fc.assert(
      fc.property(anyTold, (told) => {
        const calls = followTold(told).map(({ call }) => call)
        for (const journey of linkCalls(calls)) {
          const { wait, had } = measureJourney(journey)
          const legs = journey.calls.flatMap((call) => call.legs)
          const startMs = Math.min(...legs.map((leg) => selectStart(leg).timeMs))
          const endMs = Math.max(...legs.map(({ latestMs }) => latestMs))
          if (wait !== undefined) {
            expect(wait.ms).toBeGreaterThanOrEqual(0)
            expect(wait.ms).toBeLessThanOrEqual(endMs - startMs)
          }
          for (const { talk } of had) expect(talk.ms).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('J5 is all wait and talk: what the customer of a planned call waits and talks is the time until they leave', () => {
    fc.assert(
      fc.property(plannedCall(), ({ plan, events }) => {
        const [journey] = linkCalls([trackAll(plan.telephonySessionId, events).call])
        const customer = journey?.customer
        if (journey === undefined || customer?.end === undefined)
          throw new Error('a planned call should have a customer')
        const { wait, had } = measureJourney(journey)
        const talkedMs = sum(had.map(({ talk }) => talk.ms))
        expect((wait?.ms ?? Number.NaN) + talkedMs).toBe(customer.end.at.timeMs - plan.startsAtMs)
      }),
      { numRuns: 200 },
    )
  })
})

describe('events that were lost on the way', () => {
  const anyMangled = fc
    .oneof(
      anyScenario.map(loadNotifications),
      plannedCall().map(({ envelopes }) => envelopes),
    )
    .chain((stream) => anyMutations().map((mutations) => ({ stream, ...mangle(stream, mutations) })))

  /** Numbers of a session that never arrived. */
  function lostOf({ stream, lost }: Pick<Mangled, 'lost'> & { readonly stream: ReturnType<typeof loadNotifications> }) {
    return (id: string) =>
      [...lost].flatMap((origin) => {
        const body = stream[origin]?.body
        return body?.telephonySessionId === id ? body.sequence : []
      })
  }

  it('H5 are known by their numbers between the first and the last one seen, and no other is', () => {
    fc.assert(
      fc.property(anyMangled, (mangled) => {
        for (const { call, history } of followTold(mangled.events)) {
          const first = history.entries[0]?.sequence ?? 0
          const last = history.entries.at(-1)?.sequence ?? 0
          const between = lostOf(mangled)(call.telephonySessionId).filter((number) => number > first && number < last)
          expect(missingSequences(history)).toEqual(between.sort((a, b) => a - b))
        }
      }),
      { numRuns: 250 },
    )
  })

  it('F9 leave no leg silently wrong: one that differs is an estimate, unless the loss was first or last of all', () => {
    fc.assert(
      fc.property(anyMangled, (mangled) => {
        const { stream, events, harmed, lost } = mangled
        // What is garbled is told, and nobody can know that it was told wrongly.
        fc.pre([...harmed].every((origin) => lost.has(origin)))
        const good = new Map(followTold(stream.map(decode)).map(({ call }) => [call.telephonySessionId, call]))
        for (const { call, history } of followTold(events)) {
          const missing = missingSequences(history)
          const unknowable = lostOf(mangled)(call.telephonySessionId).filter((number) => !missing.includes(number))
          for (const leg of call.legs) {
            const whole = good.get(call.telephonySessionId)?.legs.find(({ id }) => id === leg.id)
            if (whole === undefined) throw new Error(`the good stream should have a leg ${leg.id}`)
            const isEstimate = measureLeg(leg, missing).talk.estimates.length > 0
            const isSame = JSON.stringify(leg.intervals) === JSON.stringify(whole.intervals)
            if (!isSame && unknowable.length === 0) expect(isEstimate).toBe(true)
            const endsAt = leg.end?.at.sequence ?? Number.POSITIVE_INFINITY
            if (missing.every((number) => number > endsAt)) expect(isEstimate).toBe(false)
          }
        }
      }),
      { numRuns: 250 },
    )
  })
})

function listFigures({ call, history }: TrackedCall): readonly Figure[] {
  const missing = missingSequences(history)
  const agents = listPeople(call).map((extensionId) => measureAgent(call, extensionId, missing))
  const legs = call.legs.map((leg) => measureLeg(leg, missing))
  return [measureCall(call, missing), ...agents, ...legs]
    .flatMap((figures) => Object.values(figures ?? {}))
    .filter((value: Figure | number | undefined): value is Figure => typeof value === 'object')
}

function listMarks({ call }: TrackedCall): readonly string[] {
  const marks = call.legs.flatMap(({ intervals, current, end }) => [
    ...intervals.flatMap(({ from, to }) => [from, to]),
    ...(current ? [current.from] : []),
    ...(end ? [end.at] : []),
  ])
  return marks.map((mark) => JSON.stringify(mark))
}

/** Talk that has not ended yet included, until the latest moment that is known of the call. */
function talkUntilNow({ legs }: Call, leg: Leg): number {
  const nowMs = Math.max(...legs.map(({ latestMs }) => latestMs))
  return measureLeg(leg).talk.ms + (leg.current?.state === 'talk' ? nowMs - leg.current.from.timeMs : 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
