import type { CallRecord } from '../protocol/stream-line.ts'
import type { EndedCall } from './extension-calls.ts'
import { type GroupFacts, selectGroupFacts } from './group-facts.ts'
import type { IsQueueId, QueueVisit } from './queue-visit.ts'
import { createTrackedSessions } from './tracked-sessions.ts'

/** The finished calls that a tally is the sum of, from the events that tell of them and of all that they are tied to. */
export interface CallsBehind {
  ofExtension(extensionId: string): readonly EndedCall[]
  /** Those whose wait has ended. */
  ofQueue(queueId: string): readonly QueueVisit[]
}

export interface CallsBehindOptions {
  readonly isQueueId: IsQueueId
  /** Calls that began, and callers who came, before this are left out. */
  readonly sinceMs: number
  /** Platform's clock: what nothing was heard of for a day is over. */
  readonly nowMs: number
}

export function selectCallsBehind(
  told: Iterable<CallRecord>,
  { isQueueId, sinceMs, nowMs }: CallsBehindOptions,
): CallsBehind {
  const tracked = createTrackedSessions({ onJoined: () => undefined })
  for (const one of told) tracked.take(one)
  tracked.giveUp(nowMs)
  const facts = Array.from(tracked.groups, ({ trackers }): GroupFacts => selectGroupFacts(trackers, isQueueId))
  return {
    ofExtension: (extensionId) =>
      facts
        .flatMap(({ extensions }) => extensions.get(extensionId)?.ended ?? [])
        .filter(({ startedMs }) => startedMs >= sinceMs)
        .sort((a, b) => a.startedMs - b.startedMs),
    ofQueue: (queueId) =>
      facts
        .flatMap(({ queues }) => queues.get(queueId)?.visits ?? [])
        .filter((visit) => visit.end !== undefined && visit.sinceMs >= sinceMs)
        .sort((a, b) => a.sinceMs - b.sinceMs),
  }
}
