import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { decodeRecord } from '../../../relay/calls/decode-record.ts'
import { findPosition } from '../../../relay/calls/find-start.ts'
import { followLog, type LogFollower } from '../../../relay/calls/follow-log.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog, NewEvent } from '../../../relay/log/event-log.ts'
import { toNewEvent } from '../../../relay/wire/status-record.ts'
import { createLiveAccount } from '../../../shared/live/account.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { describeAccount, SALES } from '../../support/live.ts'
import { plannedCall } from '../../support/random-calls.ts'
import { loadNotifications, loadStream, STREAM_NAMES, type StreamName } from '../../support/streams.ts'
import { ALL_SCENARIOS } from '../../support/tied-scenarios.ts'
import { buildTiedSessions } from '../../support/tied-sessions.ts'
import { anyArrival } from '../../support/told.ts'

const isQueueId = (id: string) => id === SALES
const followers: LogFollower[] = []
afterEach(() => {
  for (const follower of followers.splice(0)) follower.close()
})

function follow(log: EventLog, { afterPosition = 0, nowMs = 0, timeZone = 'UTC' } = {}): LogFollower {
  const follower = followLog({ log, afterPosition, nowMs: () => nowMs, timeZone, isQueueId, isBusy: () => false })
  followers.push(follower)
  return follower
}

/** A notification as the webhook hands it to the log; each time another one, so that the log keeps repetitions. */
function delivered(envelope: unknown, receivedAtMs?: number): NewEvent {
  const decoded = decodeNotification(envelope)
  if (decoded.kind !== 'telephony') throw new Error('the notification should be telephony')
  const { telephonySessionId, parties, eventTimeMs } = decoded.notification
  return {
    uuid: undefined,
    telephonySessionId,
    extensionIds: [...new Set(parties.flatMap(({ extensionId }) => extensionId ?? []))],
    receivedAtMs: receivedAtMs ?? eventTimeMs + 50,
    text: JSON.stringify(envelope),
  }
}

/** The same envelopes, moved to one morning. */
function onMorning(envelopes: readonly unknown[]): readonly unknown[] {
  const read = envelopes as readonly { readonly timestamp: string; readonly body: { readonly eventTime: string } }[]
  const byMs = MORNING_MS - Math.min(...read.map(({ body }) => Date.parse(body.eventTime)))
  const move = (time: string) => formatInstant(Date.parse(time) + byMs)
  return read.map((envelope) => ({
    ...envelope,
    timestamp: move(envelope.timestamp),
    body: { ...envelope.body, eventTime: move(envelope.body.eventTime) },
  }))
}

const MORNING_MS = Date.UTC(2026, 2, 2, 8)

/** RingCentral's answer that it does not know a session any more. */
function gone(telephonySessionId: string, asOfMs: number): NewEvent {
  return toNewEvent({ telephonySessionId, asOf: formatInstant(asOfMs), found: false }, asOfMs)
}

async function recount(log: EventLog, nowMs: number) {
  const account = createLiveAccount({ sinceMs: Math.floor(nowMs / DAY_MS) * DAY_MS, isQueueId })
  for (const event of await log.read(0, log.headPosition)) {
    const told = decodeRecord(event)
    if (told !== undefined) account.take(told)
  }
  account.forget(nowMs)
  return describeAccount(account)
}

/** The calls of a company as deliveries and answers, whichever way they arrive. */
function anyDeliveries(): fc.Arbitrary<readonly NewEvent[]> {
  const call = fc.oneof(
    fc.constantFrom(...STREAM_NAMES).map((name): readonly unknown[] => loadNotifications(name)),
    plannedCall().map(({ envelopes }): readonly unknown[] => envelopes),
    fc.constantFrom(...ALL_SCENARIOS).map(([, tied]): readonly unknown[] => buildTiedSessions(tied)),
  )
  return fc.tuple(call, call, fc.boolean()).chain(([one, other, isLost]) => {
    const events = [...onMorning(one), ...onMorning(other)].map((envelope) => delivered(envelope))
    const lost = events[0]
    return anyArrival(isLost && lost ? [...events, gone(lost.telephonySessionId, lost.receivedAtMs + 1000)] : events)
  })
}

