import { unpackEvents } from '../lib/store/event-packs.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import type { StoredEvents } from '../lib/store/schema.ts'

/** The stores that are exported, in this order. Days are left out: they follow from the calls. */
const STORES = ['calls', 'ruleNotices', 'notes', 'contacts', 'records', 'statuses', 'events'] as const

/** Rows per read: a few milliseconds. */
const ROWS_AT_ONCE = 500

export interface EverythingHead {
  readonly person: { readonly accountId: string; readonly extensionId: string; readonly name: string }
  /** ISO-8601. */
  readonly exportedAt: string
  readonly settings: Readonly<Record<string, unknown>>
}

/**
 * All that is kept of a person as one JSON object, in pieces that are never whole in memory: `format`, `version`, the head's
 * fields, and a list for each store. `onShare`: how much of it is written, 0 to 1.
 */
export async function* exportEverything(
  store: ReadableStore,
  head: EverythingHead,
  onShare: (share: number) => void,
): AsyncGenerator<string, void> {
  const counts = await Promise.all(STORES.map((name) => store.count(name)))
  const all = counts.reduce((sum, count) => sum + count, 0)
  let done = 0
  yield `${JSON.stringify({ format: 'ringside-everything', version: 1, ...head }, undefined, 1).slice(0, -2)}`
  for (const name of STORES) {
    yield `,\n "${name}": [`
    let before = '\n'
    for await (const rows of readRows(store, name)) {
      // Exported one by one, however they are packed in the store.
      const records = name === 'events' ? unpackEvents(rows as readonly StoredEvents[]) : rows
      yield before + records.map((row) => JSON.stringify(row)).join(',\n')
      before = ',\n'
      done += rows.length
      onShare(Math.min(1, done / all))
    }
    yield '\n ]'
  }
  yield '\n}\n'
}

/** The rows of one store by key, in batches: no transaction stays open while they are written. */
async function* readRows(
  store: ReadableStore,
  name: (typeof STORES)[number],
): AsyncGenerator<readonly unknown[], void> {
  let range: IDBKeyRange | undefined
  for (;;) {
    const tx = store.transaction(name)
    const [rows, keys] = await Promise.all([
      tx.store.getAll(range, ROWS_AT_ONCE),
      tx.store.getAllKeys(range, ROWS_AT_ONCE),
    ])
    const last = keys.at(-1)
    if (last === undefined) return
    yield rows
    range = IDBKeyRange.lowerBound(last, true)
  }
}
