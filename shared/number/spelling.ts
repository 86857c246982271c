import { plainDigits } from './digits.ts'
import { EXTENSION_WORDS } from './extension-words.ts'

/**
 * A number without what only helps the eye or the telephone: one spelling of each character, no separators, no address around
 * it, and what is dialled behind it apart.
 */
export interface Spelling {
  /** `+14085550123`, `102`, `*801`; the user of a SIP address, in small letters. */
  readonly text: string
  /** The digits that are dialled once the number has answered. */
  readonly extension: string | undefined
  /** `user@host`: the text is somebody's name there, which need not be a number. */
  readonly isAddress: boolean
}

/**
 * `undefined` when digits are missing: a spreadsheet has rounded the number (`4.93023E+11`), and the rest is lost. It is read until nothing
 * more can be taken off, so that the text reads as itself.
 */
export function spell(raw: string): Spelling | undefined {
  const read = spellOnce(raw)
  if (read === undefined || read.text === raw) return read
  const again = spell(read.text)
  return again && { ...again, extension: read.extension ?? again.extension, isAddress: read.isAddress }
}

function spellOnce(raw: string): Spelling | undefined {
  const written = undoDecimals(readBrackets(unwrap(raw).normalize('NFKC').trim()))
  if (written === undefined) return undefined
  const address = clean(written)
  const scheme = SCHEMES.exec(address)?.[0] ?? ''
  const isAddress = scheme.includes('sip') || address.includes('@')
  const number = address.slice(scheme.length).replace(CALLER_ID_CODE, '')
  const user = isAddress ? userOf(number, NOWHERE.test(written)) : number
  const spelling = splitExtension(user.replace(/^\++/, '+'))
  return /^\+?\d[\d,]*e\+?\d{1,2}$/.test(spelling.text) ? undefined : { ...spelling, isAddress }
}

/**
 * Without what programs put around a number: an apostrophe or `="…"`, so that a spreadsheet takes it for text, and the name of whom it
 * belongs to, `Ada <4085550123>`.
 */
function unwrap(raw: string): string {
  const [, named = ''] = raw.includes('@') ? [] : (/<([^<>]*)>[^<>]*$/.exec(raw) ?? [])
  const text = (/\p{Nd}/u.test(named) ? named : raw).trim()
  const bare = text.replace(/^[\s=`´'"\u2018-\u201d]+(?=[+\uff0b(\uff08*#\p{Nd}])/u, '')
  // Tried once at the first of these signs only: there may be any number of them, also amid a text.
  return bare === text ? text : bare.replace(/(?<![\s`´'"\u2018-\u201d])[\s`´'"\u2018-\u201d]+$/, '')
}

/** What stands in brackets behind a whole number: its extension, or a word about it. */
function readBrackets(text: string): string {
  return text.replace(/^((?:\D*\d){7,}\D*)\((\d{1,6})\)$/, '$1x$2').replace(/^([^\p{L}]{7,})\(\p{L}[^()\d]*\)$/u, '$1')
}

/** What is dialled before a number to withhold one's own, or to show it, in a single call. */
const CALLER_ID_CODE = /^(?:\*67#?|\*82#?|[*#]31[#*])(?=\+?\d{7})/

const SCHEMES = /^(?:(?:tel|sips?|callto|sms|whatsapp|skype):)+/

/**
 * Spreadsheets and data frames take a long number for a quantity: `493023125012.0`, `4.93023125012E+11`. It is undone where every
 * digit is still there.
 */
function undoDecimals(text: string): string | undefined {
  const [, lead = '', fraction = '', exponent] = /^\+?(\d)(?:[.,](\d*))?e\+?(\d{1,2})$/i.exec(text) ?? []
  const digits = Number(exponent)
  if (fraction.length >= digits && /^0*$/.test(fraction.slice(digits))) return lead + fraction.slice(0, digits)
  const [, whole, decimals = ''] = /^(\+?\d[\d,]{6,})\.(0+|\d{1,2})$/.exec(text) ?? []
  if (whole === undefined) return text
  return /^0+$/.test(decimals) ? whole : undefined
}

/** The same with commas: `493,023,125,012` and `493023125012,0`. */
function undoGroups(text: string): string {
  return /^\+?\d{1,3}(?:[,'\u2019]\d{3}){2,}$/.test(text)
    ? text.replace(/[,'\u2019]/g, '')
    : text.replace(/^(\+?\d{7,}),0+$/, '$1')
}

/**
 * Spaces, dashes, dots, slashes, brackets and the invisible marks that come along when a number is copied are taken out. Doing it
 * twice changes nothing, so that a key reads as itself; that is why the text is composed again after characters have gone.
 */
function clean(text: string): string {
  return plainDigits(text)
    .replace(
      /[\s\p{Cf}\p{Pd}\u02d7\u2044\u2212\u2500.()[\]{}\u3010\u3011\u3014\u3015/~\u00b7\u2022\u2027\u2043\u2219\u22c5\u30fb]/gu,
      '',
    )
    .replace(/(?<=\d)\u30fc(?=\d)/g, '')
    .toLowerCase()
    .normalize('NFKC')
}

/** A host that is none, `@anonymous.invalid`. */
const NOWHERE = /@[^@\s;:>]*\.invalid(?![\w.-])/i

/**
 * `"Anonymous" <sip:anonymous@anonymous.invalid>`: what stands before the `@`, without what stands before that. A word there is nobody's
 * where the host is none (RFC 3323, RFC 6761).
 */
function userOf(address: string, isNowhere: boolean): string {
  const user = address.replace(/@.*$/su, '').replace(/^.*[<:]/su, '')
  return isNowhere && !/\d/.test(user) ? '' : user
}

/** A number and its extension, with a word or a sign between them. */
const EXTENSION = new RegExp(`^(\\+?\\d{7,17}),?(?:${EXTENSION_WORDS}|[#*])[:=#]*(\\d{1,7})#?$`)
/** An extension that is told to be one. */
const EXTENSION_ALONE = new RegExp(`^(?:${EXTENSION_WORDS})[:=#]*(\\d{2,6})$`)
/** A number and what is dialled after pauses (`,`, `p`, `w`). A single comma may also stand between two numbers. */
const PAUSES = /^(\+?\d{7,17})(?!,\d{7,}$)([,pw][\d,pw*#]*|#)$/

/** Takes off the parameters of RFC 3966, words for an extension, and pauses. */
function splitExtension(address: string): Pick<Spelling, 'text' | 'extension'> {
  const [written = '', ...parameters] = address.replace(/;(?=ext:?\d)/, ',').split(';')
  // Two numbers are no number with an extension.
  if (parameters.some((parameter) => /^\+?\d{7,}$/.test(parameter))) return { text: address, extension: undefined }
  const whole = undoGroups(written).replace(EXTENSION_ALONE, '$1')
  const [, called = whole, spoken] = EXTENSION.exec(whole) ?? []
  const [, text = called, dialled] = PAUSES.exec(called) ?? []
  const extension =
    /^ext=(\d+)$/.exec(parameters.find((parameter) => parameter.startsWith('ext=')) ?? '')?.[1] ??
    spoken ??
    /^[,pw]+(\d{1,7})#?$/.exec(dialled ?? '')?.[1]
  return { text: withContext(text, parameters), extension }
}

/** A `phone-context` in digits, here without its dash, belongs before a local number. */
function withContext(text: string, parameters: readonly string[]): string {
  const context = parameters.find((parameter) => /^phonecontext=\+\d+$/.test(parameter))?.slice('phonecontext='.length)
  return context !== undefined && /^\d/.test(text) ? context + text : text
}
