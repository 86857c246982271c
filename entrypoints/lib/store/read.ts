import type { Cursor } from '../../../shared/protocol/wire.ts'
import { unpackDay } from './day-packs.ts'
import { unpackEvents } from './event-packs.ts'
import { keysOf } from './keys.ts'
import type { ReadableStore } from './open.ts'
import type { BrowserSchema, CallRow, Gap, KeptSoFar, SignIn, StoredDay, StoredEvent, StoredStatus } from './schema.ts'

export function readSignIn(store: ReadableStore<BrowserSchema>): Promise<SignIn | undefined> {
  return store.get('signIn', 'current')
}

export function readCursor(store: ReadableStore, relayUrl: string): Promise<Cursor | undefined> {
  return store.get('cursors', relayUrl)
}

export function readGap(store: ReadableStore, relayUrl: string): Promise<Gap | undefined> {
  return store.get('gaps', relayUrl)
}

/** How far deletion by age has come; `undefined` in a store that was not opened since it was created or wiped. */
export function readKeptSoFar(store: ReadableStore): Promise<KeptSoFar | undefined> {
  return store.get('keeping', 'now')
}

/**
 * The events of one call, by sequence, each once: events that the relay repeated may be stored again in other packs.
 */
export async function readEvents(store: ReadableStore, telephonySessionId: string): Promise<readonly StoredEvent[]> {
  const events = unpackEvents(await store.getAll('events', keysOf(telephonySessionId)))
  const distinct = new Map(events.map((event) => [`${event.sequence} ${event.uuid}`, event]))
  return [...distinct.values()].sort((a, b) => a.sequence - b.sequence)
}

/** The platform's answers about one call, by the moments they are about. */
export function readStatuses(store: ReadableStore, telephonySessionId: string): Promise<StoredStatus[]> {
  return store.getAll('statuses', keysOf(telephonySessionId))
}

export function readCall(store: ReadableStore, telephonySessionId: string): Promise<CallRow | undefined> {
  return store.get('calls', telephonySessionId)
}

/** Calls that are live or whose card is still up. */
export function readActiveCalls(store: ReadableStore): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byActive', 1)
}

/** Calls that go on, those among them that have no card. */
export function readLiveCalls(store: ReadableStore): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byLive', 1)
}

/** Calls that were missed and not looked at since. */
export function readMissedUnseen(store: ReadableStore): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byMissedUnseen', 1)
}

/** Calls of which a party went to this session. */
export function readCallsThatWentTo(store: ReadableStore, telephonySessionId: string): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byPeer', telephonySessionId)
}

/** Calls that began at `fromMs` or later. */
export function readCallsSince(store: ReadableStore, fromMs: number): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byStart', IDBKeyRange.lowerBound(fromMs))
}

/** Calls with this number that began after `afterMs`, the oldest first. */
export function readCallsWith(store: ReadableStore, numberKey: string, afterMs: number): Promise<CallRow[]> {
  const range = IDBKeyRange.bound([numberKey, afterMs], [numberKey, []], true, true)
  return store.getAllFromIndex('calls', 'byNumber', range)
}

/** What a day (`2026-03-29`) adds up to. */
export async function readDay(store: ReadableStore, day: string): Promise<StoredDay | undefined> {
  const packed = await store.get('days', day)
  return packed && unpackDay(packed)
}

/** The latest calls, newest first, those that go on among them; not what is a part of another. */
export async function readLastCalls(store: ReadableStore, count: number): Promise<CallRow[]> {
  const rows: CallRow[] = []
  const tx = store.transaction('calls')
  let cursor = await tx.store.index('byStart').openCursor(null, 'prev')
  while (cursor && rows.length < count) {
    if (cursor.value.part === undefined) rows.push(cursor.value)
    cursor = await cursor.continue()
  }
  return rows
}
