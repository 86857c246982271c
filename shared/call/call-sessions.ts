import type { TelephonyNotification } from '../protocol/notification.ts'
import type { SessionStatus } from '../protocol/status.ts'
import { HOUR_MS, MINUTE_MS } from '../time.ts'
import { isOver, selectLatestMs } from './end.ts'
import { type TrackedCall, Tracker } from './track.ts'

/** How long a finished session stays in memory: most stragglers come within a minute of the end. */
export const FINISHED_KEPT_MS = 2 * MINUTE_MS
/** How long it is remembered that there was such a session; an event that is older than this is of the past in any case. */
export const REMEMBERED_MS = HOUR_MS

/**
 * The sessions that are followed at once. Finished ones leave after a while, and none of them comes back by a late or repeated
 * event: of a session that has left, or by its time may have left, an event opens nothing. A caller that keeps histories elsewhere
 * puts one back with `adopt`, and then its late events count.
 */
export interface CallSessions {
  /** Takes in an event; `undefined` when its session has left, or may have. */
  track(notification: TelephonyNotification): TrackedCall | undefined
  /** Takes in the platform's answer to a status request; `undefined` as above. */
  repair(status: SessionStatus): TrackedCall | undefined
  get(telephonySessionId: string): Tracker | undefined
  adopt(tracker: Tracker): void
  /**
   * Lets go what ended more than {@link FINISHED_KEPT_MS} ago, and answers with the ids of those. `nowMs` is on the
   * platform's clock.
   */
  forget(nowMs: number): readonly string[]
  all(): Iterable<Tracker>
  readonly size: number
}

export function createCallSessions(): CallSessions {
  const sessions = new Map<string, Tracker>()
  // Finished sessions and when they ended: forgetting looks at these only.
  const finished = new Map<string, number>()
  // Those that have left, and when they had ended.
  const left = new Map<string, number>()
  let horizonMs = Number.NEGATIVE_INFINITY

  function find(id: string, timeMs: number): Tracker | undefined {
    const present = sessions.get(id)
    if (present !== undefined || left.has(id) || timeMs <= horizonMs) return present
    const tracker = new Tracker(id)
    sessions.set(id, tracker)
    return tracker
  }

  function note(tracked: TrackedCall): void {
    const { call } = tracked
    // Taken out first, so that the last to end comes last.
    if (finished.size > 0) finished.delete(call.telephonySessionId)
    // What has no party yet is no call: it waits with the finished ones until it has, or leaves with them.
    if (isOver(call) || call.legs.length === 0) finished.set(call.telephonySessionId, latestOf(tracked))
  }

  return {
    track(notification) {
      const tracker = find(notification.telephonySessionId, notification.eventTimeMs)
      if (tracker?.take(notification)) note(tracker)
      return tracker
    },
    repair(status) {
      const tracker = find(status.telephonySessionId, status.asOfMs)
      if (tracker?.repair(status)) note(tracker)
      return tracker
    },
    get: (id) => sessions.get(id),
    adopt(tracker) {
      left.delete(tracker.call.telephonySessionId)
      sessions.set(tracker.call.telephonySessionId, tracker)
      note(tracker)
    },
    forget(nowMs) {
      const gone: string[] = []
      for (const [id, endedMs] of finished) {
        if (endedMs > nowMs) {
          // A time that cannot be: it waits from now on, behind those that are in their place.
          finished.delete(id)
          finished.set(id, nowMs)
          continue
        }
        // In the order of their ends, more or less: none of the rest has waited much longer than this one.
        if (endedMs > nowMs - FINISHED_KEPT_MS) break
        finished.delete(id)
        sessions.delete(id)
        left.set(id, endedMs)
        gone.push(id)
      }
      horizonMs = Math.max(horizonMs, nowMs - REMEMBERED_MS)
      for (const [id, endedMs] of left) {
        if (endedMs > horizonMs - MINUTE_MS) break
        left.delete(id)
      }
      return gone
    },
    all: () => sessions.values(),
    get size() {
      return sessions.size
    },
  }
}

function latestOf({ call, history }: TrackedCall): number {
  const answeredMs = call.lostAsOfMs ?? history.statuses.at(-1)?.asOfMs ?? Number.NEGATIVE_INFINITY
  const toldMs = call.legs.length > 0 ? selectLatestMs(call) : (history.entries.at(-1)?.eventTimeMs ?? answeredMs)
  return Math.max(answeredMs, toldMs)
}
