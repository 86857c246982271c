import { formatInstant, SECOND_MS } from '../../../shared/time.ts'
import { newNotificationUuid } from '../calls/ids.ts'
import type { PlatformClock } from '../clock.ts'
import type { ReminderFilter } from './event-filters.ts'
import type { Subscription } from './subscription.ts'

/** A subscription as far as its reminders need it. */
interface Reminded {
  readonly id: string
  readonly lifeS: number
  readonly expiresAtMs: number
  readonly filter: ReminderFilter | undefined
}

export interface Reminders {
  /** Plans the reminders of a life that begins now, in place of those of the life before. */
  plan(subscription: Reminded): void
  cancel(id: string): void
}

/**
 * Reminds the owner of a subscription that it ends: first when `threshold` seconds are left, then every `interval`. The
 * threshold is at most half the life, and the interval at most half the threshold.
 */
export function createReminders(
  clock: PlatformClock,
  remind: (id: string, filter: ReminderFilter) => Promise<void>,
): Reminders {
  const cancels = new Map<string, () => void>()

  const cancel = (id: string): void => {
    cancels.get(id)?.()
    cancels.delete(id)
  }

  const planNext = (
    id: string,
    filter: ReminderFilter,
    dueMs: number,
    step: { intervalMs: number; endMs: number },
  ): void => {
    if (dueMs >= step.endMs) return
    cancels.set(
      id,
      clock.at(dueMs, async () => {
        planNext(id, filter, dueMs + step.intervalMs, step)
        await remind(id, filter)
      }),
    )
  }

  return {
    cancel,
    plan({ id, lifeS, expiresAtMs, filter }) {
      cancel(id)
      if (filter === undefined) return
      const thresholdS = Math.min(filter.thresholdS, lifeS / 2)
      const intervalS = Math.max(1, Math.min(filter.intervalS, thresholdS / 2))
      planNext(id, filter, expiresAtMs - thresholdS * SECOND_MS, {
        intervalMs: intervalS * SECOND_MS,
        endMs: expiresAtMs,
      })
    },
  }
}

/** The reminder itself: the path of the subscription, and in the body the subscription as the API describes it. */
export function writeReminder(
  { id, ownerId }: Subscription,
  { query }: ReminderFilter,
  { nowMs, body }: { nowMs: number; body: unknown },
): Readonly<Record<string, unknown>> {
  return {
    uuid: newNotificationUuid(),
    event: `/restapi/v1.0/subscription/${id}?${query}`,
    timestamp: formatInstant(nowMs),
    subscriptionId: id,
    ownerId,
    body,
  }
}
