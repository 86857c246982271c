import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CallSessions,
  createCallSessions,
  FINISHED_KEPT_MS,
  REMEMBERED_MS,
} from '../../../shared/call/call-sessions.ts'
import { isOver } from '../../../shared/call/end.ts'
import type { Call } from '../../../shared/call/state.ts'
import { Tracker } from '../../../shared/call/track.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { at, step } from '../../support/notification.ts'
import { createRandom } from '../../support/random.ts'
import { answer, planCall, plannedCall } from '../../support/random-calls.ts'
import { describeCall } from '../../support/told.ts'
import { trackAll } from '../../support/track-all.ts'
import { mine } from './cast.ts'

/** Which sessions are held in memory, and how none comes back. */

const NOON_MS = Date.parse(at(0))
const RINGS = step(2, 0, 'Proceeding', mine)
const TALKS = step(3, 5_000, 'Answered', mine)
const ENDS = step(4, 60_000, 'Disconnected', mine)
const ENDED_MS = NOON_MS + 60_000

function follow(...events: readonly TelephonyNotification[]): CallSessions {
  const sessions = createCallSessions()
  for (const event of events) sessions.track(event)
  return sessions
}

function callIn(sessions: CallSessions, id: string): Call | undefined {
  const tracker = sessions.get(id)
  return tracker && describeCall(tracker.call)
}

/** A short call of another session, `ms` after noon. */
function other(id: string, ms: number): readonly TelephonyNotification[] {
  return [
    step(2, ms, 'Proceeding', mine, { telephonySessionId: id }),
    step(3, ms, 'Disconnected', mine, { telephonySessionId: id }),
  ]
}

describe('a finished session', () => {
  it('M1 stays for two minutes after its end, and leaves then', () => {
    const sessions = follow(RINGS, TALKS, ENDS)
    expect(FINISHED_KEPT_MS).toBe(2 * MINUTE_MS)
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS - 1)).toEqual([])
    expect(sessions.get('s-1')?.call.legs).toHaveLength(1)
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS)).toEqual(['s-1'])
    expect(sessions.get('s-1')).toBeUndefined()
    expect(sessions.size).toBe(0)
  })

  it('M1 takes in late events until it leaves', () => {
    const sessions = follow(RINGS, ENDS)
    sessions.forget(ENDED_MS + MINUTE_MS)
    sessions.track(TALKS)
    expect(callIn(sessions, 's-1')).toEqual(describeCall(trackAll('s-1', [RINGS, TALKS, ENDS]).call))
  })

  it('M1 stays when somebody new shows that it goes on', () => {
    const sessions = follow(RINGS, TALKS, ENDS)
    sessions.track(step(5, 61_000, 'Proceeding', { ...mine, id: 'p-3' }))
    expect(sessions.forget(ENDED_MS + HOUR_MS)).toEqual([])
    expect(sessions.size).toBe(1)
  })

  it('M1 never leaves while it lasts', () => {
    const sessions = follow(RINGS, TALKS)
    expect(sessions.forget(NOON_MS + 24 * HOUR_MS)).toEqual([])
    expect(sessions.track(ENDS)?.call.legs[0]?.end?.kind).toBe('disconnected')
  })

  it('M1 leaves when the platform no longer knows it', () => {
    const sessions = follow(RINGS, TALKS)
    sessions.repair(answer('s-1', ENDED_MS, undefined))
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS - 1)).toEqual([])
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS)).toEqual(['s-1'])
  })

  it('M1 stays as long when all that was ever heard of it is that the platform no longer knows it', () => {
    const sessions = createCallSessions()
    sessions.repair(answer('s-1', ENDED_MS, undefined))
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS - 1)).toEqual([])
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS)).toEqual(['s-1'])
    expect(sessions.track(TALKS)).toBeUndefined()
  })

  it('M1 leaves although one with a corrupt time before it cannot', () => {
    const corrupt = other('s-2099', 73 * 365 * 24 * HOUR_MS)
    const sessions = follow(...corrupt, RINGS, ENDS)
    expect(sessions.forget(ENDED_MS + 2 * MINUTE_MS)).toEqual(['s-1'])
  })
})

