import { Tracker } from '../../shared/call/track.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'

/** Follows one session's events, in the order given. */
export function trackAll(telephonySessionId: string, notifications: Iterable<TelephonyNotification>): Tracker {
  const tracker = new Tracker(telephonySessionId)
  for (const notification of notifications) tracker.take(notification)
  return tracker
}
