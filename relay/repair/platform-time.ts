import { decodeNotification } from '../../shared/protocol/notification.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { parseJson } from '../json.ts'
import type { EventLog } from '../log/event-log.ts'

/** Enough that some of them hardly took any time on their way. */
const RECENT_EVENTS = 200

/**
 * The moment that an answer of RingCentral is about, on its clock, in ms since the epoch.
 *
 * The answer's date has whole seconds only. Within that second the moment lies where the recent events put it: RingCentral
 * dates each event, and the one that took the least time to us tells how far our clocks are apart. The relay's time when it
 * asked, less that, is never after the answer; so no answer claims to know what happened later. Without a date it stands alone.
 */
export function estimateAnswerTime(options: {
  /** Of the answer; `undefined` when it has none. */
  readonly dateMs: number | undefined
  /** When it was asked, relay's clock. */
  readonly askedAtMs: number
  /** See {@link readClockOffsetMs}. */
  readonly offsetMs: number | undefined
}): number {
  const { dateMs, askedAtMs, offsetMs } = options
  const estimateMs = askedAtMs - (offsetMs ?? 0)
  if (dateMs === undefined) return estimateMs
  if (offsetMs === undefined) return dateMs
  return Math.min(Math.max(estimateMs, dateMs), dateMs + SECOND_MS - 1)
}

/** Smallest time from an event's date to its arrival among the recent ones; `undefined` when there are none. */
export async function readClockOffsetMs(log: Pick<EventLog, 'headPosition' | 'read'>): Promise<number | undefined> {
  let offsetMs: number | undefined
  for (const { kind, text, receivedAtMs } of await log.read(
    Math.max(0, log.headPosition - RECENT_EVENTS),
    RECENT_EVENTS,
  )) {
    if (kind !== undefined) continue
    const decoded = decodeNotification(parseJson(text))
    if (decoded.kind !== 'telephony') continue
    offsetMs = Math.min(offsetMs ?? Number.POSITIVE_INFINITY, receivedAtMs - decoded.notification.timestampMs)
  }
  return offsetMs
}
