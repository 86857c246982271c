import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/core'
import { dialWord } from './keypad.ts'
import { isCountry, numberingPlans } from './numbering-plans.ts'
import { listReadings } from './readings.ts'
import { isServiceNumber, isShortNumber } from './service-numbers.ts'
import { spell } from './spelling.ts'
import { isStandInNumber, isStandInText, isWithheldText } from './withheld.ts'

/**
 * The content of a phone number field of the platform or a CRM. Both write numbers in many ways, and some are none: short
 * extensions, feature codes, words for a withheld number, user parts of SIP addresses. Everything else about numbers (what
 * they match, how they read) follows from this one decision.
 */
export type ParsedNumber =
  /** A number that has a place in the world, with the extension (`ext`) that was to be dialled behind it. */
  | { readonly kind: 'number'; readonly number: PhoneNumber }
  /** A short extension, as internal calls carry. */
  | { readonly kind: 'extension'; readonly digits: string }
  /** Something else, without what only helps to read it: public services, feature codes, local and foreign formats, SIP users. */
  | { readonly kind: 'raw'; readonly text: string }
  /** Nothing, or no caller's number: a word, a stand-in, digits that a spreadsheet has rounded away. */
  | { readonly kind: 'withheld' }

/**
 * Reads a number as somebody in `country` (ISO 3166, two capital letters) writes it. A country that is not known leaves only
 * international numbers to be placed. Never throws.
 */
export function parseNumber(raw: string | undefined, country: string): ParsedNumber {
  const spelling = `${country} ${raw ?? ''}`
  const known = recent.get(spelling)
  if (known !== undefined) return known
  const parsed = parseUncached(raw, country)
  if (recent.size >= MAX_RECENT) recent.clear()
  recent.set(spelling, parsed)
  return parsed
}

/**
 * Numbers that were parsed lately: one number is drawn, matched and compared many times while its call goes on, and libphonenumber takes
 * long to parse it. Bounded, because a page may show any number of numbers.
 */
const recent = new Map<string, ParsedNumber>()
const MAX_RECENT = 2000

function parseUncached(raw: string | undefined, country: string): ParsedNumber {
  const spelling = spell(raw ?? '')
  if (spelling === undefined || isWithheldText(spelling.text, spelling.isAddress)) return { kind: 'withheld' }
  const { text, extension, isAddress } = spelling
  if (isServiceNumber(text, country)) return { kind: 'raw', text }
  if (/^\d{2,6}$/.test(text) && !isStandInText(text) && !isShortNumber(text, country))
    return { kind: 'extension', digits: text }
  const word = dialWord(text, country)
  const isName = isAddress && (word !== undefined || !/\p{N}/u.test(text))
  // By its scheme, so that it reads as itself again: `sip:250johnson@pbx.example`.
  if (isName) return { kind: 'raw', text: `sip:${text}` }
  const number = word === undefined ? place(withoutOldPrefix(text, country), country) : placeWord(word, country)
  if (number === undefined) return isStandInText(text) ? { kind: 'withheld' } : { kind: 'raw', text }
  if (isStandInNumber(number.number)) return { kind: 'withheld' }
  if (extension !== undefined) number.setExt(extension)
  return { kind: 'number', number }
}

/**
 * Mexico gave up its trunk and mobile prefixes in August 2019 (01, 044, 045, and 1 behind the country code). WhatsApp and old
 * records still have them, and libphonenumber no longer knows them.
 */
function withoutOldPrefix(text: string, country: string): string {
  const abroad = /^(?:\+|00|011)52(?:1|01|044|045)(\d{10})$/.exec(text)
  const home = country === 'MX' ? /^(?:01|044|045|521)(\d{10})$/.exec(text) : null
  const number = (abroad ?? home)?.[1]
  return number === undefined ? text : `+52${number}`
}

/** What a word is dialled as. It has to be valid: letters behind digits are more often something else. */
function placeWord(digits: string, country: string): PhoneNumber | undefined {
  const placed = place(digits, country)
  return placed?.isValid() ? placed : undefined
}

/**
 * The number in the world's numbering plan. A number that is possible and no more is what its own E.164 form reads as: that may leave
 * out a trunk 0 and be valid, and a key has to be the key of itself, wherever it is read.
 */
function place(text: string, country: string): PhoneNumber | undefined {
  const placed = placeLikeliest(text, country)
  return placed === undefined || placed.isValid() ? placed : placeLikeliest(placed.number, country)
}

/**
 * Of several ways to read a number the first that is valid counts, else the first of a possible length: new ranges come faster
 * than releases of the library. Letters and signs are not left out, as libphonenumber would: all of it must be a number.
 */
function placeLikeliest(text: string, country: string): PhoneNumber | undefined {
  let possible: PhoneNumber | undefined
  for (const reading of listReadings(text, country)) {
    const placed = placeAsWritten(reading, country)
    if (placed?.isValid()) return placed
    possible ??= placed
  }
  return possible
}

/** A number whose E.164 form libphonenumber reads as another number has no place. */
function placeAsWritten(text: string, country: string): PhoneNumber | undefined {
  if (!/^\+?\d+$/.test(text)) return undefined
  const written = parse(text, isCountry(country) ? country : undefined)
  const placed = written && parse(written.number, undefined)
  return placed?.number === written?.number && placed?.isPossible() ? placed : undefined
}

function parse(text: string, defaultCountry: CountryCode | undefined): PhoneNumber | undefined {
  return parsePhoneNumberFromString(
    text,
    { ...(defaultCountry && { defaultCountry }), extract: false },
    numberingPlans(),
  )
}
