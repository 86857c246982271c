import { Tracker } from '../../shared/call/track.ts'
import { decodeStoredEvent, decodeStoredStatus } from './received.ts'
import type { PersonStore } from './store/open.ts'
import { readEvents, readStatuses } from './store/read.ts'

/** A call made again from all that is kept of it. */
export interface StoredCall {
  readonly tracker: Tracker
  /** The smallest delay from the platform's clock to the relay's that it showed, ms; infinite when nothing is kept. */
  readonly delayMs: number
}

export async function readStoredCall(store: PersonStore, telephonySessionId: string): Promise<StoredCall> {
  const [events, statuses] = await Promise.all([
    readEvents(store, telephonySessionId),
    readStatuses(store, telephonySessionId),
  ])
  const tracker = new Tracker(telephonySessionId)
  let delayMs = Number.POSITIVE_INFINITY
  for (const received of [...events.flatMap(decodeStoredEvent), ...statuses.flatMap(decodeStoredStatus)]) {
    if (received.kind === 'event') tracker.take(received.notification)
    else tracker.repair(received.status)
    delayMs = Math.min(delayMs, received.delayMs)
  }
  return { tracker, delayMs }
}