describe('a session that has left', () => {
  const lateBy: readonly (readonly [sentence: string, nowMs: number])[] = [
    ['at once', ENDED_MS + 2 * MINUTE_MS],
    ['an hour after the end', ENDED_MS + REMEMBERED_MS],
    ['when it has just been forgotten that there was such a session', ENDED_MS + REMEMBERED_MS + MINUTE_MS + 1],
    ['the next day', ENDED_MS + 24 * HOUR_MS],
  ]
  it.each(lateBy)('M2 is opened by none of its events, however often they come: %s', (_sentence, nowMs) => {
    const sessions = follow(RINGS, ENDS)
    sessions.forget(ENDED_MS + 2 * MINUTE_MS)
    sessions.forget(nowMs)
    for (const event of [RINGS, TALKS, ENDS, ENDS, TALKS, RINGS]) expect(sessions.track(event)).toBeUndefined()
    expect(sessions.repair(answer('s-1', ENDED_MS, []))).toBeUndefined()
    expect(sessions.repair(answer('s-1', ENDED_MS, undefined))).toBeUndefined()
    expect(sessions.size).toBe(0)
    expect([...sessions.all()]).toEqual([])
  })

  it('M2 is not opened by an event that came after its end either', () => {
    const sessions = follow(RINGS, ENDS)
    sessions.forget(ENDED_MS + 2 * MINUTE_MS)
    expect(sessions.track(step(9, 90_000, 'Answered', { ...mine, id: 'p-3' }))).toBeUndefined()
  })

  it('M2 stays away when the platform answers about it later', () => {
    const sessions = follow(RINGS, ENDS)
    const nowMs = ENDED_MS + 5 * MINUTE_MS
    sessions.forget(nowMs)
    expect(sessions.repair(answer('s-1', nowMs, undefined))).toBeUndefined()
  })

  it('M2 may be one that was never seen: an event of more than an hour ago opens nothing, a younger one does', () => {
    const sessions = createCallSessions()
    expect(REMEMBERED_MS).toBe(HOUR_MS)
    sessions.forget(NOON_MS + HOUR_MS)
    expect(sessions.track(RINGS)).toBeUndefined()
    expect(sessions.track(TALKS)?.call.telephonySessionId).toBe('s-1')
  })

  it('M2 does not keep an old session that is still followed from taking in its events', () => {
    const sessions = follow(RINGS, TALKS)
    sessions.forget(NOON_MS + 3 * HOUR_MS)
    expect(sessions.track(ENDS)?.call.legs[0]?.end?.at.sequence).toBe(4)
  })

  it('M2 stays away when time seems to run backwards', () => {
    const sessions = follow(RINGS, ENDS)
    sessions.forget(ENDED_MS + 24 * HOUR_MS)
    sessions.forget(ENDED_MS)
    expect(sessions.track(TALKS)).toBeUndefined()
  })
})

