import { numberKey } from '../../shared/number/key.ts'
import { DAY_MS } from '../../shared/time.ts'
import { type NamedCall, nameCall } from '../lib/caller/caller-name.ts'
import { readNames } from '../lib/caller/read-names.ts'
import { createWhoFilter } from '../lib/caller/who-filter.ts'
import { findContacts } from '../lib/store/contacts.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsSince } from '../lib/store/read.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { language } from '../lib/wording/labels.ts'

/** Somebody with a number: from the contacts, from calls, or just typed. */
export interface FoundPerson {
  readonly numberKey: string
  /** `undefined`: nobody knows. */
  readonly name: string | undefined
  /** As it is called. */
  readonly phoneNumber: string
  /** The last calls with the number, the newest first. */
  readonly lastCalls: readonly NamedCall[]
}

/** Calls by number, the newest first, under the names by which their callers are known. */
export type KnownPeople = ReadonlyMap<string, readonly NamedCall[]>

export interface FindOptions {
  /** Country (ISO 3166) whose number format the person types. */
  readonly country: string
  readonly known: KnownPeople
  /** Aborted, what is found is not wanted any more. */
  readonly signal: AbortSignal
}

const MOST_PEOPLE = 6
const MOST_CALLS = 3
/** Whom one looks for was on the phone in the last three months, or is a contact. */
const LOOKED_AT_MS = 92 * DAY_MS

/** Who was on the phone: read once for all that is typed. */
export async function readPeople(store: ReadableStore, nowMs: number): Promise<KnownPeople> {
  const rows = (await readCallsSince(store, nowMs - LOOKED_AT_MS)).filter(({ part }) => part === undefined)
  const names = await readNames(store, rows, language())
  const named = (row: CallRow) => nameCall(row, row.numberKey === undefined ? undefined : names.get(row.numberKey))
  return groupByNumber(rows.toReversed().map(named))
}

/** Whom the typed name or number may mean: who was on the phone last first, then contacts, then the number itself. */
export async function findPeople(
  store: ReadableStore,
  typed: string,
  { country, known, signal }: FindOptions,
): Promise<readonly FoundPerson[]> {
  const contacts = await findContacts(store, typed, MOST_PEOPLE, signal)
  const isMeant = createWhoFilter(typed.trim(), country)
  const found = new Map<string, FoundPerson>()
  for (const [key, calls] of known) {
    const [latest] = calls
    if (found.size >= MOST_PEOPLE) break
    if (latest?.phoneNumber === undefined || !calls.some(isMeant)) continue
    found.set(key, describe(key, latest.name, latest.phoneNumber, calls))
  }
  const others = contacts.flatMap(({ name, phoneNumbers }) =>
    phoneNumbers.map((phoneNumber) => ({ name, phoneNumber })),
  )
  for (const { name, phoneNumber } of [...others, { name: undefined, phoneNumber: typed.trim() }]) {
    const { key, kind } = numberKey(phoneNumber, country)
    if ((kind !== 'number' && kind !== 'extension') || found.size >= MOST_PEOPLE || found.has(key)) continue
    // Digits that are being typed are no number while others begin with them.
    if (name === undefined && found.size > 0) continue
    found.set(key, describe(key, name ?? known.get(key)?.[0]?.name, phoneNumber, known.get(key) ?? []))
  }
  return [...found.values()]
}

function describe(
  key: string,
  name: string | undefined,
  phoneNumber: string,
  calls: readonly NamedCall[],
): FoundPerson {
  const lastCalls = calls.filter(({ phase }) => phase === 'ended').slice(0, MOST_CALLS)
  return { numberKey: key, name, phoneNumber, lastCalls }
}

function groupByNumber(calls: readonly NamedCall[]): ReadonlyMap<string, readonly NamedCall[]> {
  const groups = new Map<string, NamedCall[]>()
  for (const call of calls) {
    if (call.numberKey === undefined) continue
    const group = groups.get(call.numberKey)
    if (group === undefined) groups.set(call.numberKey, [call])
    else group.push(call)
  }
  return groups
}
