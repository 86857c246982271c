import { plainDigits } from '../../../shared/number/digits.ts'
import { callingCodeOf } from '../../../shared/number/numbering-plans.ts'
import { MIN_OUTSIDE_DIGITS } from '../../../shared/number/outside-digits.ts'
import { parseNumber } from '../../../shared/number/parse.ts'

/**
 * The numbers in a text that may hold several, or one beside a postal code, a date, an amount. The text is taken apart into rows of
 * digits, and these are put together so that they say most: of all ways to read neighbours as valid numbers, the one in which the
 * numbers have most digits, begin as numbers do, and reach over few gaps.
 */

/** A row of digits, with the `+` or the bracket before it. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly digits: number
  /** How numbers like to begin: with a bracket or the 0 of most countries, and surely with a `+`. */
  readonly opening: 'sure' | 'likely' | undefined
  /** What is between the piece and the one before: nothing or one sign; one blank; more. No number goes over a word or a note (`closed`). */
  readonly gap: 'tight' | 'blank' | 'slash' | 'wide' | 'closed'
  /** Whether it belongs to a date, or is a note: no number has it. */
  readonly isOther: boolean
}

/** Pieces in a row, first and last. */
interface Part {
  readonly from: number
  readonly to: number
}

interface Reading {
  readonly score: number
  readonly parts: readonly Part[]
}

/** Further, a text is not read: a page sends shorter ones. */
const MAX_PIECES = 60
/** With an exit code. */
const MAX_DIGITS = 18
/** More than the digits of a postal code, so that a number begins behind it. */
const LIKELY_SCORE = 8
/** More than all digits of a number. */
const SURE_SCORE = 30
/** Less than the digits of a number without its area code, so that `0711 / 1234567` is whole. */
const WIDE_SCORE = -10
/** For an end within a row that one sign holds together: `04524 02-123` is no number beside `-4567`. */
const CUT_SCORE = -5

/** How many parts may still be tried. A page may be full of digits; libphonenumber takes fifty microseconds for each. */
export interface Tries {
  left: number
}

/** The parts of a text that are valid numbers as somebody in `country` (ISO 3166) reads it. Uses up `tries`. */
export function findParts(shown: string, country: string, tries: Tries): readonly string[] {
  const text = plainDigits(shown)
  const pieces = takeApart(text)
  const spell = ({ from, to }: Part) => text.slice(pieces[from]?.start, pieces[to]?.end)
  const counted = new Map<string, number | undefined>()
  const count = (part: Part) => {
    const name = `${part.from} ${part.to}`
    if (!counted.has(name) && isPossible(pieces, part) && tries.left-- > 0)
      counted.set(name, countOwnDigits(spell(part), country))
    return counted.get(name)
  }
  // China's mobile numbers begin without a 0 and have one inside: 138 0013 0187.
  const score = (part: Part) => {
    const digits = count(part)
    return digits === undefined ? undefined : scorePart(pieces, part, digits, country === 'CN' ? 0 : LIKELY_SCORE)
  }
  const parts = readBest(pieces, score)
  const isNumber = (part: Part) => (count(part) ?? 0) >= MIN_OUTSIDE_DIGITS
  const edges = parts.flatMap((part) => [part, ...otherEdges(pieces, part).filter(isNumber)])
  const isPlaced = (part: Part) => tries.left-- > 0 && parseNumber(spell(part), country).kind === 'number'
  const others = [...rivals(pieces, parts, score).filter(isNumber), ...listUnknown(pieces, parts, isPlaced)]
  return [...edges, ...others].map(spell)
}

/**
 * Behind a plus a number of a range that nobody knows is one as well, as long as it may be; beside it stands what else can be read there:
 * `+7 408-555-0123` may be more by seven.
 */
function listUnknown(
  pieces: readonly Piece[],
  taken: readonly Part[],
  isPlaced: (part: Part) => boolean,
): readonly Part[] {
  const starts = pieces.flatMap(({ opening }, at) =>
    opening === 'sure' && !taken.some(({ from }) => from === at) ? at : [],
  )
  return starts.flatMap((at) => listParts(pieces, at).findLast(isPlaced) ?? [])
}

/**
 * Parts that were not taken, because two others that overlap with them have more digits together, but are likelier than each of the two,
 * the second of which does not begin as numbers do: `030 90 18 77` in `030 90 18 77 10115`, which is 030 90 18 and 77 10115 as well.
 */
function rivals(
  pieces: readonly Piece[],
  taken: readonly Part[],
  scoreOf: (part: Part) => number | undefined,
): readonly Part[] {
  if (taken.length < 2) return []
  const parts = pieces.flatMap((_, from) => listParts(pieces, from))
  return parts.filter((part) => {
    const overlapping = taken.filter(({ from, to }) => from <= part.to && to >= part.from)
    const [first, second] = overlapping
    if (overlapping.length !== 2 || first === undefined || second === undefined || first.from !== part.from)
      return false
    const best = Math.max(scoreOf(first) ?? 0, scoreOf(second) ?? 0)
    return pieces[second.from]?.opening === undefined && second.to > part.to && (scoreOf(part) ?? 0) > best
  })
}

