import { isSameNumber, numberKey } from '../number/key.ts'
import { MIN_OUTSIDE_DIGITS } from '../number/outside-digits.ts'
import { parseNumber } from '../number/parse.ts'
import { numberRegion } from '../number/region.ts'

/**
 * A customer's number in the forms in which CRMs are asked for it. Only what has a place in the world's numbering plan is one: a short
 * extension or a withheld number would match people by accident.
 */
export interface SpokenNumber {
  /** `+14085550123` */
  readonly e164: string
  /** `14085550123` */
  readonly digits: string
  /** Without the country's code, `4085550123`. */
  readonly national: string
  /** The last seven digits, `5550123`; all where there are fewer. Whatever the spelling, they are in it in this order. */
  readonly local: string
  /** For CRMs that find a number only as it was typed: the usual spellings, E.164 first. */
  readonly spellings: readonly string[]
  /** ISO 3166; `undefined` for numbers that belong to no country. */
  readonly country: string | undefined
}

/** `undefined` for what is no customer's number: withheld, an extension, a service, a feature code. */
export function speakNumber(raw: string | undefined): SpokenNumber | undefined {
  const written = parseNumber(raw, '')
  // Read again without what is dialled behind it, which would be in its spellings.
  const read = written.kind === 'number' ? parseNumber(written.number.number, '') : written
  if (read.kind !== 'number') return undefined
  const { number: e164, nationalNumber: national } = read.number
  const digits = e164.slice(1)
  const spellings = [e164, read.number.formatInternational(), read.number.formatNational(), digits, national]
  return {
    e164,
    digits,
    national,
    local: national.slice(-7),
    spellings: [...new Set(spellings)],
    country: numberRegion(e164, ''),
  }
}

/**
 * Whether a number as a CRM writes it is this one, whatever the spelling. What is written without a country is read as where the number
 * belongs: `(408) 555-0123` is a customer's in California. What was dialled behind a number is left aside; a number that is only a
 * part of another is not it.
 */
export function isSpokenAs({ e164, country = '' }: SpokenNumber, written: string | undefined): boolean {
  return listNumbers(written ?? '', country).some((one) => isSameNumber(one, e164, country))
}

/**
 * A field is as people fill it: `Cell: 408-555-0123`, `408-555-0123 (ask for Ada)`, `408-555-0123 / 408-555-0124`, `030 23125012/13`. It is
 * cut only where it is no number as a whole.
 */
function listNumbers(written: string, country: string, cuts = CUTS): readonly string[] {
  if (numberKey(written, country).kind === 'number') return [written, written.replace(OTHER_LINE, '')]
  const [cut, ...others] = cuts
  if (cut === undefined) return [written]
  const pieces = written.split(cut).filter((piece) => (piece.match(/\p{Nd}/gu)?.length ?? 0) >= MIN_OUTSIDE_DIGITS)
  return pieces.flatMap((piece) => listNumbers(piece, country, others))
}

/** Where numbers end: no number goes over a word, and few over the others. */
const CUTS = [/[\p{L},;:|\n\u3001]+/u, /[/\uff0f]|\s[-\u2013\u2014]+\s/u]
/** The last digits of another line of the same desk, or an extension, behind a whole number. */
const OTHER_LINE = /(?<=(?:\p{Nd}\P{Nd}?){6}\p{Nd})\s*\/\s*-?\p{Nd}{1,3}$/u
