import { setTimeout } from 'node:timers/promises'
import { isOver, selectLatestMs } from '../../shared/call/end.ts'
import { Tracker } from '../../shared/call/track.ts'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { decodeStatus } from '../../shared/protocol/status.ts'
import { parseJson } from '../json.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'

/** A session that goes on, as far as the log knows. */
export interface UnfinishedSession {
  readonly telephonySessionId: string
  /** When it was last heard of, ms since the epoch, RingCentral's clock. */
  readonly latestMs: number
}

/**
 * Reading may never make deliveries or clients wait. So many events take two or three milliseconds; after them twice as long
 * belongs to the others, who may all be coming back at this very moment.
 */
const READ_EVENTS = 200
const PAUSE_MS = 5
/** Events of a session that is over come within this many others; what comes later counts as unfinished once more. */
const LATE_EVENTS = 5000

interface Followed {
  readonly tracker: Tracker
  position: number
}

/** Follows every session of the log and answers with those that have not ended in it. Ends early when `signal` aborts. */
export async function findUnfinishedSessions(
  log: Pick<EventLog, 'headPosition' | 'read'>,
  signal: AbortSignal,
): Promise<readonly UnfinishedSession[]> {
  const sessions = new Map<string, Followed>()
  let afterPosition = 0
  let nextForgetting = LATE_EVENTS
  while (!signal.aborted) {
    const batch = await log.read(afterPosition, READ_EVENTS)
    for (const event of batch) follow(sessions, event)
    afterPosition = batch.at(-1)?.position ?? afterPosition
    if (afterPosition >= nextForgetting) {
      forgetFinished(sessions, afterPosition - LATE_EVENTS)
      nextForgetting = afterPosition + LATE_EVENTS
    }
    if (batch.length < READ_EVENTS) break
    await setTimeout(PAUSE_MS)
  }
  return [...sessions.values()].flatMap(({ tracker }) => describeUnfinished(tracker))
}

function follow(sessions: Map<string, Followed>, event: LoggedEvent): void {
  // These may be about a call of which nothing else is kept.
  if (event.kind === 'desk' || event.kind === 'act') return
  const { telephonySessionId, position } = event
  const followed = sessions.get(telephonySessionId) ?? { tracker: new Tracker(telephonySessionId), position }
  sessions.set(telephonySessionId, followed)
  followed.position = position
  const raw = parseJson(event.text)
  if (event.kind === 'status') {
    const decoded = decodeStatus(raw)
    if (decoded.kind === 'status') followed.tracker.repair(decoded.status)
    return
  }
  const decoded = decodeNotification(raw)
  if (decoded.kind === 'telephony') followed.tracker.take(decoded.notification)
}

function forgetFinished(sessions: Map<string, Followed>, beforePosition: number): void {
  for (const [id, { tracker, position }] of sessions) {
    if (position < beforePosition && isOver(tracker.call)) sessions.delete(id)
  }
}

function describeUnfinished({ telephonySessionId, call }: Tracker): readonly UnfinishedSession[] {
  if (isOver(call)) return []
  return [{ telephonySessionId, latestMs: Math.max(0, selectLatestMs(call)) }]
}