describe('a session that is put back', () => {
  it('M3 takes in late events as if it had never left, whatever arrived before and after', () => {
    const cut = plannedCall().chain(({ plan, events }) =>
      fc.record({
        id: fc.constant(plan.telephonySessionId),
        events: fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length }),
        count: fc.nat(events.length),
        awayMs: fc.integer({ min: 2 * MINUTE_MS, max: 48 * HOUR_MS }),
      }),
    )
    fc.assert(
      fc.property(cut, ({ id, events, count, awayMs }) => {
        const sessions = createCallSessions()
        const before = events.slice(0, count)
        for (const event of before) sessions.track(event)
        const endMs = Math.max(...events.map(({ eventTimeMs }) => eventTimeMs))
        sessions.forget(endMs + awayMs)
        sessions.adopt(trackAll(id, before))
        for (const event of events.slice(count)) expect(sessions.track(event)?.call.telephonySessionId).toBe(id)
        expect(callIn(sessions, id)).toEqual(describeCall(trackAll(id, events).call))
      }),
      { numRuns: 150 },
    )
  })

  it('M3 takes in an answer too', () => {
    const sessions = follow(RINGS, ENDS)
    sessions.forget(ENDED_MS + 24 * HOUR_MS)
    sessions.adopt(trackAll('s-1', [RINGS]))
    expect(sessions.repair(answer('s-1', ENDED_MS, undefined))?.call.lostAsOfMs).toBe(ENDED_MS)
  })

  it('M1 M3 leaves again when it is over, and only then', () => {
    const sessions = follow(RINGS, ENDS)
    const nowMs = ENDED_MS + 24 * HOUR_MS
    expect(sessions.forget(nowMs)).toEqual(['s-1'])
    sessions.adopt(trackAll('s-1', [RINGS]))
    expect(sessions.forget(nowMs)).toEqual([])
    sessions.track(ENDS)
    expect(sessions.forget(nowMs)).toEqual(['s-1'])
    expect(sessions.track(TALKS)).toBeUndefined()
  })

  it('M3 may be one of which nothing has been told yet', () => {
    const sessions = createCallSessions()
    sessions.forget(NOON_MS + 24 * HOUR_MS)
    sessions.adopt(new Tracker('s-1'))
    expect(sessions.track(RINGS)?.call.legs).toHaveLength(1)
  })
})

it('M1 M2 a day of 20,000 sessions with duplicates up to 90 minutes late revives none and holds the latest only', () => {
  const random = createRandom(20_000)
  const count = 20_000
  const spacingMs = 2 * SECOND_MS
  // Two dozen different calls, each told again and again under another session's id.
  const patterns = Array.from({ length: 24 }, (_, index) => planCall(index, index).events)
  const arrivals: { readonly atMs: number; readonly event: TelephonyNotification }[] = []
  const ends = new Map<string, number>()
  for (let number = 0; number < count; number++) {
    const pattern = patterns[number % patterns.length] ?? []
    const shiftMs = number * spacingMs
    const id = `s-${number}`
    for (const good of pattern) {
      const event = { ...good, telephonySessionId: id, eventTimeMs: good.eventTimeMs + shiftMs }
      arrivals.push({ atMs: event.eventTimeMs + 5_000 * random(), event })
      if (random() < 0.1) arrivals.push({ atMs: event.eventTimeMs + 90 * MINUTE_MS * random(), event })
      ends.set(id, event.eventTimeMs)
    }
  }
  arrivals.sort((a, b) => a.atMs - b.atMs)
  const longestMs = Math.max(...patterns.map((pattern) => lengthOf(pattern)))
  // A session arrives within five seconds, is kept for two minutes and waits for the next look, half a minute at the most.
  const bound = (longestMs + 5_000 + FINISHED_KEPT_MS + 30 * SECOND_MS) / spacingMs
  const sessions = createCallSessions()
  const gone = new Set<string>()
  let revived = 0
  let largest = 0
  let lookedAtMs = 0
  for (const { atMs, event } of arrivals) {
    const tracked = sessions.track(event)
    if (tracked !== undefined && gone.has(event.telephonySessionId)) revived++
    largest = Math.max(largest, sessions.size)
    if (atMs < lookedAtMs + 30 * SECOND_MS) continue
    lookedAtMs = atMs
    for (const id of sessions.forget(atMs)) gone.add(id)
  }
  const lastMs = Math.max(...ends.values())
  for (const id of sessions.forget(lastMs + FINISHED_KEPT_MS)) gone.add(id)
  expect(revived).toBe(0)
  expect(largest).toBeLessThanOrEqual(bound)
  expect(largest).toBeGreaterThan(10)
  expect(gone.size + sessions.size).toBe(count)
  expect([...sessions.all()].filter(({ call }) => isOver(call))).toEqual([])
})

function lengthOf(events: readonly TelephonyNotification[]): number {
  const times = events.map(({ eventTimeMs }) => eventTimeMs)
  return Math.max(...times) - Math.min(...times)
}
