import type { Announcement, ContactsChange, StoringProblem } from '../../lib/contract/messages.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { knownCountry, userCountry } from '../../lib/settings/country.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { RetryAfterFreeingSpace } from '../retention/retention.ts'
import { changeContacts } from './contacts.ts'
import type { Knowledge } from './knowledge.ts'
import type { Notes } from './notes.ts'

/** What the user writes down or brings: it is kept, and the cards show it. Both answer why that could not be done, or nothing. */
export interface Keepsakes {
  writeNote(telephonySessionId: string, note: CallNote): Promise<StoringProblem | undefined>
  changeContacts(change: ContactsChange): Promise<StoringProblem | undefined>
}

export interface KeepsakesOptions {
  readonly store: PersonStore
  readonly retryAfterFreeingSpace: RetryAfterFreeingSpace
  readonly notes: Pick<Notes, 'write' | 'refreshTags'>
  readonly knowledge: Pick<Knowledge, 'refresh'>
  /** Calls that are on cards. */
  readonly calls: () => readonly CallRow[]
  readonly onKept: (what: Extract<Announcement, 'notes' | 'contacts'>) => void
  /** A note is kept as it is now. */
  readonly onNote: () => void
}

export function createKeepsakes({
  store,
  retryAfterFreeingSpace,
  notes,
  knowledge,
  calls,
  onKept,
  onNote,
}: KeepsakesOptions): Keepsakes {
  return {
    writeNote: async (telephonySessionId, note) => {
      const problem = await notes.write(telephonySessionId, note)
      if (problem !== undefined) return problem
      // Another call with the same number may be on a card as well.
      knowledge.refresh(calls())
      onKept('notes')
      onNote()
      return undefined
    },
    changeContacts: async (change) => {
      const reading = { country: userCountry(), isCountryKnown: knownCountry() !== undefined }
      const problem = await changeContacts(store, change, { retryAfterFreeingSpace, ...reading })
      await notes.refreshTags()
      knowledge.refresh(calls())
      onKept('contacts')
      return problem
    },
  }
}
