import { type IDBPDatabase, openDB } from 'idb'
import type { User } from '../../../shared/protocol/wire.ts'
import type { BrowserSchema, PersonSchema } from './schema.ts'
import { UPGRADES } from './upgrades.ts'

export type PersonStore = IDBPDatabase<PersonSchema>
export type BrowserStore = IDBPDatabase<BrowserSchema>

/** Whose store it is; ids are RingCentral's. */
export type StoreOwner = Pick<User, 'accountId' | 'extensionId'>

/** Opens the calls of one person, made at the first time. Release it with `close()`. */
export function openPersonStore({ accountId, extensionId }: StoreOwner): Promise<PersonStore> {
  return openDB<PersonSchema>(`ringside:${accountId}:${extensionId}`, UPGRADES.length, {
    upgrade: async (store, oldVersion, _newVersion, tx) => {
      for (const step of UPGRADES.slice(oldVersion)) await step(store, tx)
    },
    // A newer version of the extension wants to upgrade: an old page that holds on would block it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

/** Everybody whose store is in this browser. */
export async function listStoreOwners(): Promise<readonly StoreOwner[]> {
  const databases = await indexedDB.databases()
  return databases.flatMap(({ name = '' }) => {
    const [program, accountId, extensionId] = name.split(':')
    return program === 'ringside' && accountId && extensionId ? [{ accountId, extensionId }] : []
  })
}

/** Opens what the browser knows of itself. */
export function openBrowserStore(): Promise<BrowserStore> {
  return openDB<BrowserSchema>('ringside', 1, {
    upgrade: (store) => void store.createObjectStore('signIn'),
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}
