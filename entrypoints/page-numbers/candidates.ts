import type { NumberCandidate } from '../lib/ports.ts'

/**
 * What on a page may be a phone number. This only has to be generous: the worker knows numbers, and compares each with the one
 * caller there is. What it must not do is to send a page's text about, or to take long over it.
 */

/** Enough for a long list of contacts. */
const MAX_CANDIDATES = 400
/** The longest international number, with separators and an extension, is shorter. */
const MAX_CANDIDATE_CHARS = 48
/** So many digits an outside number has at least, and at most with an exit code and an extension. */
const MIN_DIGITS = 7
const MAX_DIGITS = 22

/** Digits with what people put between them, and an extension behind. It can be matched in one way only, so that no text is slow. */
const NUMBER_LIKE =
  /(?<![\p{L}\p{N}])[+(]{0,3}\d(?:[\s()./\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufe63\uff0d-]{0,4}\d){6,18}(?:,?\s{0,3}(?:ext|x|#|dw)\.?\s{0,3}\d{1,6})?(?![\p{L}\p{N}])/giu

const LINK = /^\s*(tel|callto|sips?|sms):(?:\/\/)?/i

const PHONE_WORD = /phone|(?:^|[^a-z])(?:tel|mobile|cell|fax)(?:[^a-z]|$)|telefon|mobil|handy|rufnummer|durchwahl/i

/** The candidates of one look at a page: each text once, the surest of its sources, never too many. */
export interface CandidateList {
  add(text: string, source: NumberCandidate['source']): void
  readonly isFull: boolean
  all(): readonly NumberCandidate[]
}

export function createCandidateList(): CandidateList {
  const sources = new Map<string, NumberCandidate['source']>()
  return {
    add: (text, source) => {
      const trimmed = text.trim()
      if (trimmed === '' || trimmed.length > MAX_CANDIDATE_CHARS) return
      const before = sources.get(trimmed)
      if (before === undefined && sources.size >= MAX_CANDIDATES) return
      if (before === undefined || before === 'text') sources.set(trimmed, source)
    },
    get isFull() {
      return sources.size >= MAX_CANDIDATES
    },
    all: () => [...sources].map(([text, source]) => ({ text, source })),
  }
}

/** What in a text looks like a number. Short ones are left out: as extensions they would be found everywhere. */
export function findNumbers(text: string): readonly string[] {
  return [...text.matchAll(NUMBER_LIKE)].map(([found]) => found).filter(hasFittingDigits)
}

/** Whether it is worth to look closer at a text; quick, because most texts have no digit. */
export function hasDigit(text: string): boolean {
  return /\d/.test(text)
}

/** The number that a link dials; `undefined` for other links, and for the address of somebody who has no number. */
export function readLink(href: string): string | undefined {
  const scheme = LINK.exec(href)
  if (scheme === null) return undefined
  const target = decode(href.slice(scheme[0].length)).replace(/\?.*$/s, '')
  const isSip = scheme[1]?.toLowerCase().startsWith('sip')
  const number = isSip ? target.replace(/[@;].*$/s, '') : target
  return /^[\d\s+*#()./-]+(?:;.*)?$/s.test(number) ? number : undefined
}

/** Whether a field is for a phone number, by what it is called: its name, its label and the like. */
export function isPhoneField(names: readonly (string | null | undefined)[]): boolean {
  return names.some((name) => name != null && PHONE_WORD.test(name))
}

function hasFittingDigits(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length
  return digits >= MIN_DIGITS && digits <= MAX_DIGITS
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
