import { carriedOut } from './carried-out.ts'
import type { PersonStore } from './open.ts'
import type { StoredNote } from './schema.ts'

/**
 * Saves a call's note; a note without text and tags is deleted. `isForCrm`: the relay shall have its text, and that it has not is saved
 * in the same breath.
 */
export async function writeNote(
  store: PersonStore,
  note: StoredNote,
  { isForCrm = false }: { readonly isForCrm?: boolean } = {},
): Promise<void> {
  const tx = store.transaction(['notes', 'unsentNotes'], 'readwrite')
  const [notes, unsent] = [tx.objectStore('notes'), tx.objectStore('unsentNotes')]
  const { telephonySessionId, writtenMs } = note
  const isEmpty = note.text === '' && note.tags.length === 0
  const write = async () => {
    const before = isForCrm ? await notes.get(telephonySessionId) : undefined
    await Promise.all([
      isEmpty ? notes.delete(telephonySessionId) : notes.put(note),
      // Tags stay in the browser.
      isForCrm && note.text !== (before?.text ?? '') && unsent.put({ telephonySessionId, writtenMs }),
    ])
  }
  await carriedOut(tx, [write()])
}
