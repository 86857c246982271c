import { FINISHED_KEPT_MS } from '../call/call-sessions.ts'
import { isLost, selectLastHeardMs, selectLostAsOfMs } from '../call/doubt.ts'
import { isOver } from '../call/end.ts'
import { foldCall } from '../call/reduce.ts'
import { Tracker } from '../call/track.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { Told } from '../protocol/stream-line.ts'
import { MINUTE_MS } from '../time.ts'
import type { GroupFacts } from './group-facts.ts'

/**
 * The sessions that are followed, those that a transfer, a parking place or a conference ties together as one group: a call of
 * one person's goes through them, so they leave together. One that only waits for a word of another has none in its group.
 */
export interface Group {
  readonly trackers: Tracker[]
  /** What of it is in the totals: of each part what it came to by itself before they were tied. */
  counted: readonly GroupFacts[]
  /** Of calls that were taken for over because nothing was heard of them, what was concluded. */
  readonly conclusions: Map<Tracker, SessionStatus>
}

export interface HeldSessions {
  readonly size: number
  readonly groups: Iterable<Group>
  get(telephonySessionId: string): Group | undefined
  /** Takes in an event or an answer; `undefined` when it told nothing new. */
  take(told: Told): Group | undefined
  /** Takes over a group that was followed elsewhere; answers with the group that it is a part of now. */
  adopt(group: Group): Group
  /** Ends the calls of which nothing was heard for so long that they are over; answers with the groups that this changed. */
  giveUp(nowMs: number): readonly Group[]
  /** Takes out the groups that are over for {@link FINISHED_KEPT_MS}. */
  leave(nowMs: number): readonly Group[]
  /** Sessions that were named by a party that went there and are not held, each told once. */
  takeUnseen(): readonly string[]
}

export interface HeldSessionsOptions {
  /** A group has become a part of another. */
  readonly onJoined: (gone: Group, into: Group) => void
}

/** How often calls are looked for of which nothing is heard any more. */
const LOOK_MS = MINUTE_MS

export function createHeldSessions({ onJoined }: HeldSessionsOptions): HeldSessions {
  const groupOf = new Map<string, Group>()
  const groups = new Set<Group>()
  /** By session that is not held: those from which a party went there. */
  const awaited = new Map<string, Set<string>>()
  const unseen = new Set<string>()
  /** Groups in which nothing goes on, and since when; in the order in which they came to it. */
  const settled = new Map<Group, number>()
  let lookedMs = Number.NEGATIVE_INFINITY

  function add(group: Group): Group {
    groups.add(group)
    for (const { telephonySessionId } of group.trackers) groupOf.set(telephonySessionId, group)
    for (const tracker of [...group.trackers]) {
      const id = tracker.telephonySessionId
      const expecting = awaited.get(id)
      awaited.delete(id)
      unseen.delete(id)
      for (const other of expecting ?? []) join(groupOf.get(other), groupOf.get(id))
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
      else expect(peerId, id)
    }
  }

  function expect(peerId: string, id: string): void {
    const expecting = awaited.get(peerId)
    if (expecting !== undefined) expecting.add(id)
    else {
      awaited.set(peerId, new Set([id]))
      unseen.add(peerId)
    }
  }

  /** Last, so that those that settled first come first. */
  function settle(group: Group): void {
    settled.delete(group)
    if (group.trackers.every(hasSettled)) settled.set(group, Math.max(...group.trackers.map(selectLastHeardMs)))
  }

  function tell(group: Group, tracker: Tracker, told: Told): Group | undefined {
    const wasGivenUp = revive(group, tracker)
    const isNew = told.kind === 'status' ? tracker.repair(told.status) : tracker.take(told.notification)
    if (!isNew && !wasGivenUp) return undefined
    followPeers(tracker)
    const now = groupOf.get(tracker.telephonySessionId) ?? group
    settle(now)
    return now
  }

  function remove(group: Group): void {
    settled.delete(group)
    groups.delete(group)
    for (const tracker of group.trackers) {
      groupOf.delete(tracker.telephonySessionId)
      for (const { end } of tracker.legs) {
        const peerId = end?.peer?.telephonySessionId ?? ''
        const expecting = awaited.get(peerId)
        expecting?.delete(tracker.telephonySessionId)
        if (expecting?.size === 0) {
          awaited.delete(peerId)
          unseen.delete(peerId)
        }
      }
    }
  }

  /** Something is heard of it after all: then nothing was concluded, and it is judged anew. */
  function revive({ conclusions }: Group, tracker: Tracker): boolean {
    const conclusion = conclusions.get(tracker)
    if (conclusion === undefined) return false
    conclusions.delete(tracker)
    tracker.statuses.splice(tracker.statuses.indexOf(conclusion), 1)
    foldCall(tracker, tracker)
    return true
  }

  /** Ends what nothing was heard of for so long that it is over. */
  function giveUp(nowMs: number): readonly Group[] {
    if (nowMs < lookedMs + LOOK_MS) return []
    lookedMs = nowMs
    const changed: Group[] = []
    for (const group of groups) {
      const lost = group.trackers.filter((tracker) => isLost(tracker, nowMs))
      for (const tracker of lost) {
        const conclusion = concludeEnd(tracker)
        group.conclusions.set(tracker, conclusion)
        tracker.repair(conclusion)
      }
      if (lost.length === 0) continue
      settle(group)
      changed.push(group)
    }
    return changed
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
      settle(now)
      return now
    },
    giveUp,
    leave(nowMs) {
      const gone: Group[] = []
      for (const [group, sinceMs] of settled) {
        if (sinceMs > nowMs) {
          // A time that cannot be: it waits from now on, behind those that are in their place.
          settled.delete(group)
          settled.set(group, nowMs)
          continue
        }
        if (sinceMs > nowMs - FINISHED_KEPT_MS) break
        remove(group)
        gone.push(group)
      }
      return gone
    },
    takeUnseen() {
      const ids = [...unseen]
      unseen.clear()
      return ids
    },
  }
}

/** What has no party yet is no call, and goes as one that is over does. */
function hasSettled({ call }: Tracker): boolean {
  return isOver(call) || call.legs.length === 0
}

/** What would be answered by whoever still knew. */
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