describe('the account of a log', () => {
  it('is at any time what a full recount comes to, through restarts, disorder and answers that end calls', async () => {
    const anyCourse = anyDeliveries().chain((arrived) =>
      fc.record({
        arrived: fc.constant(arrived),
        restarts: fc.array(fc.nat(arrived.length), { maxLength: 2 }),
        forgets: fc.array(fc.nat(arrived.length), { maxLength: 3 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(anyCourse, async ({ arrived, restarts, forgets }) => {
        const log = createMemoryEventLog()
        const lastMs = Math.max(...arrived.map(({ receivedAtMs }) => receivedAtMs))
        let nowMs = lastMs + MINUTE_MS
        let follower = follow(log, { nowMs })
        for (const [index, event] of arrived.entries()) {
          await log.append(event)
          if (restarts.includes(index)) {
            follower.close()
            follower = follow(log, { nowMs })
          }
          if (!forgets.includes(index)) continue
          await follower.reach(log.headPosition)
          nowMs += 3 * MINUTE_MS
          follower.account.forget(nowMs)
        }
        await follower.reach(log.headPosition)
        nowMs += 3 * MINUTE_MS
        follower.account.forget(nowMs)
        expect(describeAccount(follower.account)).toEqual(await recount(log, nowMs))
        follower.close()
      }),
      { numRuns: 100 },
    )
  })

  it('goes on with what becomes durable, in the order of the log', async () => {
    const log = createMemoryEventLog()
    const follower = follow(log)
    for (const [index, envelope] of loadNotifications('queue-answered').entries()) {
      await log.append(delivered(envelope))
      await follower.reach(log.headPosition)
      expect(follower.position).toBe(index + 1)
      expect([...follower.events.sessions()].flatMap(({ events }) => events.map(({ position }) => position))).toEqual(
        Array.from({ length: index + 1 }, (_, at) => at + 1),
      )
    }
  })

  it('finds what a session told before the start, and all that it is tied to', async () => {
    const log = createMemoryEventLog()
    const envelopes = buildTiedSessions(ALL_SCENARIOS[0]?.[1] ?? { sessions: {}, steps: [] })
    for (const envelope of envelopes) await log.append(delivered(envelope))
    const follower = follow(log, { afterPosition: log.headPosition - 1 })
    await follower.reach(log.headPosition)
    const held = [...follower.events.sessions()].flatMap(({ events }) => events)
    expect(held.map(({ position }) => position).sort((a, b) => a - b)).toEqual(
      Array.from({ length: log.headPosition }, (_, at) => at + 1),
    )
  })

  it('lets go what is over, with its events', async () => {
    const log = createMemoryEventLog()
    const follower = follow(log)
    const name: StreamName = 'queue-answered'
    for (const envelope of loadNotifications(name)) await log.append(delivered(envelope))
    await follower.reach(log.headPosition)
    expect(follower.account.size).toBe(1)
    const endMs = Math.max(...loadStream(name).map(({ eventTimeMs }) => eventTimeMs))
    follower.tick(endMs + 3 * MINUTE_MS)
    await eventually(async () => {
      expect(follower.account.size).toBe(0)
      expect([...follower.events.sessions()]).toEqual([])
    })
    expect(follower.account.extension('400102').today.calls).toBe(1)
  })

  it('begins anew at midnight where the account is', async () => {
    const log = createMemoryEventLog()
    const timeZone = 'America/Los_Angeles'
    for (const envelope of loadNotifications('queue-answered')) await log.append(delivered(envelope))
    const endMs = Math.max(...loadStream('queue-answered').map(({ eventTimeMs }) => eventTimeMs))
    const follower = follow(log, { nowMs: endMs, timeZone })
    await follower.reach(log.headPosition)
    expect(follower.account.queue(SALES).today.offered).toBe(1)
    follower.tick(endMs + DAY_MS)
    await eventually(async () => expect(follower.account.queue(SALES).today.offered).toBe(0))
    expect(new Date(follower.sinceMs).toLocaleTimeString('en-GB', { timeZone })).toBe('00:00:00')
  })

  it('counts what has come and gone since a midnight that it slept through', async () => {
    const log = createMemoryEventLog()
    const [filler] = onMorning(loadNotifications('direct-call'))
    for (const envelope of onMorning(loadNotifications('queue-answered'))) await log.append(delivered(envelope))
    // So many that they are read in several goes, before anybody tells the time.
    for (let event = 0; event < 150; event++) await log.append(delivered(filler, MORNING_MS + 10 * MINUTE_MS))
    const follower = follow(log, { nowMs: MORNING_MS - MINUTE_MS, timeZone: 'Etc/GMT+8' })
    follower.tick(MORNING_MS + 11 * MINUTE_MS)
    await follower.reach(log.headPosition)
    expect(follower.sinceMs).toBe(MORNING_MS)
    expect(follower.account.queue(SALES).today.offered).toBe(1)
  })

  it('says so when the log can not be read', async () => {
    const log = createMemoryEventLog()
    await log.append(delivered(loadNotifications('direct-call')[0]))
    const broken: EventLog = { ...log, headPosition: 1, read: () => Promise.reject(new Error('The disk is gone')) }
    await expect(follow(broken).reach(1)).rejects.toThrow('The disk is gone')
  })
})

describe('where a start reads from', () => {
  async function logOf(count: number): Promise<EventLog> {
    const log = createMemoryEventLog()
    for (let index = 0; index < count; index++) {
      await log.append(delivered(loadNotifications('direct-call')[0], MORNING_MS + index * MINUTE_MS))
    }
    return log
  }

  it.each([
    [0, -HOUR_MS, 0],
    [10, -HOUR_MS, 0],
    [10, 0, 0],
    [10, 1, 1],
    [10, 4 * MINUTE_MS, 4],
    [10, 9 * MINUTE_MS, 9],
    [10, 9 * MINUTE_MS + 1, 10],
  ])('of %i events a minute apart, those from %i ms on come after position %i', async (count, fromMs, position) => {
    expect(await findPosition(await logOf(count), MORNING_MS + fromMs)).toBe(position)
  })

  it('is never before the oldest that is kept', async () => {
    const log = await logOf(10)
    await log.trim({ beforeMs: MORNING_MS + 4 * MINUTE_MS, maxBytes: Number.POSITIVE_INFINITY })
    expect(await findPosition(log, MORNING_MS)).toBe(log.oldestPosition - 1)
    expect(await findPosition(log, MORNING_MS + 6 * MINUTE_MS)).toBe(6)
  })
})
