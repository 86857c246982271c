import { unreachable } from '../assert.ts'
import { parseNumber } from './parse.ts'

/**
 * The key by which two spellings of one number are the same. `key` is its stable form for indexes and groups; kinds never
 * share one, so an extension is never taken for an outside number.
 */
export type NumberKey =
  /** `e164` is the number without what is dialled behind it, which `extension` keeps. */
  | {
      readonly kind: 'number'
      readonly key: `tel:${string}`
      readonly e164: string
      readonly extension: string | undefined
    }
  /** Matched digit by digit: `0102` is not `102`. */
  | { readonly kind: 'extension'; readonly key: `ext:${string}`; readonly digits: string }
  /** Short codes, feature codes, what has no place in the user's country: matched as it is written, punctuation aside. */
  | { readonly kind: 'raw'; readonly key: `raw:${string}`; readonly text: string }
  /** Matches nothing, not even another withheld number. */
  | { readonly kind: 'withheld'; readonly key: undefined }

/** `raw` as the platform or a CRM writes it, read by somebody in `country` (ISO 3166, such as `US`). Never throws. */
export function numberKey(raw: string | undefined, country: string): NumberKey {
  const read = parseNumber(raw, country)
  switch (read.kind) {
    case 'number':
      return {
        kind: 'number',
        key: `tel:${subscriberOf(read.number.number)}`,
        e164: read.number.number,
        extension: read.number.ext,
      }
    case 'extension':
      return { kind: 'extension', key: `ext:${read.digits}`, digits: read.digits }
    case 'raw':
      return { kind: 'raw', key: `raw:${read.text}`, text: read.text }
    case 'withheld':
      return { kind: 'withheld', key: undefined }
    default:
      return unreachable(read)
  }
}

/**
 * One number of a subscriber where the same phone has two. Argentina dials its mobiles from abroad with a 9 behind the country
 * code, and networks show callers with it or without. Brazil put a 9 before its mobile numbers from 2012 to 2016; old records
 * have eight digits. Colombia put 60 before its numbers of desks in 2021. Source: ITU-T E.164 national numbering plans of the three.
 */
export function subscriberOf(e164: string): string {
  return e164
    .replace(/^\+549(?=\d{10}$)/, '+54')
    .replace(/^\+55\d{2}(?=[6-9]\d{7}$)/, '$&9')
    .replace(/^\+57(?=[1-8]\d{7}$)/, '+5760')
}

/** Whether two spellings mean one number, what is dialled behind it left aside. */
export function isSameNumber(a: string | undefined, b: string | undefined, country: string): boolean {
  const { key } = numberKey(a, country)
  return key !== undefined && key === numberKey(b, country).key
}
