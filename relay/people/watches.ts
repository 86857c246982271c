import type { Watches } from '../../shared/protocol/wire.ts'

/**
 * What a person's rights mean, in one place. A user who may listen to an extension watches it, in all its calls. A user who runs a
 * queue watches the queue: its calls, and in those the members who take part. What members do outside the queue is
 * theirs: running a queue gives no right to that at RingCentral either.
 */

export const WATCHES_NOTHING: Watches = { extensions: [], queues: [] }
export const WATCHES_ALL: Watches = { extensions: 'all', queues: 'all' }

export function watchesAll({ extensions }: Watches): boolean {
  return extensions === 'all'
}

export function watchesNothing({ extensions, queues }: Watches): boolean {
  return extensions.length === 0 && queues.length === 0
}

/** Whether they may watch an extension in all its calls, and listen in on them. */
export function watchesExtension({ extensions }: Watches, extensionId: string): boolean {
  return extensions === 'all' || extensions.includes(extensionId)
}

/** Whether they run a queue, and may watch who waits in it. */
export function watchesQueue({ queues }: Watches, queueId: string): boolean {
  return queues === 'all' || queues.includes(queueId)
}

/** Whether they watch a session in which these extensions, queues among them, have parts. */
export function watchesAnyOf(watches: Watches, memberIds: readonly string[]): boolean {
  return watchesAll(watches) || memberIds.some((id) => watchesExtension(watches, id)) || runsAnyOf(watches, memberIds)
}

/** Whether they may learn of a session in which these extensions have parts: one is theirs, or they watch it. */
export function maySee(
  user: { readonly extensionId: string; readonly watches: Watches },
  memberIds: readonly string[],
) {
  return memberIds.includes(user.extensionId) || watchesAnyOf(user.watches, memberIds)
}

/** Whether they may watch one of those in a session: in all its calls, or because it is the call of a queue that they run. */
export function watchesIn(watches: Watches, extensionId: string, memberIds: readonly string[]): boolean {
  return watchesExtension(watches, extensionId) || runsAnyOf(watches, memberIds)
}

function runsAnyOf({ queues }: Watches, extensionIds: readonly string[]): boolean {
  return queues === 'all' || extensionIds.some((id) => queues.includes(id))
}
