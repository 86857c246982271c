import { splitNumbers } from './split-numbers.ts'

/** Maximum letters of a label beside a number. */
const MAX_LABEL_LETTERS = 16
/** Local numbers in small towns have no more. */
const MIN_NUMBER_DIGITS = 6

/** Whether a cell is a phone number or several, with their labels; no date, and no text that holds one. */
export function isLikeNumber(cell: string): boolean {
  if (DATE.test(cell) || GUID.test(cell) || /@|:\/\//.test(cell)) return false
  if ((cell.match(/\p{L}/gu)?.length ?? 0) > MAX_LABEL_LETTERS) return false
  return splitNumbers(cell).numbers.some((number) => (number.match(/\p{Nd}/gu)?.length ?? 0) >= MIN_NUMBER_DIGITS)
}

const DATE = /^\s*\d{1,4}([./-])\d{1,2}\1\d{1,4}(\s|T|$)/

/** By which a CRM knows a record. */
const GUID = /^\s*\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-/i

/** Whether it is written as only phone numbers are: with a plus, a bracket, the zeros or the blanks that people put in. */
export function isSurelyNumber(cell: string): boolean {
  if (!isLikeNumber(cell)) return false
  const number = splitNumbers(cell).numbers[0] ?? ''
  return /^(\+|\(|00[1-9]\d{7}|0[1-9]\d{8,10}$|0\d+[\s/-]\s?\d|\d{3}[-. ]\d{3}[-. ]\d{4}\b)/.test(number)
}

/** Whether it can be the name of somebody. */
export function isLikeName(cell: string): boolean {
  return /\p{L}{2}/u.test(cell) && !/[@\d]|:\/\//.test(cell)
}
