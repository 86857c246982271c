import { foldAccents } from '../../../shared/fold-accents.ts'
import { isReadElsewhere } from './contact-keys.ts'
import type { ReadableStore } from './open.ts'
import type { Contact } from './schema.ts'

export function countContacts(store: ReadableStore): Promise<number> {
  return store.count('contacts')
}

/** How many contacts were read in another country, and would have other numbers in this one (ISO 3166). */
export async function countContactsReadElsewhere(store: ReadableStore, country: string): Promise<number> {
  let count = 0
  for await (const piece of readContacts(store)) {
    count += piece.filter((contact) => isReadElsewhere(contact, country)).length
  }
  return count
}

/** All contacts with this number. */
export function readContactsByNumber(store: ReadableStore, numberKey: string): Promise<Contact[]> {
  return store.getAllFromIndex('contacts', 'byNumber', numberKey)
}

/** Contacts that carry a tag, as it is written there. */
export function readContactsByTag(store: ReadableStore, tag: string): Promise<Contact[]> {
  return store.getAllFromIndex('contacts', 'byTag', tag)
}

/** Contacts per read: a few milliseconds, so that a search never delays other work. */
const PIECE_CONTACTS = 1000

/** Every contact, by name, in pieces. Ends early when `signal` aborts. */
export async function* readContacts(store: ReadableStore, signal?: AbortSignal): AsyncGenerator<readonly Contact[]> {
  let after: string | undefined
  let count = PIECE_CONTACTS
  let seen = new Set<string>()
  while (!signal?.aborted) {
    const range = after === undefined ? null : IDBKeyRange.lowerBound(after)
    const piece = await store.getAllFromIndex('contacts', 'byName', range, count)
    // The next piece begins with those of the same name as the last one here.
    const fresh = piece.filter(({ id }) => !seen.has(id))
    if (fresh.length > 0) yield fresh
    if (piece.length < count) return
    const last = piece.at(-1)?.name
    // A batch in which all have one name: only a larger batch gets past it.
    count = last === after ? count * 2 : PIECE_CONTACTS
    after = last
    seen = new Set(piece.flatMap(({ id, name }) => (name === last ? id : [])))
  }
}

/** The first `count` contacts, by name, whose name, company, tags or number contain what was typed; all match nothing. */
export async function findContacts(
  store: ReadableStore,
  query: string,
  count: number,
  signal?: AbortSignal,
): Promise<readonly Contact[]> {
  const found: Contact[] = []
  for await (const piece of readContacts(store, signal)) {
    for (const contact of piece) {
      if (matchesQuery(contact, query)) found.push(contact)
      if (found.length === count) return found
    }
  }
  return found
}

function matchesQuery({ name, company, tags, phoneNumbers, numberKeys }: Contact, query: string): boolean {
  const words = foldAccents(query).split(/\s+/).filter(Boolean)
  const text = foldAccents([name, company ?? '', ...tags].join(' '))
  if (words.every((word) => text.includes(word))) return true
  const digits = digitsOf(query)
  // Letters beside the digits make it a name with a number in it.
  if (digits === '' || /\p{L}/u.test(query)) return false
  return [...phoneNumbers, ...numberKeys].some((number) => digitsOf(number).includes(digits))
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}
