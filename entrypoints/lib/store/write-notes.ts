import type { PersonStore } from './open.ts'
import type { StoredNote } from './schema.ts'

/** Keeps what was written about a call; a note without a word and a tag is none. */
export async function writeNote(store: PersonStore, note: StoredNote): Promise<void> {
  if (note.text === '' && note.tags.length === 0) await store.delete('notes', note.telephonySessionId)
  else await store.put('notes', note)
}
