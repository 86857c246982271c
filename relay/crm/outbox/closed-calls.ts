import { isOver } from '../../../shared/call/end.ts'
import { linkCalls } from '../../../shared/call/journey.ts'
import type { Tracker } from '../../../shared/call/track.ts'
import { type CallRecord, composeRecords, type QueueNameOf } from '../../../shared/crm/call-record.ts'
import type { Group } from '../../../shared/live/group.ts'
import { createTiedIds } from '../../../shared/live/tied-ids.ts'
import { createTrackedSessions } from '../../../shared/live/tracked-sessions.ts'
import { decodeRecord } from '../../calls/decode-record.ts'
import type { EventLog, LoggedEvent } from '../../log/event-log.ts'

/** What is known of calls that a transfer ties together, after an event of one of them. */
export interface ClosedCalls {
  readonly telephonySessionIds: readonly string[]
  /** Those of customers; none while one of the sessions goes on. */
  readonly records: readonly CallRecord[]
  readonly memberIds: readonly string[]
  /** When the last event was received that changed something, ms since the epoch. */
  readonly heardMs: number
}

export interface CallsFold {
  /** Takes in an event of the log. */
  follow(event: LoggedEvent): Promise<void>
  /** Ends what nothing was heard of for a day, and lets go what has been over for a while; what left and was not taken before. */
  passTime(nowMs: number): readonly ClosedCalls[]
  /** What has changed since it was taken last. */
  takeChanged(): readonly ClosedCalls[]
}

/** Folds the log into customer calls. What has left and is heard of again comes back from the log with all that it is tied to. */
export function createCallsFold(log: Pick<EventLog, 'readSession'>, queueNameOf: QueueNameOf): CallsFold {
  const tied = createTiedIds()
  const heard = new Map<string, number>()
  const members = new Map<string, Set<string>>()
  const changed = new Set<Group>()
  const tracked = createTrackedSessions({
    onJoined(gone, into) {
      if (changed.delete(gone)) changed.add(into)
    },
  })

  function take(event: LoggedEvent): Group | undefined {
    const told = decodeRecord(event)
    const group = told && tracked.take(told)
    if (group === undefined) return undefined
    const { telephonySessionId: id, extensionIds, receivedAtMs } = event
    heard.set(id, Math.max(heard.get(id) ?? 0, receivedAtMs))
    const own = members.get(id) ?? new Set()
    members.set(id, own)
    for (const extensionId of extensionIds) own.add(extensionId)
    return group
  }

  async function bring(id: string, beforePosition: number): Promise<void> {
    if (tracked.get(id) !== undefined) return
    const ids = tied.of(id).filter((one) => tracked.get(one) === undefined)
    const past = (await Promise.all(ids.map((one) => log.readSession(one, beforePosition)))).flat()
    for (const event of past.sort((a, b) => a.position - b.position)) take(event)
  }

  function describe({ trackers }: Group): ClosedCalls {
    const ids = trackers.map(({ telephonySessionId }) => telephonySessionId)
    const isClosed = trackers.every((tracker) => isOver(tracker) || tracker.legs.length === 0)
    return {
      telephonySessionIds: ids,
      records: isClosed
        ? linkCalls(trackers.filter(hasLegs)).flatMap((journey) => composeRecords(journey, queueNameOf))
        : [],
      memberIds: [...new Set(ids.flatMap((id) => [...(members.get(id) ?? [])]))],
      heardMs: Math.max(0, ...ids.map((id) => heard.get(id) ?? 0)),
    }
  }

  return {
    async follow(event) {
      if (event.kind !== undefined && event.kind !== 'status') return
      const { telephonySessionId, position } = event
      await bring(telephonySessionId, position)
      const isNew = take(event) !== undefined
      for (const id of tracked.takeUnseen()) await bring(id, position + 1)
      const group = tracked.get(telephonySessionId)
      if (isNew && group !== undefined) changed.add(group)
    },
    takeChanged() {
      const all = [...changed].map(describe)
      changed.clear()
      return all
    },
    passTime(nowMs) {
      for (const group of tracked.giveUp(nowMs)) changed.add(group)
      const left = tracked.leave(nowMs)
      const untaken = left.filter((group) => changed.delete(group)).map(describe)
      for (const { trackers } of left) {
        const ids = trackers.map(({ telephonySessionId }) => telephonySessionId)
        for (const id of ids) {
          heard.delete(id)
          members.delete(id)
        }
        tied.join([...ids, ...trackers.flatMap(listPeers)])
      }
      return untaken
    },
  }
}

function hasLegs({ legs }: Tracker): boolean {
  return legs.length > 0
}

function listPeers({ legs }: Tracker): readonly string[] {
  return legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? [])
}
