import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type KnownNames, type NamedCall, nameCall } from '../lib/caller/caller-name.ts'
import { readNames } from '../lib/caller/read-names.ts'
import { listenToAnnouncements } from '../lib/contract/messages.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { language } from '../lib/wording/labels.ts'

/** Puts calls under the names by which their callers are known. */
export type Namer = <Row extends CallRow>(row: Row) => Row & NamedCall

/**
 * A namer for these calls, another one whenever other names are known. A call that is named alike is the same object, so that a
 * view of it stays as it is.
 */
export function followNames(
  store: ReadonlySignal<ReadableStore | undefined>,
  rows: ReadonlySignal<readonly CallRow[] | undefined>,
): ReadonlySignal<Namer> {
  const namer = signal(createNamer(new Map()))

  async function read(from: ReadableStore | undefined, calls: readonly CallRow[] | undefined): Promise<void> {
    if (from === undefined || calls === undefined) return
    // A store that was closed meanwhile is read again when it is open.
    const names = await readNames(from, calls, language()).catch(() => undefined)
    if (names !== undefined && from === store.peek() && calls === rows.peek()) namer.value = createNamer(names)
  }

  effect(() => void read(store.value, rows.value))
  listenToAnnouncements((announcement) => {
    if (announcement === 'contacts') void read(store.peek(), rows.peek())
  })
  return namer
}

function createNamer(names: ReadonlyMap<string, KnownNames>): Namer {
  const named = new WeakMap<CallRow, NamedCall>()
  return <Row extends CallRow>(row: Row) => {
    const known = named.get(row) ?? nameCall(row, row.numberKey === undefined ? undefined : names.get(row.numberKey))
    named.set(row, known)
    return known as Row & NamedCall
  }
}
