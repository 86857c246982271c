import { Tracker } from '../../../shared/call/track.ts'
import { unpackEvents } from '../store/event-packs.ts'
import { keysOf } from '../store/keys.ts'
import type { ReadableStore } from '../store/open.ts'
import type { CallRow } from '../store/schema.ts'
import { decodeStoredEvent, decodeStoredStatus } from './received.ts'

/** All that is kept of a call. */
export interface StoredCall {
  /** As it was shown last; `undefined` when the person has no part in it. */
  readonly row: CallRow | undefined
  /** Made again from its events. */
  readonly tracker: Tracker
  /** The smallest delay from the platform's clock to the relay's that it showed, ms; infinite when no event is kept. */
  readonly delayMs: number
  /** Sessions that it is tied to. */
  readonly linkedIds: readonly string[]
}

/** Reads calls from the store in one transaction. A call that is not stored is empty. */
export async function readStoredCalls(
  store: ReadableStore,
  telephonySessionIds: readonly string[],
): Promise<ReadonlyMap<string, StoredCall>> {
  const tx = store.transaction(['calls', 'events', 'statuses'])
  const read = telephonySessionIds.map(async (id) => {
    const [row, packs, statuses, cameFrom] = await Promise.all([
      tx.objectStore('calls').get(id),
      tx.objectStore('events').getAll(keysOf(id)),
      tx.objectStore('statuses').getAll(keysOf(id)),
      tx.objectStore('calls').index('byPeer').getAllKeys(id),
    ])
    const received = [...unpackEvents(packs).flatMap(decodeStoredEvent), ...statuses.flatMap(decodeStoredStatus)]
    const tracker = new Tracker(id)
    for (const one of received) {
      if (one.kind === 'event') tracker.take(one.notification)
      else tracker.repair(one.status)
    }
    const delayMs = Math.min(...received.map((one) => one.delayMs))
    return [id, { row, tracker, delayMs, linkedIds: [...(row?.peerIds ?? []), ...cameFrom] }] as const
  })
  return new Map(await Promise.all(read))
}

/** Reads one call back, as {@link readStoredCalls} does. */
export async function readStoredCall(store: ReadableStore, telephonySessionId: string): Promise<StoredCall> {
  const calls = await readStoredCalls(store, [telephonySessionId])
  return calls.get(telephonySessionId) ?? emptyCall(telephonySessionId)
}

/** A call of which nothing is kept. */
export function emptyCall(telephonySessionId: string): StoredCall {
  return { row: undefined, tracker: new Tracker(telephonySessionId), delayMs: Number.POSITIVE_INFINITY, linkedIds: [] }
}
