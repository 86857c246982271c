import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { listenToAnnouncements } from '../../lib/contract/messages.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { readAllNotes } from '../../lib/store/notes.ts'
import type { ReadableStore } from '../../lib/store/open.ts'

export const NO_NOTES: ReadonlyMap<string, CallNote> = new Map()

/** What the person wrote about their calls, by `telephonySessionId`, as it is now. */
export function followNotes(
  store: ReadonlySignal<ReadableStore | undefined>,
): ReadonlySignal<ReadonlyMap<string, CallNote>> {
  const notes = signal(NO_NOTES)

  async function read(from: ReadableStore | undefined): Promise<void> {
    const all = from === undefined ? [] : await readAllNotes(from)
    if (from === store.peek()) notes.value = new Map(all.map((note) => [note.telephonySessionId, note]))
  }

  effect(() => void read(store.value))
  listenToAnnouncements((announcement) => void (announcement === 'notes' && read(store.peek())))
  return notes
}
