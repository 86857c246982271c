import { FINISHED_KEPT_MS } from '../call/call-sessions.ts'
import { selectLastHeardMs } from '../call/doubt.ts'
import { isOver } from '../call/end.ts'
import type { Tracker } from '../call/track.ts'
import type { Group } from './group.ts'

/** Groups in which nothing goes on, and since when; in the order in which they came to it. */
export interface SettledGroups {
  /** Looks whether anything goes on in the group. */
  judge(group: Group): void
  delete(group: Group): void
  /** Takes out those in which nothing has gone on for {@link FINISHED_KEPT_MS}. */
  takeDue(nowMs: number): readonly Group[]
}

export function createSettledGroups(): SettledGroups {
  const settled = new Map<Group, number>()
  return {
    judge(group) {
      // Put last, so that those that settled first come first.
      settled.delete(group)
      if (group.trackers.every(hasSettled)) settled.set(group, Math.max(...group.trackers.map(selectLastHeardMs)))
    },
    delete(group) {
      settled.delete(group)
    },
    takeDue(nowMs) {
      const due: Group[] = []
      for (const [group, sinceMs] of settled) {
        if (sinceMs > nowMs) {
          // A time that cannot be: it waits from now on, behind those that are in their place.
          settled.delete(group)
          settled.set(group, nowMs)
          continue
        }
        if (sinceMs > nowMs - FINISHED_KEPT_MS) break
        settled.delete(group)
        due.push(group)
      }
      return due
    },
  }
}

/** A session without a party yet is no call, and goes like one that is over. */
function hasSettled({ call }: Tracker): boolean {
  return isOver(call) || call.legs.length === 0
}
