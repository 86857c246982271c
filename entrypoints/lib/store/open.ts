import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb'
import type { BrowserSchema, PersonSchema } from './schema.ts'
import { nameStore, ownerOfStore, type StoreOwner } from './store-name.ts'
import { UPGRADES } from './upgrades.ts'
import { STORE_TIMEOUT_MS, within } from './within.ts'

/** A store to read and write. Only the background gets one, by open-writable.ts. */
export type PersonStore = IDBPDatabase<PersonSchema>
export type BrowserStore = IDBPDatabase<BrowserSchema>

/** A store as views have it: nothing in it can be changed. */
export interface ReadableStore<S extends DBSchema = PersonSchema>
  extends Pick<
    IDBPDatabase<S>,
    'get' | 'getAll' | 'getAllKeys' | 'getAllFromIndex' | 'getAllKeysFromIndex' | 'count' | 'close'
  > {
  transaction<Name extends StoreNames<S>>(name: Name): ReadTransaction<S, [Name]>
  transaction<Names extends ArrayLike<StoreNames<S>>>(names: Names): ReadTransaction<S, Names>
}

/** Without the way from a transaction back to a store that can be written. */
type ReadTransaction<S extends DBSchema, Names extends ArrayLike<StoreNames<S>>> = Omit<
  IDBPTransaction<S, Names, 'readonly'>,
  'db'
>

/**
 * Opens one person's store, created on first use. Release it with `close()`. Rejects when it is refused or held by
 * others.
 */
export function openReadableStore(owner: StoreOwner): Promise<ReadableStore> {
  return openInTime((begins) =>
    openDB<PersonSchema>(nameStore(owner), UPGRADES.length, {
      upgrade: async (store, oldVersion, _newVersion, tx) => {
        begins()
        for (const step of UPGRADES.slice(oldVersion)) await step(store, tx)
      },
      blocking: giveWay,
    }),
  )
}

/** Everybody whose store is in this browser. */
export async function listStoreOwners(): Promise<readonly StoreOwner[]> {
  const databases = await indexedDB.databases()
  return databases.flatMap(({ name = '' }) => ownerOfStore(name) ?? [])
}

/** Opens the browser's own store. Rejects when it is refused or held by others. */
export function openReadableBrowserStore(): Promise<ReadableStore<BrowserSchema>> {
  return openInTime(() =>
    openDB<BrowserSchema>('ringside', 1, {
      upgrade: (store) => void store.createObjectStore('signIn'),
      blocking: giveWay,
    }),
  )
}

/** A newer version of the extension wants to upgrade: an old page that holds on would block it. */
function giveWay(_current: number, _blocked: number | null, event: IDBVersionChangeEvent): void {
  ;(event.target as IDBDatabase).close()
}

/**
 * Waits for a store to open, with a timeout that ends when `begins` reports that an upgrade has started: an upgrade may
 * take as long as it needs.
 */
async function openInTime<S extends { close(): void }>(open: (begins: () => void) => Promise<S>): Promise<S> {
  const { promise: hasBegun, resolve: stopWaiting } = Promise.withResolvers<void>()
  const opening = open(stopWaiting)
  try {
    await within(STORE_TIMEOUT_MS, Promise.race([opening, hasBegun]))
  } catch (error) {
    // It may still open, and would then be in the way of others.
    opening.then((store) => store.close()).catch(() => undefined)
    throw error
  }
  return opening
}
