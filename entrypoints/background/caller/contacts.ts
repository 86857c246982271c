import { cleanTags } from '../../lib/contacts/tags.ts'
import type { ContactsChange, KeepingProblem } from '../../lib/messages.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { deleteContact, deleteContacts, writeContacts, writeContactTags } from '../../lib/store/write-contacts.ts'
import type { WithRoom } from '../keeping/keeping.ts'

/** Changes the person's contacts. Answers what is wrong, or nothing when it is written. */
export async function changeContacts(
  store: PersonStore,
  change: ContactsChange,
  withRoom: WithRoom,
): Promise<KeepingProblem | undefined> {
  try {
    await withRoom(() => carryOut(store, change))
    return undefined
  } catch {
    return 'refused'
  }
}

function carryOut(store: PersonStore, change: ContactsChange): Promise<void> {
  switch (change.kind) {
    case 'put':
      return writeContacts(store, change.contacts)
    case 'tag':
      return writeContactTags(store, change.id, cleanTags(change.tags))
    case 'remove':
      return deleteContact(store, change.id)
    case 'removeAll':
      return deleteContacts(store)
  }
}
