const KEYPAD = 'abc2def3ghi4jkl5mno6pqrs7tuv8wxyz9'

/** A word as the digits of the keys that carry its letters. */
export function onKeypad(word: string): string {
  return word.replace(/[a-z]/g, (letter) => /\d/.exec(KEYPAD.slice(KEYPAD.indexOf(letter)))?.[0] ?? '')
}

/** What is dialled where the called one pays. */
const TOLL_FREE = /^8(?:00|33|44|55|66|77|88)/
/** Of a number of North America behind its area code. */
const LOCAL_DIGITS = 7

/**
 * A number whose last digits are a word, in small letters without separators, as it is dialled: `1800flowers` is `18003569377`. What a word
 * has too many is dialled in vain in North America (`1800mattress`). `undefined` for any other text.
 */
export function dialWord(text: string): string | undefined {
  if (!/^\+?\d[a-z\d]*[a-z]{3}[a-z\d]*$/.test(text)) return undefined
  const [, prefix = '', area = '', local = ''] = /^(\+?1?)([2-9]\d\d)([2-9a-z][a-z\d]{6,})$/.exec(text) ?? []
  const called = local.slice(0, LOCAL_DIGITS)
  // Otherwise the word stands behind a number, or between two.
  if (/[a-z]{2}/.test(called) && (called === local || TOLL_FREE.test(area))) return prefix + area + onKeypad(called)
  return /^(?:0[78]00|1[38]00|13)(?!\d{6})[a-z\d]{4,9}$/.test(text) ? onKeypad(text) : undefined
}
