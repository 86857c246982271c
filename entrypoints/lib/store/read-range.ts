import { unpackDay } from './day-packs.ts'
import type { ReadableStore } from './open.ts'
import type { CallRow, StoredDay } from './schema.ts'

/** The days from one to another, both included (`2026-03-29`), by date; those without calls are not there. */
export async function readDays(store: ReadableStore, fromDay: string, toDay: string): Promise<readonly StoredDay[]> {
  return (await store.getAll('days', IDBKeyRange.bound(fromDay, toDay))).map(unpackDay)
}

/** Calls that began from `fromMs` up to, not including, `toMs`, by their start. */
export function readCallsBetween(store: ReadableStore, fromMs: number, toMs: number): Promise<CallRow[]> {
  return store.getAllFromIndex('calls', 'byStart', IDBKeyRange.bound(fromMs, toMs, false, true))
}

/** Calls with this number that began at `fromMs` or later, by their start. */
export function readCallsOfNumber(store: ReadableStore, numberKey: string, fromMs: number): Promise<CallRow[]> {
  // An array with more members comes after every shorter one that it begins with, and arrays after numbers.
  const range = IDBKeyRange.bound([numberKey, fromMs], [numberKey, []])
  return store.getAllFromIndex('calls', 'byNumber', range)
}

/** The calls whose notes carry the tag, by their `telephonySessionId`. */
export async function readCallsWithTag(store: ReadableStore, tag: string): Promise<ReadonlySet<string>> {
  return new Set(await store.getAllKeysFromIndex('notes', 'byTag', tag))
}

/** Every tag that was given to a call, each once. */
export async function readCallTags(store: ReadableStore): Promise<readonly string[]> {
  const tags: string[] = []
  let cursor = await store.transaction('notes').store.index('byTag').openKeyCursor(null, 'nextunique')
  while (cursor) {
    tags.push(cursor.key)
    cursor = await cursor.continue()
  }
  return tags
}
