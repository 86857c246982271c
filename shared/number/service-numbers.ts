import { callingCodeOf } from './numbering-plans.ts'

/** Emergency numbers that every telephone knows, wherever it is. */
const EVERYWHERE = /^(?:000|112|911|999)$/
/** North America: services (211 to 811), crisis line, test of 911. */
const NORTH_AMERICA = /^(?:[2-8]11|933|988)$/
/** Europe: services of social value, such as 116117. */
const EUROPE = /^116\d{3}$/
/**
 * Emergency and other services that a telephone system leads outside, by country. 100 to 109 are missing: they are the first
 * extensions that RingCentral gives out. Sources: ITU-T E.129, national numbering plans.
 */
const NATIONAL: Readonly<Record<string, RegExp>> = {
  AE: /^99[678]$/,
  AT: /^(?:122|133|14[0-4])$/,
  AU: /^(?:132500|1300\d\d)$/,
  BE: /^(?:1722|1733)$/,
  BR: /^1(?:8[018]|9\d)$/,
  CH: /^(?:11[78]|14[0347]|1414|1415)$/,
  CL: /^13[1-7]$/,
  CN: /^(?:110|119|12[02])$/,
  CO: /^1(?:19|23|32)$/,
  CZ: /^15[0568]$/,
  DE: /^(?:11[05]|118\d{2,3})$/,
  DK: /^(?:114|1813)$/,
  EG: /^1(?:2[23]|80)$/,
  ES: /^(?:0(?:1[16]|6[12]|8[05]|9[12])|118\d\d)$/,
  FR: /^(?:1[578]|11[4-9]|19[16]|118\d{3}|3114|3919)$/,
  GB: /^(?:111|119|118\d{3})$/,
  GR: /^1(?:66|99)$/,
  ID: /^11[0235789]$/,
  IN: /^(?:1098|18[0-2])$/,
  IT: /^(?:11[34578]|15(?:00|1[58]|22|30))$/,
  JP: /^1(?:1[0-9]|71|77)$/,
  KR: /^1(?:1[0-9]|20|82)$/,
  MX: /^0(?:6[056]|7[12])$/,
  MY: /^99[149]$/,
  NL: /^(?:140\d{2,3}|144)$/,
  NO: /^11[03]$/,
  NZ: /^(?:111|1737)$/,
  PE: /^11[67]$/,
  PH: /^117$/,
  PL: /^99[78]$/,
  SA: /^(?:937|99[5-8])$/,
  SE: /^(?:1177|11313|11414)$/,
  SG: /^(?:99[359]|1777)$/,
  SK: /^15[0589]$/,
  TH: /^1(?:91|99|669)$/,
  TR: /^1(?:10|5[568])$/,
  TW: /^1(?:1[0239]|6[5-8])$/,
  VN: /^11[1345]$/,
  ZA: /^10(?:111|177)$/,
}

/** Whether somebody in `country` (ISO 3166) reaches a public service by these digits, so that they are no extension. */
export function isServiceNumber(digits: string, country: string): boolean {
  if (EVERYWHERE.test(digits) || NATIONAL[country]?.test(digits)) return true
  const callingCode = callingCodeOf(country)
  if (callingCode === undefined) return false
  return callingCode === '1' ? NORTH_AMERICA.test(digits) : /^[34]/.test(callingCode) && EUROPE.test(digits)
}

/**
 * Numbers that are as short as an extension and have a place in the world's numbering plan: those of companies in Australia (13) and Norway
 * (five digits), and of everybody where all numbers have six digits.
 */
const SHORT: Readonly<Record<string, RegExp>> = {
  AD: /^[3-9]\d{5}$/,
  AU: /^13\d{4}$/,
  FO: /^[2-9]\d{5}$/,
  GL: /^[2-9]\d{5}$/,
  NC: /^[2-9]\d{5}$/,
  NO: /^0[2-9]\d{3}$/,
}

/** Whether these digits are all of somebody's number in `country` (ISO 3166), short as they are. */
export function isShortNumber(digits: string, country: string): boolean {
  return SHORT[country]?.test(digits) ?? false
}