/** The parts that begin with a piece, shortest first. */
function listParts(pieces: readonly Piece[], from: number): readonly Part[] {
  return pieces
    .slice(from, from + MAX_DIGITS)
    .map((_, others) => ({ from, to: from + others }))
    .filter((part) => isPossible(pieces, part))
}

const NOTHING: Reading = { score: 0, parts: [] }

/** From the end on: what reads best behind a part is known when the part is looked at. */
function readBest(pieces: readonly Piece[], scoreOf: (part: Part) => number | undefined): readonly Part[] {
  const fromPiece: Reading[] = []
  for (let from = pieces.length - 1; from >= 0; from--) {
    let best = fromPiece[from + 1] ?? NOTHING
    for (let to = from; to < pieces.length && countDigits(pieces, { from, to }) <= MAX_DIGITS; to++) {
      const part = { from, to }
      const own = scoreOf(part)
      if (own === undefined) continue
      const rest = fromPiece[to + 1] ?? NOTHING
      if (own + rest.score > best.score) best = { score: own + rest.score, parts: [part, ...rest.parts] }
    }
    fromPiece[from] = best
  }
  return fromPiece[0]?.parts ?? []
}

function scorePart(pieces: readonly Piece[], part: Part, digits: number, likelyScore: number): number {
  const [first, ...others] = pieces.slice(part.from, part.to + 1)
  const start = first?.opening === 'sure' ? SURE_SCORE : first?.opening === 'likely' ? likelyScore : 0
  const wides = others.filter(({ gap }) => gap === 'wide').length * WIDE_SCORE
  const cuts = [pieces[part.from], pieces[part.to + 1]].filter((piece) => piece?.gap === 'tight').length * CUT_SCORE
  return Math.max(1, digits + start + wides + cuts)
}

/**
 * Where numbers have no fixed length nobody can tell whether a piece at the edge belongs to one: `030 901820 10115` and
 * `01067 030 901820` (a postal code), `030 901820/21` (another line), `030 901820 - 12` (an extension), `030 901820 9-17` (hours),
 * `030 901820 2` (calls). Then the page shows both.
 */
function otherEdges(pieces: readonly Piece[], { from, to }: Part): readonly Part[] {
  const [last, next] = [pieces[to], pieces[to + 1]]
  // Written in pairs, a number has no end that can be told: `0711 / 12 34 56`.
  const isLongBefore = (at: number) => (pieces[at - 1]?.digits ?? 0) >= 4
  const isLoose =
    last !== undefined &&
    (last.gap === 'wide' || last.gap === 'slash' || last.digits >= 4 || (last.gap === 'blank' && isLongBefore(to)))
  const lastWord = pieces.findLastIndex(({ gap }, at) => at > from && at <= to && gap !== 'tight')
  const isExtension = next?.gap === 'wide' && next.opening === undefined && next.digits <= 4
  const isSure = pieces[from]?.opening === 'sure'
  const starts = pieces.flatMap(({ opening, gap }, at) =>
    !isSure && opening && gap !== 'tight' && at > from && at < to ? at : [],
  )
  return [
    ...(isLoose ? [{ from, to: to - 1 }] : []),
    ...(lastWord > from && lastWord < to && isLongBefore(lastWord) ? [{ from, to: lastWord - 1 }] : []),
    ...(isExtension ? [{ from, to: to + 1 }] : []),
    ...starts.map((at) => ({ from: at, to })),
  ]
}

/** Whether it is worth to ask libphonenumber. */
function isPossible(pieces: readonly Piece[], part: Part): boolean {
  const inside = pieces.slice(part.from, part.to + 1)
  const digits = countDigits(pieces, part)
  const isWhole = inside.every(({ gap, isOther }, index) => !isOther && (index === 0 || gap !== 'closed'))
  return isWhole && digits >= MIN_OUTSIDE_DIGITS && digits <= MAX_DIGITS
}

/**
 * The digits of a valid number that speak for it; `undefined` for what is none. A trunk 0, an exit code and a country code do. The 1 of
 * North America does not, nor does a carrier's code in China: `12345 408 555` and `12.50 138 0013 8000` begin with them by chance.
 */
function countOwnDigits(text: string, country: string): number | undefined {
  const read = parseNumber(text, country)
  if (read.kind !== 'number') return undefined
  const { countryCallingCode: code, nationalNumber } = read.number
  const digits = text.match(DIGITS)?.length ?? 0
  if (!read.number.isValid() && !RESERVED.test(read.number.number)) return undefined
  if (callingCodeOf(country) !== code) return digits
  const before = digits - nationalNumber.length
  return code === '1' || before > MAX_PREFIX_DIGITS ? nationalNumber.length : digits
}

