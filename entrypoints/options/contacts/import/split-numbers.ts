import { EXTENSION_WORDS } from '../../../../shared/number/extension-words.ts'
import { MIN_OUTSIDE_DIGITS } from '../../../../shared/number/outside-digits.ts'
import { readCell } from './cell.ts'

/** The numbers that people and programs write into one field. */
export interface FieldNumbers {
  /**
   * As they are written, labels and what is dialled after a pause left out; an extension stands behind an `x`. What holds no number
   * at all comes whole, so that somebody can be told of it.
   */
  readonly numbers: readonly string[]
  /** Digits beside a number that are neither a number nor its extension: `13` of `23125012/13`. */
  readonly leftovers: readonly string[]
}

const MAX_EXTENSION_DIGITS = 7
/** Several numbers with their labels are shorter; more is a note. */
const MAX_PIECE_CHARS = 300
/** Maximum digits beside a number that merely count: `Tel. 1: …, Tel. 2: …`. */
const MAX_COUNT_DIGITS = 2

/** One number and nothing else, as nearly all are: too short to be two. */
const PLAIN = /^\+?(?:\(\d{1,4}\) ?)?(?=(?:\D*\d){7,13}$)\d(?:[ -]?\d)*$/

/** Digits with what stands between the digits of one number, or between two numbers. */
const RUN = /[+(*#]*\p{Nd}[\p{Nd}\s().,;/+*#\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\uff0d-]*/gu

const EXTENSION_WORD = new RegExp(`(?:^|[^\\p{L}])(?:${EXTENSION_WORDS})[\\s.:#=(]*$`, 'iu')
/** What stands before a number that nobody answers; `Tel/Fax` is both. */
const FAX_BEFORE =
  /(?<!\p{L}|(?:t[eé]l|telefon|phone)\.?\s?[/&+-]\s?)(?:(?:tele)?fax|fx|pager)(?:[\s-]?(?:no|nr|number|nummer))?[\s.:#=(]*$/iu
/** In brackets behind it, whose first is taken for a part of the number. */
const FAX_BEHIND = /^(?:(?:tele)?fax|pager)\s*[)\]]/iu
const FAX_LAST = /^(?:(?:tele)?fax|pager)$/iu
/** A pause (`p`) or a wait (`w`), as phones keep them in a number. */
const PAUSE_WORD = /^[pw]$/i

/**
 * The numbers of one cell. Google writes `:::` between them, people a line break, a bar, a slash, a comma, a word or nothing but
 * a blank. What comes behind a separator is a number of its own only if both sides are long enough to be one.
 */
export function splitNumbers(cell: string): FieldNumbers {
  const plain = cell.trim()
  if (PLAIN.test(plain)) return { numbers: [plain], leftovers: [] }
  const pieces = cell.split(/:::|[\n|]/).map(readCell)
  const read = pieces.filter((piece) => piece !== '').map(readPiece)
  return {
    numbers: read.flatMap(({ numbers }) => numbers),
    leftovers: read.flatMap(({ leftovers }) => leftovers),
  }
}

function readPiece(piece: string): FieldNumbers {
  const text = writeOut(piece.replace(/^(?:tel|callto):\s*(?!.*;phone-context=)/i, '')).replace(/\s+/g, ' ')
  const whole = { numbers: [text], leftovers: [] }
  if (/^(?:sips?|tel):/i.test(text) || text.length > MAX_PIECE_CHARS) return whole
  const numbers: string[] = []
  const leftovers: string[] = []
  /** Whether what comes next may belong to a fax, which is left out. */
  let isOfFax = false
  let end = 0
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const word = text.slice(end, index)
    end = index + run.length
    const digits = run.replace(/\P{Nd}/gu, '')
    if (FAX_BEHIND.test(word)) {
      numbers.pop()
      isOfFax = true
    } else if (FAX_BEFORE.test(word)) {
      isOfFax = true
      continue
    }
    const last = isOfFax ? undefined : numbers.at(-1)
    const isBehindNumber = isOfFax || last !== undefined
    if (isBehindNumber && PAUSE_WORD.test(word.trim())) continue
    if (isBehindNumber && EXTENSION_WORD.test(word) && digits.length <= MAX_EXTENSION_DIGITS) {
      if (last !== undefined && !last.includes(' x')) numbers.splice(-1, 1, `${last} x${digits}`)
      continue
    }
    isOfFax = false
    for (const part of splitRun(run)) {
      const { number, leftover } = readRun(part)
      if (countDigits(number) >= MIN_OUTSIDE_DIGITS) numbers.push(number)
      else if (countDigits(number) > MAX_COUNT_DIGITS) leftovers.push(number)
      if (leftover !== undefined) leftovers.push(leftover)
    }
  }
  if (FAX_BEHIND.test(text.slice(end)) || FAX_LAST.test(text.slice(end))) numbers.pop()
  if (numbers.length > 0) return { numbers, leftovers }
  const [, word = '', short] = /^(.*\D)(\d{2,6})$/.exec(text) ?? []
  return short !== undefined && EXTENSION_WORD.test(word) ? { numbers: [short], leftovers: [] } : whole
}

