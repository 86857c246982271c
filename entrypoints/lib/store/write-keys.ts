import { numberKey } from '../../../shared/number/key.ts'
import { carriedOut } from './carried-out.ts'
import { isReadElsewhere, isSameKeys, readContactKeys } from './contact-keys.ts'
import type { PersonStore } from './open.ts'
import type { Contact, NumberReading } from './schema.ts'

/**
 * Keeps the keys of stored numbers in step with how numbers are read.
 *
 * Keys are read again when this program reads numbers otherwise than the one that wrote them, and when the person's country is
 * known for the first time: until then it was a guess. When a known country becomes another, keys stay: who moves from Berlin to
 * Vienna still has the contacts of Berlin. A contact says in which country it was read, and is read in another when the
 * person asks for it.
 */

/**
 * Incremented when numbers are parsed differently. 2: Mexico's old prefixes, extensions, services, stand-ins for
 * withheld numbers. 3: trunk zeros and exit codes out of place, country codes without a plus, codes that withhold one's own number.
 * 4: words on the keypad, former forms of numbers, a 0 that is lost, all numbers of countries where they have six digits.
 */
const READING_FORM = 4

/** The country in which a person's numbers are read, ISO 3166, and whether it is more than a guess. */
export interface ReadingCountry {
  readonly country: string
  readonly isCountryKnown: boolean
}

export async function followNumberReading(
  store: PersonStore,
  { country, isCountryKnown }: ReadingCountry,
): Promise<void> {
  const before = await store.get('reading', 'now')
  const wasKnown = before?.isCountryKnown === true
  const after: NumberReading = { form: READING_FORM, isCountryKnown: wasKnown || isCountryKnown }
  if (before?.form === after.form && wasKnown === after.isCountryKnown) return
  const tx = store.transaction(['calls', 'notes', 'contacts', 'records', 'reading'], 'readwrite')
  const [calls, notes, contacts, records] = ['calls', 'notes', 'contacts', 'records'] as const
  const rows = await tx.objectStore(calls).getAll()
  const keyOfCall = new Map(rows.map((row) => [row.telephonySessionId, numberKey(row.phoneNumber, country).key]))
  const writes: Promise<unknown>[] = []
  for (const row of rows) {
    // A part of a call is not another call with that number.
    const key = row.part === undefined ? keyOfCall.get(row.telephonySessionId) : undefined
    if (key !== row.numberKey) writes.push(tx.objectStore(calls).put(withKey(row, key)))
  }
  for (const note of await tx.objectStore(notes).getAll()) {
    // A note may outlive its call.
    const { telephonySessionId: id, numberKey: stored } = note
    const key = keyOfCall.has(id) ? keyOfCall.get(id) : readKey(stored, country)
    if (key !== stored) writes.push(tx.objectStore(notes).put(withKey(note, key)))
  }
  for (const contact of await tx.objectStore(contacts).getAll()) {
    const read = readContact(contact, contact.country ?? country, isCountryKnown)
    if (read !== undefined) writes.push(tx.objectStore(contacts).put(read))
  }
  for (const record of await tx.objectStore(records).getAll()) {
    const key = readKey(record.numberKey, country)
    if (key === record.numberKey) continue
    writes.push(tx.objectStore(records).delete([record.numberKey, record.url]))
    if (key !== undefined) writes.push(tx.objectStore(records).put({ ...record, numberKey: key }))
  }
  writes.push(tx.objectStore('reading').put(after, 'now'))
  await carriedOut(tx, writes)
}

/** Reads the contacts of other countries as numbers of this one (ISO 3166): the person says that they were meant so. */
export async function readContactsAgain(store: PersonStore, country: string): Promise<void> {
  const tx = store.transaction('contacts', 'readwrite')
  const elsewhere = (await tx.store.getAll()).filter((contact) => isReadElsewhere(contact, country))
  const read = elsewhere.map((contact) => ({ ...contact, numberKeys: readContactKeys(contact, country), country }))
  await carriedOut(
    tx,
    read.map((contact) => tx.store.put(contact)),
  )
}

/** The contact with keys for the current country; `undefined` when it already has them. */
function readContact(contact: Contact, country: string, isCountryKnown: boolean): Contact | undefined {
  const numberKeys = readContactKeys(contact, country)
  const isNew = contact.country === undefined && isCountryKnown
  if (!isNew && isSameKeys(numberKeys, contact.numberKeys)) return undefined
  return { ...contact, numberKeys, ...(isNew ? { country } : {}) }
}

/** A key is made of the number that it stands for. */
function readKey(key: string | undefined, country: string): string | undefined {
  return key === undefined ? undefined : numberKey(key.replace(/^(?:tel|ext|raw):/, ''), country).key
}

function withKey<T extends { readonly numberKey?: string }>({ numberKey: _, ...kept }: T, key: string | undefined): T {
  return { ...kept, ...(key === undefined ? {} : { numberKey: key }) } as T
}
