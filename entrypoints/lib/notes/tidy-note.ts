import type { CallNote } from './note.ts'
import { cleanTags } from './tags.ts'

/** In UTF-16 code units, as a text field counts. Anything longer is a document and belongs in the CRM. */
export const MAX_NOTE_LENGTH = 10_000

/** A note as it is kept. Doing it twice changes nothing. */
export function tidyNote({ text, tags }: CallNote): CallNote {
  return { text: text.slice(0, MAX_NOTE_LENGTH), tags: cleanTags(tags) }
}

export function isSameNote(a: CallNote, b: CallNote): boolean {
  return a.text === b.text && a.tags.length === b.tags.length && a.tags.every((tag, index) => tag === b.tags[index])
}
