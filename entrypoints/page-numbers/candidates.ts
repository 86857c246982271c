import type { NumberCandidate } from '../lib/contract/ports.ts'

/**
 * What on a page may be phone numbers. This only has to be generous: the worker knows numbers, reads a text in parts where several
 * things stand in it, and compares them with the one caller there is. What it must not do is to send a page's text about, or to
 * take long over it.
 */

/** Enough for a long list of contacts. Links and fields say that they are numbers, and have as much room of their own. */
const MAX_CANDIDATES = 400
/** Two of the longest numbers, with what stands beside them. */
const MAX_CANDIDATE_CHARS = 120
const MAX_DIGITS = 48
/** Minimum digits of an outside number. */
const MIN_DIGITS = 7
/** Overlap that is read again where a row of digits continues past the limit, so that no number is cut in two. */
const OVERLAP_CHARS = 24

/** Digits as keyboards have them: also full-width, Arabic-Indic and Persian ones. */
const DIGIT = '0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9'
/** What people put between digits: blanks, dashes and dots of all kinds, brackets, and marks that nobody sees. */
const BETWEEN =
  '\\s()./\u00ad\u00b7\u02d7\u200b-\u200f\u2010-\u2015\u2022\u2027\u2043\u2060\u2212\u2219\u2500\u30fb\u30fc\ufe58\ufe63\uff08\uff09\uff0d-\uff0f\uff70\\-'
/** Scripts without blanks between words: there a number stands right beside one. */
const SOLID_SCRIPTS = ['Han', 'Hira', 'Kana', 'Hang', 'Thai', 'Laoo', 'Khmr', 'Mymr']
const LETTER = `(?![${SOLID_SCRIPTS.map((script) => `\\p{scx=${script}}`).join('')}])\\p{L}`
/** Characters that may follow a number without a space. */
const EXTENSION = `(?:ext(?:n|ension)?|x|dw|app|durchwahl)[.:]?\\s?[${DIGIT}]|[pw][${DIGIT}]`
/** Words that tell what a number is, and often stand right beside it: `TEL03-1234-5678`. */
const LABEL = '(?:tel(?:efon|efax|ephone)?|fax|phone|mob(?:ile?)?|cell|handy|whatsapp|e-?mail)'
/** What is left of a time of day: `00` of `08:00`. */
const MINUTES = `[${DIGIT}]{2}(?![${DIGIT}])`

/**
 * Digits with what people put between them: a number, or several in a row, or one beside a date. It can be matched in one way only,
 * so that no text is slow; and it begins with a condition that fails quickly at nearly every character.
 */
const NUMBER_LIKE = new RegExp(
  `(?=[+(\uff0b\uff08${DIGIT}])(?:(?<!${LETTER}|[${DIGIT}]|[${DIGIT}]:(?=${MINUTES}))|(?<=(?<!${LETTER})${LABEL}))` +
    `[+(\uff0b\uff08]{0,3}[${DIGIT}](?:[${BETWEEN}]{0,4}[${DIGIT}]){${MIN_DIGITS - 1},${MAX_DIGITS - 1}}` +
    `(?!(?!${EXTENSION}|${LABEL}(?!${LETTER}))${LETTER}|[${DIGIT}]|:${MINUTES})`,
  'giu',
)

const LINK = /^\s*(tel|telprompt|callto|skype|sips?|sms|facetime(?:-audio)?):(?:\/\/)?/i
/** A chat by number, which is international without a plus. */
const CHAT =
  /^\s*(?:https?:\/\/(?:www\.)?wa\.me\/|(?:https?:\/\/(?:api|web)\.whatsapp\.com|whatsapp:\/)\/send\/?\?(?:.*&)?phone=)(?:\+|%2B)?(\d{7,15})(?!\d)/i
/** The number of a link: digits and signs, and behind them an extension, pauses, parameters. */
const LINKED = new RegExp(
  `^[${BETWEEN}+]*[${DIGIT}*#][${BETWEEN}${DIGIT}*#]*(?:${EXTENSION}|[,pw])?[\\s,pw${DIGIT}*#]*(?:;.*)?$`,
  'isu',
)

/** In the languages in which CRMs come. */
const PHONE_WORD =
  /phone|(?:^|[^a-z])(?:t[eé]l|mobile|cell|fax|tlf|gsm)(?:[^a-z]|$)|telefo|teléfo|telem[oó]vel|mobil|handy|rufnummer|durchwahl|cel?lular|m[oó]vil|puhelin|телефон|電話|携帯|电话|手机|전화|휴대/i

/** The candidates of one look at a page: each text once, the surest of its sources, never too many. */
export interface CandidateList {
  add(text: string, source: NumberCandidate['source']): void
  /** Whether there is no room for more of this source. */
  isFull(source: NumberCandidate['source']): boolean
  all(): readonly NumberCandidate[]
}

export function createCandidateList(): CandidateList {
  /** The evidence that it is a number. */
  const marked = new Map<string, NumberCandidate['source']>()
  const texts = new Map<string, NumberCandidate['source']>()
  const roomOf = (source: NumberCandidate['source']) => (source === 'text' ? texts : marked)
  const isFull = (source: NumberCandidate['source']) => roomOf(source).size >= MAX_CANDIDATES
  return {
    add: (text, source) => {
      const trimmed = text.trim()
      if (trimmed === '' || trimmed.length > MAX_CANDIDATE_CHARS || marked.has(trimmed) || isFull(source)) return
      texts.delete(trimmed)
      roomOf(source).set(trimmed, source)
    },
    isFull,
    all: () => [...marked, ...texts].map(([text, source]) => ({ text, source })),
  }
}

/** What in a text looks like numbers. Short ones are left out: as extensions they would be found everywhere. */
export function findNumbers(text: string): readonly string[] {
  const found: string[] = []
  NUMBER_LIKE.lastIndex = 0
  for (let match = NUMBER_LIKE.exec(text); match !== null; match = NUMBER_LIKE.exec(text)) {
    const [row] = match
    found.push(row)
    if (row.length > 2 * OVERLAP_CHARS && countDigits(row) > MAX_DIGITS - OVERLAP_CHARS / 2)
      NUMBER_LIKE.lastIndex -= OVERLAP_CHARS
  }
  return found
}

const ANY_DIGIT = new RegExp(`[${DIGIT}]`)
const DIGITS = new RegExp(`[${DIGIT}]`, 'g')

/** A quick check whether a text is worth a closer look: most have no digit. */
export function hasDigit(text: string): boolean {
  return ANY_DIGIT.test(text)
}

function countDigits(text: string): number {
  return text.match(DIGITS)?.length ?? 0
}

/** The number that a link dials, with what is written beside it; `undefined` for other links, and for somebody's address without a number. */
export function readLink(href: string): string | undefined {
  const chat = CHAT.exec(href)?.[1]
  if (chat !== undefined) return `+${chat}`
  const scheme = LINK.exec(href)
  if (scheme === null) return undefined
  const target = decode(href.slice(scheme[0].length).replace(/[?&].*$/s, ''))
  const isSip = /sips?:/i.test(href)
  const number = isSip ? target.replace(/[@;].*$/s, '') : target
  return LINKED.test(number) || findNumbers(number).length > 0 ? number : undefined
}

/** Whether a field is for a phone number, by what it is called: its name, its label and the like. */
export function isPhoneField(names: readonly (string | null | undefined)[]): boolean {
  return names.some((name) => name != null && PHONE_WORD.test(name))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
