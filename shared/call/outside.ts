import type { Endpoint } from '../protocol/party.ts'

/** Whether somebody is no colleague. Inside, people have extensions, or short numbers before those are told. */
export function isOutside({ extensionId, phoneNumber }: Pick<Endpoint, 'extensionId' | 'phoneNumber'>): boolean {
  return extensionId === undefined && (phoneNumber === undefined || OUTSIDE_NUMBER.test(phoneNumber))
}

/** No extension has as many digits. A code may stand before them: `*67` withholds the caller's own number. */
const OUTSIDE_NUMBER = /^\+|\d{9}/
