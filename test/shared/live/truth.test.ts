import { describe, expect, it } from 'vitest'
import { createLiveAccount } from '../../../shared/live/account.ts'
import { selectServiceLevel } from '../../../shared/live/service-level.ts'
import type { QueueLive } from '../../../shared/live/types.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { BUSY_NORTHWIND } from '../../platform/busy/company.ts'
import { playBusyDay } from '../../platform/busy/play.ts'
import type { Queue } from '../../platform/queue.ts'
import type { ExtensionTruth } from '../../platform/truth/extensions.ts'
import type { QueueTruth } from '../../platform/truth/queues.ts'

/** A busy account as its events tell it, beside what the stand-in knows of it without any. */

const FROM_MS = Date.parse('2026-03-10T16:00:00Z')
/** It takes a look after so many events, which is prime to the lengths of calls. */
const LOOK_EVENTS = 97

const queueIds = new Set(BUSY_NORTHWIND.queues.map(({ extensionId }) => extensionId))
const day = playBusyDay({ seed: 23, fromMs: FROM_MS, untilMs: FROM_MS + 2 * HOUR_MS })

function describeQueue({ waiting, today }: QueueLive, queue: Queue) {
  const { goalPercent: _, thresholdS, includesAbandoned, abandonedThresholdS } = queue.settings.serviceLevel
  const { offered, answered, abandoned, redirected } = today
  return {
    waiting: waiting.map(({ telephonySessionId, partyId, sinceMs, caller, ringing }) => ({
      ...{ telephonySessionId, partyId, sinceMs },
      number: caller.phoneNumber,
      ringing: [...ringing].sort(),
    })),
    today: { offered, answered, abandoned, redirected },
    serviceLevel: selectServiceLevel(today, {
      slaSeconds: thresholdS,
      slaCountsAbandoned: includesAbandoned,
      abandonedAfterSeconds: abandonedThresholdS,
    }),
    longestWaitMs: today.longestWait?.waitMs ?? 0,
  }
}

function describeQueueTruth({ waiting, today }: QueueTruth) {
  const { offered, answered, abandoned, redirected, serviceLevel, longestWaitMs } = today
  return {
    waiting: waiting.map(({ ringing, ...wait }) => ({ ...wait, ringing: [...ringing].sort() })),
    today: { offered, answered, abandoned, redirected },
    serviceLevel,
    longestWaitMs,
  }
}

/** The sessions in which somebody is connected, and in which their phone rings. */
function describeLive(live: ExtensionTruth['live']) {
  const sessionsIn = (...codes: readonly string[]) =>
    live
      .filter(({ code }) => codes.includes(code))
      .map(({ telephonySessionId }) => telephonySessionId)
      .sort()
  return { holding: sessionsIn('Hold'), isLive: live.length > 0 }
}

describe('a busy account', () => {
  it('B4 B5 B7 has in its queues who really waits, and counts what really came of the others', () => {
    const account = createLiveAccount({ sinceMs: FROM_MS, isQueueId: (id) => queueIds.has(id) })
    for (const [index, happening] of day.events.entries()) {
      const decoded = decodeNotification(happening)
      if (decoded.kind !== 'telephony') throw new Error('the day should be of telephony')
      account.take(decoded)
      if (index % 7 === 0) account.forget(decoded.notification.eventTimeMs)
      if (index % LOOK_EVENTS !== 0 && index !== day.events.length - 1) continue
      const truth = day.truthAt(index + 1)
      for (const queue of BUSY_NORTHWIND.queues) {
        const known = truth.queues.get(queue.extensionId)
        expect(describeQueue(account.queue(queue.extensionId), queue), `after event ${index}`).toEqual(
          known && describeQueueTruth(known),
        )
      }
    }
  })

  it('B6 adds up to what everybody really talked and held, but for the talk with colleagues who were asked', () => {
    const account = createLiveAccount({ sinceMs: FROM_MS, isQueueId: (id) => queueIds.has(id) })
    const asked = new Set<string>()
    for (const happening of day.events) {
      const decoded = decodeNotification(happening)
      if (decoded.kind !== 'telephony') throw new Error('the day should be of telephony')
      account.take(decoded)
      for (const { extensionId = '', status } of decoded.notification.parties)
        if (status.reason === 'AttendedTransfer') asked.add(extensionId)
    }
    const truth = day.truthAt(day.events.length)
    const people = [...truth.extensions].filter(([id]) => !queueIds.has(id))
    expect(people.length).toBeGreaterThan(20)
    expect(people.filter(([id]) => !asked.has(id)).length).toBeGreaterThan(5)
    for (const [id, { today }] of people) {
      const { talkMs, holdMs } = account.extension(id).today
      expect(holdMs, id).toBe(today.holdMs)
      if (asked.has(id)) expect(talkMs, id).toBeLessThanOrEqual(today.talkMs)
      else expect(talkMs, id).toBe(today.talkMs)
    }
  })

  it('B1 shows what everybody really does', () => {
    const account = createLiveAccount({ sinceMs: FROM_MS, isQueueId: (id) => queueIds.has(id) })
    for (const [index, happening] of day.events.entries()) {
      const decoded = decodeNotification(happening)
      if (decoded.kind !== 'telephony') throw new Error('the day should be of telephony')
      account.take(decoded)
      if (index % LOOK_EVENTS !== 0 && index !== day.events.length - 1) continue
      const truth = day.truthAt(index + 1)
      for (const { extensionId, canSignIn, accountId } of BUSY_NORTHWIND.people) {
        if (!canSignIn || accountId !== '400100') continue
        const known = truth.extensions.get(extensionId)
        const { calls } = account.extension(extensionId)
        const shown = {
          holding: calls
            .filter(({ state }) => state === 'holding')
            .map((call) => call.currentSessionId)
            .sort(),
          isLive: calls.some(({ state }) => state !== 'listening'),
        }
        expect(shown, `${extensionId} after event ${index}`).toEqual(describeLive(known?.live ?? []))
      }
    }
  })
})
