import { DIGIT, EXTENSION, OPENING, SEPARATOR } from './number-signs.ts'

/**
 * What on a page may be phone numbers. This only has to be generous: the worker knows numbers, reads a text in parts where several
 * things stand in it, and compares them with the one caller there is. What it must not do is to send a page's text about, or to
 * take long over it.
 */

const MAX_DIGITS = 48
/** Minimum digits of an outside number. */
const MIN_DIGITS = 7
/** Overlap that is read again where a row of digits continues past the limit, so that no number is cut in two. */
const OVERLAP_CHARS = 24
/** More are no area code: a row of so many beside a letter is part of a word, such as an id. */
const MAX_AREA_DIGITS = 5

/**
 * Scripts in which a number may stand right beside a word: those without blanks between words, and those that write “and” or “to” as a
 * letter of the next word. No id has their letters.
 */
const SOLID_SCRIPTS = ['Han', 'Hira', 'Kana', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr', 'Arab', 'Hebr']
const LETTER = `(?![${SOLID_SCRIPTS.map((script) => `\\p{scx=${script}}`).join('')}])\\p{L}`
/** Words that tell what a number is, and often stand right beside it: `TEL03-1234-5678`. */
const LABEL =
  '(?:tel(?:efon|efax|ephone)?|fax|phone|mob(?:ile?)?|cell|handy|whatsapp|e-?mail|тел(?:ефон)?|моб|факс|τηλ)'
/** What is left of a time of day: `00` of `08:00`. */
const MINUTES = `${DIGIT}{2}(?!${DIGIT})`

/**
 * Digits with what people put between them: a number, or several in a row, or one beside a date. It can be matched in one way only,
 * so that no text is slow; and it begins with a condition that fails quickly at nearly every character.
 */
const NUMBER_LIKE = new RegExp(
  `(?=[${OPENING}${DIGIT}])(?<!${DIGIT}|${DIGIT}:(?=${MINUTES}))` +
    `[${OPENING}]{0,3}${DIGIT}(?:[${SEPARATOR}]{0,4}${DIGIT}){${MIN_DIGITS - 1},${MAX_DIGITS - 1}}` +
    `(?!${DIGIT}|:${MINUTES})`,
  'gu',
)
/** What stands right before a number is a word of its own, or none. */
const FREE_BEFORE = new RegExp(`(?<!${LETTER})(?:${LABEL})?$`, 'iu')
const FREE_AFTER = new RegExp(`^(?!${LETTER})|^(?:${EXTENSION})|^${LABEL}(?!${LETTER})`, 'iu')
const ENDS_WORD = /\p{L}$/u
const BEGINS_WORD = /^\p{L}/u
/** Enough of what is beside a number to see that. */
const BESIDE_CHARS = 16

/** A number of North America whose last digits are a word: `1-800-FLOWERS`. */
const WORD_NUMBER =
  /(?<![\p{L}\p{N}])(?:\+?1[\s.-]?)?\(?(?:8(?:00|33|44|55|66|77|88)\)?[\s.-]{0,2}(?=[\d-]{0,16}[A-Z])[A-Z\d](?:-?[A-Z\d]){6,9}|\d{3}\)?[\s.-]{1,2}\d{3}[\s.-][A-Z]{4})(?![\p{L}\p{N}])/gu

/** What in a text looks like numbers. Short ones are left out: as extensions they would be found everywhere. */
export function findNumbers(text: string): readonly string[] {
  const found: string[] = []
  NUMBER_LIKE.lastIndex = 0
  for (let match = NUMBER_LIKE.exec(text); match !== null; match = NUMBER_LIKE.exec(text)) {
    const { 0: row, index } = match
    const end = index + row.length
    const before = text.slice(Math.max(0, index - BESIDE_CHARS), index)
    found.push(...cutWords(row, before, text.slice(end, end + BESIDE_CHARS)))
    if (row.length > 2 * OVERLAP_CHARS && countDigits(row) > MAX_DIGITS - OVERLAP_CHARS / 2)
      NUMBER_LIKE.lastIndex -= OVERLAP_CHARS
  }
  return [...found, ...(text.match(WORD_NUMBER) ?? [])]
}

/**
 * A row of digits without what belongs to a word beside it: `0035g0000012345AAA`. `T408-555-0123` and `408-555-0123Work` are numbers all the
 * same. Where a word may have the first or the last digits (`Q3 408-555-0123`, `030 901877 4b`) the row is read with them and without.
 */
function cutWords(row: string, before: string, after: string): readonly string[] {
  const isBegun = ENDS_WORD.test(before) && !FREE_BEFORE.test(before)
  const isEnded = BEGINS_WORD.test(after) && !FREE_AFTER.test(after)
  const begun = isBegun ? cutFirst(row) : [row]
  return (isEnded ? begun.flatMap(cutLast) : begun).filter((one) => countDigits(one) >= MIN_DIGITS)
}

/** The row behind a letter. */
function cutFirst(row: string): readonly string[] {
  const [first = ''] = FIRST_PIECE.exec(row) ?? []
  const rest = row.slice(first.length)
  const cut = rest.replace(LEADING_SIGNS, '')
  if (isId(first)) return [cut]
  return first !== '' && /^\s/.test(rest) ? [row, cut] : [row]
}

/** The row before a letter. */
function cutLast(row: string): readonly string[] {
  const [last = ''] = LAST_PIECE.exec(row) ?? []
  return isId(row) ? [] : [row, row.slice(0, -last.length).replace(TRAILING_SIGNS, '')]
}

/** Whether a row of digits beside a letter is none of a number: part of an id. */
function isId(piece: string): boolean {
  return ALL_DIGITS.test(piece) && piece.length > MAX_AREA_DIGITS
}

const ALL_DIGITS = new RegExp(`^${DIGIT}+$`, 'u')
const FIRST_PIECE = new RegExp(`^${DIGIT}+`, 'u')
const LAST_PIECE = new RegExp(`${DIGIT}+$`, 'u')
const LEADING_SIGNS = new RegExp(`^[^${DIGIT}${OPENING}]+`, 'u')
const TRAILING_SIGNS = new RegExp(`[^${DIGIT}]+$`, 'u')

const ANY_DIGIT = new RegExp(DIGIT, 'u')
const DIGITS = new RegExp(DIGIT, 'gu')

/** A quick check whether a text is worth a closer look: most have no digit. */
export function hasDigit(text: string): boolean {
  return ANY_DIGIT.test(text)
}

function countDigits(text: string): number {
  return text.match(DIGITS)?.length ?? 0
}