/** Where two numbers may meet, the surest sign first. */
const MEETINGS: readonly RegExp[] = [
  /\s*(?=\+)/g,
  /\s*[,;]\s*/g,
  /\s+[/\u2010-\u2015-]+\s+/g,
  /\s*\/\s*/g,
  /\s+(?=\()/g,
]

function splitRun(run: string): readonly string[] {
  const meeting = MEETINGS.flatMap((sign) => [...run.matchAll(sign)]).find(({ 0: sign, index }) =>
    isBetweenNumbers(run.slice(0, index), run.slice(index + sign.length)),
  )
  if (meeting === undefined) return splitAtBlanks(run)
  const { 0: sign, index } = meeting
  return [...splitRun(run.slice(0, index)), ...splitRun(run.slice(index + sign.length))]
}

function isBetweenNumbers(before: string, after: string): boolean {
  return countDigits(before) >= MIN_OUTSIDE_DIGITS && countDigits(after) >= MIN_OUTSIDE_DIGITS
}

/** A blank alone parts two numbers only where each is written without one. */
function splitAtBlanks(run: string): readonly string[] {
  const words = run.trim().split(/\s+/)
  return words.length > 1 && words.every((word) => countDigits(word) > MIN_OUTSIDE_DIGITS) ? words : [run]
}

function readRun(run: string): { readonly number: string; readonly leftover?: string } {
  const bare = trimRun(run)
  // What is dialled after a pause reaches a machine, not the person.
  const [, beforePause] = /^([^,;]*)[,;][\d,;*#\s]*$/.exec(bare) ?? []
  if (beforePause !== undefined && countDigits(beforePause) >= MIN_OUTSIDE_DIGITS)
    return { number: trimRun(beforePause) }
  const [, called, extension] = /^(.*\p{Nd}\)?)\s*(?:[*#]\s*|\((?=\p{Nd}+\)$))(\p{Nd}{1,7})\)?$/u.exec(bare) ?? []
  if (called !== undefined && countDigits(called) >= MIN_OUTSIDE_DIGITS)
    return { number: `${trimRun(called)} x${extension}` }
  const [, first, other] = /^([^/]*(?:\/[^/]*)?\p{Nd})\s*\/\s*-?(\p{Nd}{1,3})$/u.exec(bare) ?? []
  if (first !== undefined && countDigits(first) >= MIN_OUTSIDE_DIGITS) return { number: first, leftover: other ?? '' }
  return { number: bare }
}

/** Without what leads to the next word: a comma, an opening bracket. */
function trimRun(run: string): string {
  const text = run.replace(/[\s(.,;/+\u2010-\u2015\u2212-]+$/u, '').trim()
  return text.includes('(') ? text : text.replaceAll(')', '')
}

/** Numbers that went through a spreadsheet as numbers: `493023125012.0`, and `4.93023125012E+11` where no digit is lost. */
function writeOut(text: string): string {
  const [, whole] = /^(\+?\d{7,})[.,]0+$/.exec(text) ?? []
  if (whole !== undefined) return whole
  const [, first = '', rest = '', exponent] = /^(\d)[.,](\d+)e\+?(\d+)$/i.exec(text) ?? []
  return exponent !== undefined && rest.length === Number(exponent) ? first + rest : text
}

function countDigits(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0
}
