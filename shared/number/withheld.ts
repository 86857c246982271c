/**
 * Texts in the place of a number that belong to no caller: two callers who share one are not the same. It has no key, or strangers
 * would share notes, and one's answered call would return another's missed one.
 */

/** Words of SIP addresses and of callers who are numbered (`Unknown 2`). Any other word without a digit is no number either. */
const WORDS: ReadonlySet<string> = new Set([
  'anonym',
  'anonymous',
  'blocked',
  'hidden',
  'nocallerid',
  'notavailable',
  'outofarea',
  'private',
  'privatecaller',
  'privatenumber',
  'restricted',
  'unavailable',
  'unknown',
  'unknowncaller',
  'unknownnumber',
  'unbekannt',
  'unterdrückt',
  'withheld',
])

/** `text`, `isAddress`: see `Spelling`. */
export function isWithheldText(text: string, isAddress: boolean): boolean {
  const letters = text.replace(/[^\p{L}]/gu, '')
  if (WORDS.has(letters) || !/[\p{L}\p{N}]/u.test(text)) return true
  return !isAddress && !/\p{N}/u.test(text)
}

const KEYPAD = 'abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9'

/** A word as the digits of the keys that carry its letters. */
function onKeypad(word: string): string {
  return word.replace(/[a-z]/g, (letter) => /\d/.exec(KEYPAD.slice(KEYPAD.indexOf(letter)))?.[0] ?? '')
}

/**
 * Gateways that can carry digits only spell the word on the keypad: +266696687 is ANONYMOUS. Sources: Twilio's help on strange
 * callers, which has RESTRICTED with two digits exchanged as well.
 */
const SPELLED: ReadonlySet<string> = new Set([
  ...['anonymous', 'restricted', 'blocked', 'unknown', 'unavailable'].map(onKeypad),
  '7378742883',
])

/** Whether a number in E.164 can be nobody's. */
export function isStandInNumber(e164: string): boolean {
  const digits = e164.slice(1)
  if (SPELLED.has(digits) || /^\d{1,3}?0{7,}$/.test(digits)) return true
  // In North America no area code begins with 0 or 1, and of those of one digit only 888 is in use.
  return /^1(?:[01]|([2-79])\1{9}$)/.test(digits) || SPELLED.has(digits.slice(1))
}

/** The same for what has no place in the world's numbering plan, such as a country code alone. */
export function isStandInText(text: string): boolean {
  if (/^\+\d{1,6}$/.test(text)) return true
  const digits = /^\+?(\d+)$/.exec(text)?.[1]
  if (digits === undefined) return false
  return SPELLED.has(digits) || SPELLED.has(digits.replace(/^1/, '')) || /^(?:0{4,}|10{6,}|(\d)\1{6,})$/.test(digits)
}
