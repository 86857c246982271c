import { carriedOut } from './carried-out.ts'
import type { PersonStore } from './open.ts'
import type { Contact } from './schema.ts'

/** Adds contacts, or replaces those with the same id; all or none. */
export async function writeContacts(store: PersonStore, contacts: readonly Contact[]): Promise<void> {
  const tx = store.transaction('contacts', 'readwrite')
  await carriedOut(
    tx,
    contacts.map((contact) => tx.store.put(contact)),
  )
}

export async function deleteContact(store: PersonStore, id: string): Promise<void> {
  await store.delete('contacts', id)
}

export async function deleteContacts(store: PersonStore): Promise<void> {
  await store.clear('contacts')
}

/** Gives a contact these tags and no others. One that is gone stays gone. */
export async function writeContactTags(store: PersonStore, id: string, tags: readonly string[]): Promise<void> {
  const tx = store.transaction('contacts', 'readwrite')
  const contact = await tx.store.get(id)
  if (contact !== undefined) await tx.store.put({ ...contact, tags })
  await tx.done
}
