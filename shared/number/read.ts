import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'

/**
 * What stands where the platform or a CRM has a phone number. Both write it in many ways, and some of it is none: short
 * extensions, feature codes, words for a withheld number, user parts of SIP addresses. Everything else about numbers (what
 * they match, how they read) follows from this one decision.
 */
export type ReadNumber =
  /** A number that has a place in the world, with the extension (`ext`) that was to be dialled behind it. */
  | { readonly kind: 'number'; readonly number: PhoneNumber }
  /** A short extension, as internal calls carry. */
  | { readonly kind: 'extension'; readonly digits: string }
  /** Something else, without what only helps to read it: short codes, feature codes, local and foreign formats, SIP users. */
  | { readonly kind: 'raw'; readonly text: string }
  /** Nothing, or a word that says nothing. */
  | { readonly kind: 'withheld' }

/**
 * Reads a number as somebody in `country` (ISO 3166, two capital letters) writes it. A country that is not known leaves only
 * international numbers to be placed. Never throws.
 */
export function readNumber(raw: string | undefined, country: string): ReadNumber {
  const spelling = `${country} ${raw ?? ''}`
  const known = recent.get(spelling)
  if (known !== undefined) return known
  const read = readAfresh(raw, country)
  if (recent.size >= MAX_RECENT) recent.clear()
  recent.set(spelling, read)
  return read
}

/**
 * What was read lately: one number is drawn, matched and compared many times while its call goes on, and libphonenumber takes
 * long to read it. Bounded, because a page may show any number of numbers.
 */
const recent = new Map<string, ReadNumber>()
const MAX_RECENT = 2000

function readAfresh(raw: string | undefined, country: string): ReadNumber {
  const { text, extension } = splitExtension(stripScheme(clean(raw ?? '')))
  if (WITHHELD_WORDS.has(text) || !/[\p{L}\p{N}]/u.test(text)) return { kind: 'withheld' }
  if (/^\d{2,6}$/.test(text)) return { kind: 'extension', digits: text }
  const number = place(text, country) ?? place(text.replace(/^(00|011)(?=\d)/, '+'), country)
  if (number === undefined) return { kind: 'raw', text }
  if (extension !== undefined) number.setExt(extension)
  return { kind: 'number', number }
}

/** How the platform and telephone networks say that the caller does not want to be known, or is not. */
const WITHHELD_WORDS: ReadonlySet<string> = new Set(['anonymous', 'unknown', 'private', 'restricted', 'unavailable'])

/**
 * One spelling of each character, and none of what only helps the eye: spaces, dashes, dots, slashes, brackets, and the
 * invisible marks that come along when a number is copied. Doing it twice changes nothing, so that a key reads as itself;
 * that is why the text is composed again after characters have gone.
 */
function clean(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s\p{Cf}\p{Pd}\u2212.()[\]/]/gu, '')
    .toLowerCase()
    .normalize('NFKC')
}

/** The number of a `tel:` address, the user of a `sip:` one. */
function stripScheme(text: string): string {
  const scheme = /^(?:tel:|sips?:)+/.exec(text)?.[0] ?? ''
  const rest = text.slice(scheme.length)
  return scheme.includes('sip') ? rest.replace(/@.*$/su, '') : rest
}

/**
 * Takes off the parameters of RFC 3966. An extension is kept. A `phone-context` in digits, here without its dash, belongs
 * before a local number.
 */
function splitExtension(address: string): { readonly text: string; readonly extension: string | undefined } {
  const [text = '', ...parameters] = address.split(';')
  const extension = /^ext=(\d+)$/.exec(parameters.find((parameter) => parameter.startsWith('ext=')) ?? '')?.[1]
  const context = parameters.find((parameter) => /^phonecontext=\+\d+$/.test(parameter))?.slice('phonecontext='.length)
  return { text: context !== undefined && /^\d/.test(text) ? context + text : text, extension }
}

/**
 * The number in the world's numbering plan, if it has a possible length there. Assigned or not is not asked: new ranges come
 * faster than releases of the library. A number whose E.164 form is read as another number has no place: a key would not
 * be the key of itself. What libphonenumber leaves out of a text is not ignored: all of it must be a number.
 */
function place(text: string, country: string): PhoneNumber | undefined {
  const written = parse(text, isSupportedCountry(country) ? country : undefined)
  const placed = written && parse(written.number, undefined)
  if (placed === undefined || placed.number !== written?.number || !placed.isPossible()) return undefined
  if (written.ext !== undefined) placed.setExt(written.ext)
  return placed
}

function parse(text: string, defaultCountry: CountryCode | undefined): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, { ...(defaultCountry && { defaultCountry }), extract: false })
}
