import type { CallRecord } from '../protocol/stream-line.ts'
import { DAY_MS } from '../time.ts'
import type { Group } from './group.ts'
import { type GroupFacts, selectGroupFacts } from './group-facts.ts'
import type { IsQueueId } from './queue-visit.ts'
import { createRows } from './rows.ts'
import { createTiedIds } from './tied-ids.ts'
import { createTotals, type ToldTotals } from './totals.ts'
import { createTrackedSessions } from './tracked-sessions.ts'
import type { ExtensionLive, LiveChanges, QueueLive } from './types.ts'

/**
 * An account as its events tell it: what goes on in every extension and queue, and what today's finished calls add up to. It is
 * a fold: what it comes to depends on the set of events, answers and known queues, and on the time told to `forget`.
 *
 * It tracks the sessions that go on and those that ended a moment ago; what has left is only counted. An event of a session that
 * has left is not taken in by itself: whoever keeps histories gives the session back first, by `restore`.
 */
export interface LiveAccount {
  /** Sessions that are tracked. */
  readonly size: number
  tracks(telephonySessionId: string): boolean
  /** Takes in an event or an answer. Cheap: what it changes is worked out when somebody reads. */
  take(told: CallRecord): void
  /**
   * Takes in the whole history so far of sessions that were counted before and have left, or that were counted by whoever the totals
   * are from: what they come to is in the totals already.
   */
  restore(told: Iterable<CallRecord>, nowMs: number): void
  /** The sessions that one which has left was tied to, itself among them: they are restored together. */
  tiedTo(telephonySessionId: string): readonly string[]
  /** Sessions that a party went to and that are not tracked, each returned once: the caller may restore them. */
  takeUnseen(): readonly string[]
  /** Drops sessions that have been over for a while; `nowMs` is on the platform's clock. Returns the ids of those dropped. */
  forget(nowMs: number): readonly string[]
  /** Midnight: from now on calls count that begin then or later. */
  beginDay(sinceMs: number): void
  /** Takes over totals that were counted elsewhere; the sessions in them that are tracked are given by `restore`. */
  load(totals: ToldTotals): void
  /** The rows that have changed since the last call. */
  takeChanges(): LiveChanges
  /** The same object until something of it changes. */
  extension(extensionId: string): ExtensionLive
  queue(queueId: string): QueueLive
  /** Every extension and queue that has something going on, or had today. */
  listExtensions(): readonly string[]
  listQueues(): readonly string[]
  /** Ids of the sessions that are tracked, those that are tied together in one list. */
  listTracked(): readonly (readonly string[])[]
}

export interface LiveAccountOptions {
  /** The last midnight where the account is. */
  readonly sinceMs: number
  /** By the account's directory. */
  readonly isQueueId: IsQueueId
}

export function createLiveAccount({ sinceMs, isQueueId }: LiveAccountOptions): LiveAccount {
  const totals = createTotals(sinceMs)
  const rows = createRows(totals)
  /** Groups of which more was told than is worked out. */
  const dirty = new Set<Group>()
  const tied = createTiedIds()
  const tracked = createTrackedSessions({
    onJoined(gone, into) {
      dirty.delete(gone)
      rows.remove(gone)
      dirty.add(into)
    },
  })

  function workOut(group: Group): void {
    dirty.delete(group)
    const facts = selectFacts(group)
    for (const before of group.counted) {
      totals.remove(before)
      if (!rows.shows(group, before)) rows.note(before)
    }
    totals.add(facts)
    group.counted = [facts]
    rows.set(group, facts)
  }

  const workOutAll = () => {
    for (const group of dirty) workOut(group)
  }

  function selectFacts(group: Group): GroupFacts {
    return selectGroupFacts(group.trackers, isQueueId)
  }

  /** By itself what is restored comes to what was counted; with what it is tied to by now it is worked out later. */
  function restore(told: Iterable<CallRecord>, nowMs: number): void {
    const apart = createTrackedSessions({ onJoined: () => undefined })
    for (const one of told) if (tracked.get(sessionOf(one)) === undefined) apart.take(one)
    apart.giveUp(nowMs)
    for (const group of apart.groups) {
      const facts = selectFacts(group)
      group.counted = [facts]
      const now = tracked.adopt(group)
      if (now === group) rows.set(group, facts)
      else dirty.add(now)
    }
  }

  return {
    get size() {
      return tracked.size
    },
    tracks: (id) => tracked.get(id) !== undefined,
    take(told) {
      const group = tracked.take(told)
      if (group !== undefined) dirty.add(group)
    },
    restore,
    tiedTo: tied.of,
    takeUnseen: tracked.takeUnseen,
    forget(nowMs) {
      for (const group of tracked.giveUp(nowMs)) dirty.add(group)
      const gone = tracked.leave(nowMs)
      for (const group of gone) {
        if (dirty.has(group)) workOut(group)
        rows.remove(group)
        tied.join([...idsOf(group), ...listPeers(group)])
      }
      for (const id of totals.forgetLastCalls(nowMs - DAY_MS)) rows.noteExtension(id)
      return gone.flatMap(idsOf)
    },
    beginDay(nextMs) {
      workOutAll()
      totals.beginDay(
        nextMs,
        [...tracked.groups].flatMap(({ counted }) => counted),
      )
      tied.clear()
      rows.noteAll()
    },
    load(told) {
      totals.load(told)
      rows.noteAll()
    },
    takeChanges() {
      workOutAll()
      return rows.takeChanges()
    },
    extension(extensionId) {
      workOutAll()
      return rows.extension(extensionId)
    },
    queue(queueId) {
      workOutAll()
      return rows.queue(queueId)
    },
    listExtensions() {
      workOutAll()
      return rows.listExtensions()
    },
    listQueues() {
      workOutAll()
      return rows.listQueues()
    },
    listTracked: () => [...tracked.groups].map(idsOf),
  }
}

/** Where parties of these sessions went. */
function listPeers({ trackers }: Group): readonly string[] {
  return trackers.flatMap(({ legs }) => legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? []))
}

function idsOf({ trackers }: Group): readonly string[] {
  return trackers.map(({ telephonySessionId }) => telephonySessionId)
}

function sessionOf(told: CallRecord): string {
  return told.kind === 'status' ? told.status.telephonySessionId : told.notification.telephonySessionId
}
