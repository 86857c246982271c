import { type IDBPDatabase, openDB } from 'idb'
import type { User } from '../../../shared/protocol/wire.ts'
import type { BrowserSchema, PersonSchema } from './schema.ts'

export type PersonStore = IDBPDatabase<PersonSchema>
export type BrowserStore = IDBPDatabase<BrowserSchema>

/** Opens the calls of one person, made at the first time. Release it with `close()`. */
export function openPersonStore({ accountId, extensionId }: User): Promise<PersonStore> {
  return openDB<PersonSchema>(`ringside:${accountId}:${extensionId}`, 1, {
    upgrade(store) {
      store.createObjectStore('events', { keyPath: ['telephonySessionId', 'sequence', 'uuid'] })
      store.createObjectStore('statuses', { keyPath: ['telephonySessionId', 'asOf', 'receivedMs'] })
      const calls = store.createObjectStore('calls', { keyPath: 'telephonySessionId' })
      calls.createIndex('byStart', 'startedMs')
      calls.createIndex('byActive', 'active')
      calls.createIndex('byMissedUnseen', 'missedUnseen')
      calls.createIndex('byNumber', ['numberKey', 'startedMs'])
      const notes = store.createObjectStore('notes', { keyPath: 'telephonySessionId' })
      notes.createIndex('byNumber', ['numberKey', 'startedMs'])
      notes.createIndex('byTag', 'tags', { multiEntry: true })
      const contacts = store.createObjectStore('contacts', { keyPath: 'id' })
      contacts.createIndex('byNumber', 'numberKeys', { multiEntry: true })
      contacts.createIndex('byName', 'name')
      contacts.createIndex('byTag', 'tags', { multiEntry: true })
      const records = store.createObjectStore('records', { keyPath: ['numberKey', 'url'] })
      records.createIndex('bySeen', 'seenMs')
      store.createObjectStore('days', { keyPath: 'day' })
      store.createObjectStore('cursors', { keyPath: 'relayUrl' })
      store.createObjectStore('holes', { keyPath: 'relayUrl' })
    },
    // A newer version of the extension wants to upgrade: an old page that holds on would block it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

/** Opens what the browser knows of itself. */
export function openBrowserStore(): Promise<BrowserStore> {
  return openDB<BrowserSchema>('ringside', 1, {
    upgrade: (store) => void store.createObjectStore('signIn'),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}
