import type { CallRow, Contact } from '../store/schema.ts'

/** Characters. Longer than any name that people go by. */
export const MAX_CONTACT_NAME = 100

/**
 * The other side of a call as a contact of this name; `undefined` where the number is withheld, or the name says nothing. `id`: of its
 * own, for the store.
 */
export function buildContact(
  { phoneNumber, numberKey }: Pick<CallRow, 'phoneNumber' | 'numberKey'>,
  name: string,
  id: string,
): Contact | undefined {
  const tidy = name
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_CONTACT_NAME)
    .trim()
  if (phoneNumber === undefined || numberKey === undefined || tidy === '') return undefined
  return { id, name: tidy, company: undefined, phoneNumbers: [phoneNumber], numberKeys: [numberKey], tags: [] }
}
