import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A phone number: formatted for reading, or the short extension that internal calls carry. */
export type DisplayNumber =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'extension'; readonly text: string }

/** Formats what the platform calls a phone number: international for E.164, untouched where it is not understood. */
export function formatNumber(raw: string): DisplayNumber {
  if (/^\d{2,6}$/.test(raw)) return { kind: 'extension', text: raw }
  return { kind: 'number', text: parsePhoneNumberFromString(raw)?.formatInternational() ?? raw }
}
