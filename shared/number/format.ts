import type { PhoneNumber } from 'libphonenumber-js/core'
import { unreachable } from '../assert.ts'
import { callingCodeOf } from './numbering-plans.ts'
import { parseNumber } from './parse.ts'

/** A phone number: formatted for reading, or the short extension that internal calls carry. */
export type DisplayNumber =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'extension'; readonly text: string }

/**
 * Formats a number for a reader in `country` (ISO 3166, such as `US`): national where it has the same calling code, which
 * is how it is dialled there (Canada and the United States share one), international elsewhere. What cannot be read stays
 * as it is; `undefined` when the number is withheld.
 */
export function formatNumber(raw: string | undefined, country: string): DisplayNumber | undefined {
  const read = parseNumber(raw, country)
  switch (read.kind) {
    case 'number':
      return { kind: 'number', text: formatPlaced(read.number, country) }
    case 'extension':
      return { kind: 'extension', text: read.digits }
    case 'raw':
      return { kind: 'number', text: raw ?? read.text }
    case 'withheld':
      return undefined
    default:
      return unreachable(read)
  }
}

function formatPlaced(number: PhoneNumber, country: string): string {
  return callingCodeOf(country) === number.countryCallingCode ? number.formatNational() : number.formatInternational()
}
