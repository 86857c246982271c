import { foldAccents } from '../../../shared/fold-accents.ts'
import { createWhoFilter } from '../../lib/caller/who-filter.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import type { CallRow } from '../../lib/store/schema.ts'

export interface SearchContext {
  /** Country (ISO 3166) whose national numbers the reader types. */
  readonly country: string
  /** By `telephonySessionId`. */
  readonly notes: ReadonlyMap<string, CallNote>
}

export type SearchedCall = Pick<CallRow, 'telephonySessionId' | 'name' | 'phoneNumber' | 'numberKey'>

/** Whether a call is looked for: by its name or number in any spelling, or by what was written about it. */
export function createSearch(typed: string, { country, notes }: SearchContext): (row: SearchedCall) => boolean {
  const wanted = typed.trim()
  if (wanted === '') return () => true
  const isMeant = createWhoFilter(wanted, country)
  const folded = foldAccents(wanted)
  return (row) => {
    if (isMeant(row)) return true
    const note = notes.get(row.telephonySessionId)
    return note !== undefined && [note.text, ...note.tags].some((text) => foldAccents(text).includes(folded))
  }
}
