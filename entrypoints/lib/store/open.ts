import { type IDBPDatabase, openDB } from 'idb'
import type { User } from '../../../shared/protocol/wire.ts'
import type { BrowserSchema, PersonSchema } from './schema.ts'
import { UPGRADES } from './upgrades.ts'

export type PersonStore = IDBPDatabase<PersonSchema>
export type BrowserStore = IDBPDatabase<BrowserSchema>

/** Opens the calls of one person, made at the first time. Release it with `close()`. */
export function openPersonStore({ accountId, extensionId }: User): Promise<PersonStore> {
  return openDB<PersonSchema>(`ringside:${accountId}:${extensionId}`, UPGRADES.length, {
    upgrade: (store, oldVersion) => {
      for (const step of UPGRADES.slice(oldVersion)) step(store)
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
