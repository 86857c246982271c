import type { Records } from '../../log/records.ts'
import type { CrmName } from '../connector.ts'
import { type CrmRow, isOpen } from './row.ts'

/** The rows of the outbox: in memory, and durable before a change resolves. */
export interface RowStore {
  get(key: string): CrmRow | undefined
  all(): Iterable<CrmRow>
  /** Those with something to do. */
  open(): Iterable<CrmRow>
  /** Whether a number is one that the company was called by, or called with. */
  isCompanyNumber(phoneNumber: string): boolean
  /** Calls of numbers that nobody had, as far as is known: of one number, or all. */
  unmatched(phoneNumber?: string): readonly CrmRow[]
  /** Of which calls a session is a part. */
  ofSession(telephonySessionId: string): readonly CrmRow[]
  /** Resolves with what the row is by then. `change` gets what is there, and gives the same to leave it. */
  change(key: string, change: (row: CrmRow) => CrmRow): Promise<CrmRow | undefined>
  /** Does nothing where there is one, of whichever relay. */
  add(row: CrmRow): Promise<void>
  remove(key: string): Promise<void>
  /** Calls `listener` when a row has changed, here or elsewhere. */
  onChanged(listener: () => void): () => void
  /** The same rows, written as the owner of what relays share. */
  writingTo(records: Records): RowStore
}

interface Kept {
  readonly row: CrmRow
  /** As it is stored. */
  readonly text: string
}

export async function createRowStore(records: Records, crm: CrmName): Promise<RowStore> {
  const prefix = `crm/row/${crm}/`
  const rows = new Map<string, Kept>()
  const open = new Set<string>()
  const bySession = new Map<string, Set<string>>()
  const unmatched = new Map<string, Set<string>>()
  const companyNumbers = new Set<string>()
  const listeners = new Set<() => void>()

  function keep(text: string): void {
    // It was written by a relay like this one.
    const row = JSON.parse(text) as CrmRow
    forget(row.key)
    rows.set(row.key, { row, text })
    if (isOpen(row)) open.add(row.key)
    if (row.call.companyNumber !== undefined) companyNumbers.add(row.call.companyNumber)
    for (const id of row.call.telephonySessionIds) file(bySession, id, row.key)
    if (row.state === 'noMatch' && row.call.customerNumber !== undefined)
      file(unmatched, row.call.customerNumber, row.key)
  }

  function forget(key: string): void {
    const { telephonySessionIds = [], customerNumber } = rows.get(key)?.row.call ?? {}
    for (const id of telephonySessionIds) takeOut(bySession, id, key)
    if (customerNumber !== undefined) takeOut(unmatched, customerNumber, key)
    rows.delete(key)
    open.delete(key)
  }

  function list(keys: Iterable<string> = []): readonly CrmRow[] {
    return [...keys].flatMap((key) => rows.get(key)?.row ?? [])
  }

  function tell(): void {
    for (const listener of listeners) listener()
  }

  for (const text of await records.list(prefix)) keep(text)
  records.onChangedElsewhere((key, text) => {
    if (!key.startsWith(prefix)) return
    if (text === undefined) forget(key.slice(prefix.length))
    else keep(text)
    tell()
  })

  /** Somebody else may have changed it in the meantime: then it is read again. */
  async function change(to: Records, key: string, alter: (row: CrmRow) => CrmRow): Promise<CrmRow | undefined> {
    const before = rows.get(key)
    if (before === undefined) return undefined
    const row = alter(before.row)
    if (row === before.row) return row
    const text = JSON.stringify(row)
    if (await to.replace(prefix + key, before.text, text)) {
      keep(text)
      tell()
      return row
    }
    const now = await to.get(prefix + key)
    if (now === undefined) forget(key)
    else keep(now)
    return change(to, key, alter)
  }

  const view = (to: Records): RowStore => ({
    get: (key) => rows.get(key)?.row,
    *all() {
      for (const { row } of rows.values()) yield row
    },
    *open() {
      for (const key of open) {
        const kept = rows.get(key)
        if (kept !== undefined) yield kept.row
      }
    },
    unmatched: (number) =>
      list(number === undefined ? [...unmatched.values()].flatMap((keys) => [...keys]) : unmatched.get(number)),
    ofSession: (id) => list(bySession.get(id)),
    isCompanyNumber: (phoneNumber) => companyNumbers.has(phoneNumber),
    change: (key, alter) => change(to, key, alter),
    async add(row) {
      if (rows.has(row.key)) return
      // Who has just become the owner may not have heard yet of what the one before it did last.
      const known = await to.get(prefix + row.key)
      const text = known ?? JSON.stringify(row)
      if (known === undefined) await to.put(prefix + row.key, text)
      keep(text)
      tell()
    },
    async remove(key) {
      await to.remove(prefix + key)
      forget(key)
      tell()
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    writingTo: view,
  })
  return view(records)
}

type Index = Map<string, Set<string>>

function file(index: Index, under: string, key: string): void {
  index.set(under, (index.get(under) ?? new Set()).add(key))
}

function takeOut(index: Index, under: string, key: string): void {
  const keys = index.get(under)
  keys?.delete(key)
  if (keys?.size === 0) index.delete(under)
}
