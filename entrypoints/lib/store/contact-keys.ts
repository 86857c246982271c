import { numberKey } from '../../../shared/number/key.ts'
import type { Contact } from './schema.ts'

/** The keys of a contact's numbers as they read in `country` (ISO 3166), each once; what is no number has none. */
export function readContactKeys({ phoneNumbers }: Pick<Contact, 'phoneNumbers'>, country: string): readonly string[] {
  return [...new Set(phoneNumbers.flatMap((text) => numberKey(text, country).key ?? []))]
}

/** Whether a contact was read in another country, and would have other numbers in this one. */
export function isReadElsewhere(contact: Contact, country: string): boolean {
  if (contact.country === undefined || contact.country === country) return false
  return !isSameKeys(contact.numberKeys, readContactKeys(contact, country))
}

export function isSameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index])
}
