import { isSameNumber } from '../number/key.ts'
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
  return isSameNumber(written, e164, country)
}
