import { callingCodeOf } from './numbering-plans.ts'

const KEYPAD = 'abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9'

/** A word as the digits of the keys that carry its letters. */
export function onKeypad(word: string): string {
  return word.replace(/[a-z]/g, (letter) => /\d/.exec(KEYPAD.slice(KEYPAD.indexOf(letter)))?.[0] ?? '')
}

/** What is dialled in North America where the called one pays. */
const TOLL_FREE = /^8(?:00|33|44|55|66|77|88)/
/** Of a number of North America behind its area code. */
const LOCAL_DIGITS = 7
/** How numbers that are given out with a word begin elsewhere, and in Australia. */
const ELSEWHERE = /^0[78]00(?!\d{6})[a-z\d]{4,9}$/
const AUSTRALIA = /^(?:1[38]00|13)(?!\d{6})[a-z\d]{4,9}$/

/**
 * A text in small letters without separators whose last digits may be a word, as somebody in `country` (ISO 3166) dials it: `1800flowers` is
 * `+18003569377`. What a word has too many is dialled in vain in North America (`1800mattress`). `undefined` for any other text.
 */
export function dialWord(text: string, country: string): string | undefined {
  if (!/^\+?\d[a-z\d]*$/.test(text) || !/[a-z]{3}/.test(text)) return undefined
  if ((country === 'AU' ? AUSTRALIA : ELSEWHERE).test(text)) return onKeypad(text)
  const [, prefix, area = '', local = ''] = /^(\+?1)?([2-9]\d\d)([2-9a-z][a-z\d]{6,})$/.exec(text) ?? []
  // Without its 1 nobody elsewhere dials it.
  if (prefix === undefined && callingCodeOf(country) !== '1') return undefined
  const called = local.slice(0, LOCAL_DIGITS)
  // Otherwise the word stands behind a number, or between two.
  const isWord = /[a-z]{2}/.test(called) && (called === local || TOLL_FREE.test(area))
  return isWord ? `+1${area}${onKeypad(called)}` : undefined
}
