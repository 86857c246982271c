import type { Contact } from '../store/schema.ts'
import type { KnownContact } from './known-caller.ts'

/** Names that can be read at a glance. */
const MOST_NAMES = 3

/**
 * The contacts of one number as one; `undefined` when there is none. Several people may share a number, that of a switchboard or a
 * household: then it may be any of them. `language`: the reader's.
 */
export function nameContacts(contacts: readonly Contact[], language: string): KnownContact | undefined {
  if (contacts.length === 0) return undefined
  const names = [...new Set(contacts.map(({ name }) => name))].sort((a, b) => a.localeCompare(b, language))
  const companies = new Set(contacts.map(({ company }) => company))
  const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES - 1), '…'] : names
  return {
    name: new Intl.ListFormat(language, { type: 'disjunction' }).format(shown),
    company: companies.size === 1 ? contacts[0]?.company : undefined,
  }
}