/** Britain's numbers for films and examples, which libphonenumber takes for none. */
const RESERVED = /^\+44(?:7700900|1632960|8081570)\d{3}$/

/** An exit code and a country code of two digits; a carrier's code is longer. */
const MAX_PREFIX_DIGITS = 4

function countDigits(pieces: readonly Piece[], { from, to }: Part): number {
  return pieces.slice(from, to + 1).reduce((sum, { digits }) => sum + digits, 0)
}

function takeApart(text: string): readonly Piece[] {
  const dates = [...text.matchAll(DATE)].map(({ index, 0: date }) => ({ start: index, end: index + date.length }))
  const pieces: Piece[] = []
  for (const { index: start, 0: row } of text.matchAll(ROW)) {
    const before = pieces.at(-1)
    const end = start + row.length
    const digits = row.replace(SIGNS, '')
    const isNoted = isNote(row, text[end])
    const between = before === undefined ? '' : text.slice(before.end, end - digits.length)
    const isBehindNote = before?.isOther && /^[\]\uff3d]/.test(between)
    pieces.push({
      start,
      end,
      digits: digits.length,
      opening: nameOpening(row, digits, text[end]),
      gap: before === undefined || isNoted || isBehindNote ? 'closed' : nameGap(between, before.digits),
      isOther: isNoted || dates.some((date) => start < date.end && end > date.start),
    })
    if (pieces.length === MAX_PIECES) break
  }
  return pieces
}

const DIGITS = /\d/g
const SIGNS = /[+([\uff0b\uff08\uff3b\u3010\u3014]/g
const ROW = /[+([\uff0b\uff08\uff3b\u3010\u3014]{0,3}\d+/g
const YEAR = '(?:19|20)\\d\\d'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH = '(?:0?[1-9]|1[0-2])'
/**
 * `2026-01-31`, `31.01.2026`, `1/31/26`: with one sign twice, so that `202-512-0187` is none. One with a short year is no part of a
 * longer row of that sign, as France writes numbers: `01.23.45.67.89`. Also from one day to another: `03.06. - 17.07.`, `03.06-07.06.2026`.
 */
const DATE = new RegExp(
  `(?<!\\d)(?:${YEAR}([-./])[01]?\\d\\1[0-3]?\\d|[0-3]?\\d([-./])[0-3]?\\d\\2${YEAR}|` +
    `(?<!\\d[-./])${DAY}([-./])${DAY}\\3\\d\\d(?![-./]\\d)|` +
    `(?<!\\d[-./])${DAY}([./])${MONTH}(?:\\4(?:${YEAR}|\\d\\d)?)?\\s*[-\u2013]\\s*${DAY}\\4${MONTH}(?:\\4(?:${YEAR}|\\d\\d)?)?(?![-./]?\\d))(?!\\d)`,
  'g',
)

/** `after`: the character behind it. The bracket of `+49 (0)30` opens nothing, and 00 is dialled for a country. */
function nameOpening(row: string, digits: string, after: string | undefined): Piece['opening'] {
  if (/[+\uff0b]/.test(row)) return 'sure'
  if (/^0(?:$|0)/.test(digits) && (digits.length > 1 || /[)\]\uff09\uff3d\u3011\u3015]/.test(after ?? '')))
    return undefined
  return digits.length < row.length || digits.startsWith('0') ? 'likely' : undefined
}

/**
 * `[1]`, `[2026]`. An area code in square brackets has three digits, or begins with 0. `after`: the character behind the row; a page's text
 * ends with its last digit.
 */
function isNote(row: string, after: string | undefined): boolean {
  return /^[[\uff3b](?:[1-9]|[1-9]\d|[1-9]\d{3,})$/.test(row) && /[\]\uff3d]/.test(after ?? ']')
}

/** `digitsBefore`: of the piece before, because the bracket of an area code may follow a country code. */
function nameGap(between: string, digitsBefore: number): Piece['gap'] {
  if (/[+\uff0b,;:*#&|]|(?!\u30fc|\uff70)\p{L}/u.test(between)) return 'closed'
  if (/[([\uff08\uff3b\u3010\u3014]/.test(between) && digitsBefore > 3) return 'wide'
  const signs = between.replace(/[()[\]\uff08\uff09\uff3b\uff3d\u3010\u3011\u3014\u3015\p{Cf}]/gu, '')
  if (/^[/\uff0f]$/.test(signs)) return 'slash'
  if (signs.length > 1) return 'wide'
  return /\s/.test(signs) ? 'blank' : 'tight'
}
