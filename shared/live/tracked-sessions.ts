import { Tracker } from '../call/track.ts'
import type { CallRecord } from '../protocol/stream-line.ts'
import { MINUTE_MS } from '../time.ts'
import { createAwaitedPeers } from './awaited-peers.ts'
import type { Group } from './group.ts'
import { endLost, revive } from './lost-calls.ts'
import { createSettledGroups } from './settled-groups.ts'

/** The sessions that are tracked, in their groups. */
export interface TrackedSessions {
  readonly size: number
  readonly groups: Iterable<Group>
  get(telephonySessionId: string): Group | undefined
  /** Takes in an event or an answer; `undefined` when it told nothing new. */
  take(told: CallRecord): Group | undefined
  /** Takes over a group that was tracked elsewhere; answers with the group that it is a part of now. */
  adopt(group: Group): Group
  /** Ends the calls of which nothing was heard for so long that they are over; answers with the groups that this changed. */
  giveUp(nowMs: number): readonly Group[]
  /** Takes out the groups that are over for {@link FINISHED_KEPT_MS}. */
  leave(nowMs: number): readonly Group[]
  /** Sessions that a party went to and that are not tracked, each returned once. */
  takeUnseen(): readonly string[]
}

export interface TrackedSessionsOptions {
  /** A group has become a part of another. */
  readonly onJoined: (gone: Group, into: Group) => void
}

/** How often calls are looked for of which nothing is heard any more. */
const LOOK_MS = MINUTE_MS

export function createTrackedSessions({ onJoined }: TrackedSessionsOptions): TrackedSessions {
  const groupOf = new Map<string, Group>()
  const groups = new Set<Group>()
  const awaited = createAwaitedPeers()
  const settled = createSettledGroups()
  let lookedMs = Number.NEGATIVE_INFINITY

  function add(group: Group): Group {
    groups.add(group)
    for (const { telephonySessionId } of group.trackers) groupOf.set(telephonySessionId, group)
    for (const tracker of [...group.trackers]) {
      const id = tracker.telephonySessionId
      for (const other of awaited.arrive(id)) join(groupOf.get(other), groupOf.get(id))
      followPeers(tracker)
    }
    return groupOf.get(group.trackers[0]?.telephonySessionId ?? '') ?? group
  }

  function join(a: Group | undefined, b: Group | undefined): void {
    if (a === undefined || b === undefined || a === b) return
    const [into, gone] = a.trackers.length >= b.trackers.length ? [a, b] : [b, a]
    into.trackers.push(...gone.trackers)
    into.counted = [...into.counted, ...gone.counted]
    for (const [tracker, conclusion] of gone.conclusions) into.conclusions.set(tracker, conclusion)
    for (const { telephonySessionId } of gone.trackers) groupOf.set(telephonySessionId, into)
    groups.delete(gone)
    settled.delete(gone)
    onJoined(gone, into)
  }

  function followPeers(tracker: Tracker): void {
    const { telephonySessionId: id } = tracker
    for (const { end } of tracker.legs) {
      const peerId = end?.peer?.telephonySessionId
      if (peerId === undefined || peerId === id) continue
      if (groupOf.has(peerId)) join(groupOf.get(id), groupOf.get(peerId))
      else awaited.expect(peerId, id)
    }
  }

  function tell(group: Group, tracker: Tracker, told: CallRecord): Group | undefined {
    const wasGivenUp = revive(group, tracker)
    const isNew = told.kind === 'status' ? tracker.repair(told.status) : tracker.take(told.notification)
    if (!isNew && !wasGivenUp) return undefined
    followPeers(tracker)
    const now = groupOf.get(tracker.telephonySessionId) ?? group
    settled.judge(now)
    return now
  }

  function remove(group: Group): void {
    groups.delete(group)
    for (const tracker of group.trackers) {
      groupOf.delete(tracker.telephonySessionId)
      awaited.forget(tracker)
    }
  }

  return {
    get size() {
      return groupOf.size
    },
    groups,
    get: (id) => groupOf.get(id),
    take(told) {
      const id = told.kind === 'status' ? told.status.telephonySessionId : told.notification.telephonySessionId
      const group = groupOf.get(id) ?? add({ trackers: [new Tracker(id)], counted: [], conclusions: new Map() })
      const tracker = group.trackers.find(({ telephonySessionId }) => telephonySessionId === id)
      return tracker && tell(group, tracker, told)
    },
    adopt(group) {
      const now = add(group)
      settled.judge(now)
      return now
    },
    giveUp(nowMs) {
      if (nowMs < lookedMs + LOOK_MS) return []
      lookedMs = nowMs
      const changed = [...groups].filter((group) => endLost(group, nowMs))
      changed.forEach(settled.judge)
      return changed
    },
    leave(nowMs) {
      const gone = settled.takeDue(nowMs)
      gone.forEach(remove)
      return gone
    },
    takeUnseen: awaited.takeUnseen,
  }
}
