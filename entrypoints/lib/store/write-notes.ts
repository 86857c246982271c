import { carriedOut } from './carried-out.ts'
import type { PersonStore } from './open.ts'
import type { StoredNote } from './schema.ts'

/** Keeps what was written about a call; a note without a word and a tag is none. */
export async function writeNote(store: PersonStore, note: StoredNote): Promise<void> {
  const tx = store.transaction('notes', 'readwrite')
  const isEmpty = note.text === '' && note.tags.length === 0
  await carriedOut(tx, [isEmpty ? tx.store.delete(note.telephonySessionId) : tx.store.put(note)])
}
