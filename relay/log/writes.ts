import type { Database } from 'lmdb'

/** What one commit changes, collected before any of it reaches the store, so that its size is known. */
export interface Writes {
  put<Key extends StoreKey>(table: Database<Uint8Array, Key>, key: Key, value: Uint8Array): void
  remove<Key extends StoreKey>(table: Database<Uint8Array, Key>, key: Key): void
}

type StoreKey = number | string | [string, number]

export interface CollectedWrites extends Writes {
  /** Whether nothing is put so far. */
  readonly isRemoving: boolean
  /** At most so many pages are written anew. */
  readonly pages: number
  /** Hands all of it to the store, within one turn of the event loop. */
  apply(): Promise<unknown>[]
}

/** A leaf, the one that it is split into, and a share of the branches above it and of the list of free pages. */
const PAGES_PER_PUT = 3
/** A leaf and the one that it is joined with. */
const PAGES_PER_REMOVAL = 2
/** Of the tables' own records, whatever is changed. */
const PAGES_PER_COMMIT = 64

export function collectWrites(pageBytes: number): CollectedWrites {
  const actions: (() => Promise<unknown>)[] = []
  let pages = PAGES_PER_COMMIT
  let isRemoving = true
  return {
    put(table, key, value) {
      isRemoving = false
      pages += PAGES_PER_PUT + Math.ceil(value.byteLength / pageBytes)
      actions.push(() => table.put(key, value))
    },
    remove(table, key) {
      pages += PAGES_PER_REMOVAL
      actions.push(() => table.remove(key))
    },
    get isRemoving() {
      return isRemoving
    },
    get pages() {
      return pages
    },
    apply: () => actions.map((action) => action()),
  }
}
