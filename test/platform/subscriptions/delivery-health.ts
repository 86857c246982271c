import { formatInstant, MINUTE_MS } from '../../../shared/time.ts'
import type { SubscriptionEntry } from './subscription.ts'

/** How long deliveries may fail without one that goes well before the webhook is blacklisted. */
export const BLACKLIST_AFTER_MS = 10 * MINUTE_MS

/** What a webhook made of a delivery. */
export interface DeliveryOutcome {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  /** In the platform's words; `undefined` when the delivery went well. */
  readonly failure: string | undefined
}

/**
 * Takes over how a delivery went. A failure blacklists when the first one since a delivery that went well is long enough ago:
 * a webhook that fails once and is asked again much later is not told apart from one that failed all the time, since nothing
 * in between said otherwise.
 */
export function recordOutcome(
  entry: SubscriptionEntry,
  { failure }: DeliveryOutcome,
  { nowMs, blacklistAfterMs }: { nowMs: number; blacklistAfterMs: number },
): void {
  if (failure === undefined) {
    entry.failingSinceMs = undefined
    return
  }
  entry.failingSinceMs ??= nowMs
  if (nowMs - entry.failingSinceMs >= blacklistAfterMs) blacklist(entry, failure, nowMs)
}

export function blacklist(entry: SubscriptionEntry, reason: string, nowMs: number): void {
  entry.status = 'Blacklisted'
  entry.blacklistedData = { blacklistedAt: formatInstant(nowMs), reason }
}
