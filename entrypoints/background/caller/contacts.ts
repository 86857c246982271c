import { unreachable } from '../../../shared/assert.ts'
import type { ContactsChange, StoringProblem } from '../../lib/contract/messages.ts'
import { cleanTags } from '../../lib/notes/tags.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { deleteContact, deleteContacts, writeContacts, writeContactTags } from '../../lib/store/write-contacts.ts'
import { type ReadingCountry, readContactsAgain } from '../../lib/store/write-keys.ts'
import type { RetryAfterFreeingSpace } from '../retention/retention.ts'

/** Changes the person's contacts. Answers what is wrong, or nothing when it is written. */
export async function changeContacts(
  store: PersonStore,
  change: ContactsChange,
  { retryAfterFreeingSpace, ...reading }: ReadingCountry & { readonly retryAfterFreeingSpace: RetryAfterFreeingSpace },
): Promise<StoringProblem | undefined> {
  try {
    await within(
      STORE_TIMEOUT_MS,
      retryAfterFreeingSpace(() => carryOut(store, change, reading)),
    )
    return undefined
  } catch {
    return 'refused'
  }
}

function carryOut(
  store: PersonStore,
  change: ContactsChange,
  { country, isCountryKnown }: ReadingCountry,
): Promise<void> {
  switch (change.kind) {
    case 'put':
      return writeContacts(
        store,
        isCountryKnown ? change.contacts.map((contact) => ({ country, ...contact })) : change.contacts,
      )
    case 'readAgain':
      return readContactsAgain(store, country)
    case 'tag':
      return writeContactTags(store, change.id, cleanTags(change.tags))
    case 'remove':
      return deleteContact(store, change.id)
    case 'removeAll':
      return deleteContacts(store)
    default:
      return unreachable(change)
  }
}
