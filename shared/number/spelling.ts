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

/** `undefined` when digits are missing: a spreadsheet has rounded the number (`4.93023E+11`), and the rest is lost. */
export function spell(raw: string): Spelling | undefined {
  const written = undoDecimals(raw.normalize('NFKC').trim())
  if (written === undefined) return undefined
  const address = clean(written)
  const scheme = SCHEMES.exec(address)?.[0] ?? ''
  const isAddress = scheme.includes('sip') || address.includes('@')
  const number = address.slice(scheme.length).replace(CALLER_ID_CODE, '')
  const spelling = splitExtension(isAddress ? userOf(number) : number)
  return /^\+?\d[\d,]*e\+?\d{1,2}$/.test(spelling.text) ? undefined : { ...spelling, isAddress }
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
  return /^\d{1,3}(?:,\d{3}){2,}$/.test(text) ? text.replaceAll(',', '') : text.replace(/^(\+?\d{7,}),0+$/, '$1')
}

/**
 * Spaces, dashes, dots, slashes, brackets and the invisible marks that come along when a number is copied are taken out. Doing it
 * twice changes nothing, so that a key reads as itself; that is why the text is composed again after characters have gone.
 */
function clean(text: string): string {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\s\p{Cf}\p{Pd}\u02d7\u2212\u2500.()[\]/\u00b7\u2022\u2027\u2043\u2219\u30fb]/gu, '')
    .replace(/(?<=\d)\u30fc(?=\d)/g, '')
    .toLowerCase()
    .normalize('NFKC')
}

/** `"Anonymous" <sip:anonymous@anonymous.invalid>`: what stands before the `@`, without what stands before that. */
function userOf(address: string): string {
  return address.replace(/@.*$/su, '').replace(/^.*[<:]/su, '')
}

/** What people write between a number and its extension, in the languages of those who do. */
const EXTENSION =
  /^(\+?\d{7,17}),?(?:ext(?:n|ensi[oó]n)?|e?xt|x|dw|durchwahl|nst|nebenstelle|app(?:arat)?|int(?:erno|ern)?|poste|anexo|ramal|toestel|tst|доб|[#*~])[:=]?(\d{1,7})#?$/
/** A number and what is dialled after pauses (`,`, `p`, `w`). A single comma may also stand between two numbers. */
const PAUSES = /^(\+?\d{7,17})(?!,\d{7,}$)([,pw][\d,pw*#]*|#)$/

/** Takes off the parameters of RFC 3966, words for an extension, and pauses. */
function splitExtension(address: string): Pick<Spelling, 'text' | 'extension'> {
  const [written = '', ...parameters] = address.split(';')
  // Two numbers are no number with an extension.
  if (parameters.some((parameter) => /^\+?\d{7,}$/.test(parameter))) return { text: address, extension: undefined }
  const whole = undoGroups(written)
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
