import { foldAccents } from '../../../shared/fold-accents.ts'
import { numberKey } from '../../../shared/number/key.ts'
import type { CallRow } from '../store/schema.ts'

/** Fewer digits are in too many numbers to mean one. */
const MIN_DIGITS = 3

/**
 * Whether a call is with who was typed: part of a name, or a number in any spelling of `country` (ISO 3166). `''` is everybody.
 */
export function createWhoFilter(
  who: string,
  country: string,
): (row: Pick<CallRow, 'name' | 'phoneNumber' | 'numberKey'>) => boolean {
  if (who === '') return () => true
  const name = foldAccents(who)
  const { key } = numberKey(who, country)
  const isNumber = /^[\d\s()+./-]+$/.test(who)
  // Nationally numbers begin with zeros that are not there internationally.
  const digits = isNumber ? who.replaceAll(/\D/g, '').replace(/^0+/, '') : ''
  // The same people call again, and comparing a name takes longer than all the rest.
  const named = new Map<string, boolean>()
  const isNamed = (callerName: string) => {
    const known = named.get(callerName) ?? foldAccents(callerName).includes(name)
    named.set(callerName, known)
    return known
  }
  return (row) =>
    (row.name !== undefined && isNamed(row.name)) ||
    (isNumber && key !== undefined && row.numberKey === key) ||
    (digits.length >= MIN_DIGITS && row.phoneNumber?.replaceAll(/\D/g, '').includes(digits) === true)
}
