import { callingCodeOf, isCallingCode } from './numbering-plans.ts'

/** Prefixes by which one's own number is withheld, or shown, in a single call. Those with signs mean it in many countries. */
const CALLER_ID_PREFIX: Readonly<Record<string, RegExp>> = {
  AU: /^183[12](?=\d{8,})/,
  GB: /^(?:141|1470)(?=\d{9,})/,
  HK: /^133(?=\d{8}$)/,
  JP: /^18[46](?=0\d{8,})/,
}

/**
 * What a number may be meant to be by somebody in `country` (ISO 3166), the likeliest first: as it is written, but for one that has its
 * own country's code without a plus. The others are what people and programs make of numbers: another country's exit code, the trunk 0 of
 * home behind a country code, a prefix that is no longer dialled, a form that numbers had before.
 */
export function* listReadings(text: string, country: string): Generator<string, void> {
  const code = callingCodeOf(country)
  const own = code === undefined ? undefined : readOwnCode(text, code, country)
  if (own !== undefined) yield `+${own}`
  yield* asItalianMobile(/^\+?(?:0011|00|011|\+)(39\d+)$/.exec(text)?.[1] ?? `${code}${text}`)
  yield text
  const shown = text.replace(CALLER_ID_PREFIX[country] ?? /^(?!)/, '')
  if (shown !== text) yield shown
  const [, abroad] = /^\+?(?:0011|00|011)(\d+)$/.exec(text) ?? []
  if (abroad !== undefined) yield `+${abroad}`
  const international = abroad ?? own ?? /^\+(\d+)$/.exec(text)?.[1]
  yield* withoutTrunk(international ?? '')
  const current = text.replace(FORMER_PREFIX[country] ?? /^(?!)/, '')
  if (current !== text) yield current
  for (const digits of [international ?? text, `${code}${text}`]) yield* inNewForm(digits)
  yield* withLostZero(international ?? `${code}${text}`)
}

/** What was dialled before national numbers that are what they were, and what only chose who carries a call. */
const FORMER_PREFIX: Readonly<Record<string, RegExp>> = {
  // `0xx11…` and `0**11…`, with any carrier; a call at the expense of the called one.
  BR: /^(?:0(?:xx|\*\*)|90\d\d)(?=[1-9]\d{9,10}$)/,
  CL: /^0(?=[1-9])/,
  CZ: /^0(?=[1-9])/,
  LV: /^8(?=\d{8}$)/,
  PL: /^0(?=[1-9])/,
  UA: /^8(?=0\d{9}$)/,
}

/** What became of numbers that have no place any more: Argentina's mobiles with two marks of one, Benin's of 2024. */
function* inNewForm(international: string): Generator<string, void> {
  const [, twice] = /^549(\d{12})$/.exec(international) ?? []
  for (const area of [2, 3, 4])
    if (twice?.slice(area, area + 2) === '15') yield `+549${twice.slice(0, area)}${twice.slice(area + 2)}`
  if (/^229[2-9]\d{7}$/.test(international)) yield `+22901${international.slice(3)}`
}

/** The digits of a number that begins with its own country's code; `undefined` where that is not sure. */
function readOwnCode(text: string, code: string, country: string): string | undefined {
  if (text.startsWith(`00${code}`)) return text.slice(2)
  return text.startsWith(code) && VARYING.has(country) && text.length >= MIN_WHOLE_DIGITS ? text : undefined
}

/**
 * Where national numbers vary in length, are never written without their 0, and some begin like the country's code: `4915…` is a
 * mobile phone's number from a database, and no desk's in Friesland. Elsewhere libphonenumber tells by the length.
 */
const VARYING: ReadonlySet<string> = new Set(['AT', 'DE', 'ID', 'XK'])
const MIN_WHOLE_DIGITS = 11

function* withoutTrunk(international: string): Generator<string, void> {
  for (const length of [1, 2, 3]) {
    const code = international.slice(0, length)
    if (isCallingCode(code) && international[length] === '0') yield `+${code}${international.slice(length + 1)}`
  }
}

/**
 * Where numbers begin with a 0 that is dialled from abroad too, spreadsheets and people who take it for a trunk prefix leave it out. Nothing
 * valid is left then: Italy's desks, and all of Benin, Congo and the Ivory Coast.
 */
function* withLostZero(international: string): Generator<string, void> {
  const code = LACKS_ZERO.exec(international)?.[0]
  if (code !== undefined) yield `+${code}0${international.slice(code.length)}`
}

/** Those countries' codes before what may lack its 0. Italy's mobiles, with a 3, have none. */
export const LACKS_ZERO = /^(?:39(?=[124-9])|225(?=[1-9])|229(?=1)|242(?=[2-6]))/

/**
 * Italy's mobile numbers lost their 0 in 2001; old records have it, and who writes `+39 (0)392…` puts it there. The number of a desk that is
 * as long has a 1 behind its area code.
 */
function* asItalianMobile(international: string): Generator<string, void> {
  const [, mobile] = /^390(3[2-9]\d[02-9]\d{6})$/.exec(international) ?? []
  if (mobile !== undefined) yield `+39${mobile}`
}
