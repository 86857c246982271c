import { isLost, selectLostAsOfMs } from '../call/doubt.ts'
import { foldCall } from '../call/reduce.ts'
import type { Tracker } from '../call/track.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { Group } from './group.ts'

/** Ends the calls of a group of which nothing was heard for so long that they are over. False: there are none. */
export function endLost(group: Group, nowMs: number): boolean {
  const lost = group.trackers.filter((tracker) => isLost(tracker, nowMs))
  for (const tracker of lost) {
    const conclusion = concludeEnd(tracker)
    group.conclusions.set(tracker, conclusion)
    tracker.repair(conclusion)
  }
  return lost.length > 0
}

/** Undoes the end of a call that was taken for over, when an event of it comes after all. False: it was not taken for over. */
export function revive({ conclusions }: Group, tracker: Tracker): boolean {
  const conclusion = conclusions.get(tracker)
  if (conclusion === undefined) return false
  conclusions.delete(tracker)
  tracker.statuses.splice(tracker.statuses.indexOf(conclusion), 1)
  foldCall(tracker, tracker)
  return true
}

/** The answer that RingCentral would give if it still knew when the session ended. */
function concludeEnd(tracker: Tracker): SessionStatus {
  return {
    telephonySessionId: tracker.telephonySessionId,
    asOfMs: selectLostAsOfMs(tracker),
    found: false,
    createdMs: undefined,
    origin: undefined,
    parties: [],
  }
}
