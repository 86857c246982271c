import { carriedOut } from './carried-out.ts'
import type { PersonStore } from './open.ts'
import type { StoredNote } from './schema.ts'

/** Saves a call's note; a note without text and tags is deleted. */
export async function writeNote(store: PersonStore, note: StoredNote): Promise<void> {
  const tx = store.transaction('notes', 'readwrite')
  const isEmpty = note.text === '' && note.tags.length === 0
  await carriedOut(tx, [isEmpty ? tx.store.delete(note.telephonySessionId) : tx.store.put(note)])
}
