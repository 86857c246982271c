import type { ReadableStore } from './open.ts'
import type { StoredNote } from './schema.ts'

export function readNote(store: ReadableStore, telephonySessionId: string): Promise<StoredNote | undefined> {
  return store.get('notes', telephonySessionId)
}

/** Everything that was written about calls. */
export function readAllNotes(store: ReadableStore): Promise<StoredNote[]> {
  return store.getAll('notes')
}

/** What was written about calls with this number that began before `beforeMs`, the oldest first. */
export function readNotesByNumber(store: ReadableStore, numberKey: string, beforeMs: number): Promise<StoredNote[]> {
  // An array with fewer members comes before every longer one that begins with them.
  const range = IDBKeyRange.bound([numberKey], [numberKey, beforeMs], false, true)
  return store.getAllFromIndex('notes', 'byNumber', range)
}

/** Every tag that was given to a note or a contact, each once. */
export async function readTags(store: ReadableStore): Promise<readonly string[]> {
  const tx = store.transaction(['notes', 'contacts'])
  const tags = new Set<string>()
  for (const name of ['notes', 'contacts'] as const) {
    let cursor = await tx.objectStore(name).index('byTag').openKeyCursor(null, 'nextunique')
    while (cursor) {
      tags.add(cursor.key)
      cursor = await cursor.continue()
    }
  }
  return [...tags]
}
