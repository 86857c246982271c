import { readContacts, readContactsByNumber } from '../store/contacts.ts'
import type { ReadableStore } from '../store/open.ts'
import { readSeenRecords } from '../store/read-records.ts'
import type { CallRow, Contact, SeenRecord } from '../store/schema.ts'
import { type KnownNames, NO_NAMES, saysWho } from './caller-name.ts'
import { nameContacts } from './name-contacts.ts'
import { nameRecords } from './name-records.ts'

type Called = Pick<CallRow, 'name' | 'numberKey'>

/** From this many numbers on, reading all contacts once is faster than looking up each number. */
const MANY_NUMBERS = 300
/** A caller without a name in this many calls will not have one in earlier ones. */
const MOST_LOOKED_AT = 50

/** What the store knows the owners of these calls' numbers by, by number key. `language`: the reader's. */
export async function readNames(
  store: ReadableStore,
  calls: readonly Called[],
  language: string,
): Promise<ReadonlyMap<string, KnownNames>> {
  const keys = new Set(calls.flatMap(({ numberKey }) => numberKey ?? []))
  const [contacts, records, others] = await Promise.all([
    readContactsOf(store, keys),
    readRecordsOf(store, keys),
    readLastNames(store, calls),
  ])
  const named = [...keys].map((key): [string, KnownNames] => [
    key,
    {
      contact: nameContacts(contacts.get(key) ?? [], language)?.name,
      record: nameRecords(records.get(key) ?? []),
      otherCall: others.get(key),
    },
  ])
  return new Map(named)
}

/** The same for one number. */
export async function readNamesOf(store: ReadableStore, call: Called, language: string): Promise<KnownNames> {
  const { numberKey } = call
  return numberKey === undefined ? NO_NAMES : ((await readNames(store, [call], language)).get(numberKey) ?? NO_NAMES)
}

/** The last name that says who it is among the calls with this number. */
export async function readLastName(store: ReadableStore, numberKey: string): Promise<string | undefined> {
  const range = IDBKeyRange.bound([numberKey], [numberKey, []])
  let cursor = await store.transaction('calls').store.index('byNumber').openCursor(range, 'prev')
  for (let looked = 0; cursor && looked < MOST_LOOKED_AT; looked++) {
    const { name } = cursor.value
    if (name !== undefined && saysWho(name)) return name
    cursor = await cursor.continue()
  }
  return undefined
}

type ByNumber<T> = ReadonlyMap<string, readonly T[]>

async function readContactsOf(store: ReadableStore, keys: ReadonlySet<string>): Promise<ByNumber<Contact>> {
  if (keys.size < MANY_NUMBERS) return lookUp(keys, (key) => readContactsByNumber(store, key))
  const found = new Map<string, Contact[]>()
  for await (const piece of readContacts(store)) {
    for (const contact of piece) for (const key of contact.numberKeys) if (keys.has(key)) addTo(found, key, contact)
  }
  return found
}

async function readRecordsOf(store: ReadableStore, keys: ReadonlySet<string>): Promise<ByNumber<SeenRecord>> {
  if (keys.size < MANY_NUMBERS) return lookUp(keys, (key) => readSeenRecords(store, key))
  const found = new Map<string, SeenRecord[]>()
  for (const record of await store.getAll('records'))
    if (keys.has(record.numberKey)) addTo(found, record.numberKey, record)
  return found
}

/** Only of numbers that a call has no name of: the others are called as it says. */
async function readLastNames(
  store: ReadableStore,
  calls: readonly Called[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const nameless = new Set(
    calls.flatMap(({ name, numberKey }) => (name !== undefined && saysWho(name) ? [] : (numberKey ?? []))),
  )
  const names = await Promise.all([...nameless].map((key) => readLastName(store, key)))
  return new Map([...nameless].map((key, index) => [key, names[index]]))
}

async function lookUp<T>(keys: ReadonlySet<string>, read: (key: string) => Promise<T[]>): Promise<ByNumber<T>> {
  const found = await Promise.all([...keys].map(read))
  return new Map([...keys].map((key, index) => [key, found[index] ?? []]))
}

function addTo<T>(found: Map<string, T[]>, key: string, one: T): void {
  const others = found.get(key)
  if (others === undefined) found.set(key, [one])
  else others.push(one)
}
