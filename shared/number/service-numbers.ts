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
  BR: /^19\d$/,
  CH: /^(?:11[78]|14[0347]|1414|1415)$/,
  CL: /^13[1-7]$/,
  CN: /^(?:110|119|12[02])$/,
  CO: /^1(?:19|23|32)$/,
  CZ: /^15[0568]$/,
  DE: /^(?:11[05]|118\d{2,3})$/,
  DK: /^(?:114|1813)$/,
  ES: /^(?:0(?:1[16]|6[12]|8[05]|9[12])|118\d\d)$/,
  FR: /^(?:1[578]|11[4-9]|196|118\d{3})$/,
  GB: /^(?:111|119|118\d{3})$/,
  GR: /^1(?:66|99)$/,
  IN: /^(?:1098|18[0-2])$/,
  IT: /^(?:11[3578]|1522|1530)$/,
  JP: /^1(?:1[0-9]|71|77)$/,
  KR: /^1(?:1[0-9]|20|82)$/,
  MX: /^0(?:6[056]|7[12])$/,
  MY: /^99[149]$/,
  NO: /^11[03]$/,
  NZ: /^111$/,
  PH: /^117$/,
  PL: /^99[78]$/,
  SA: /^(?:937|99[5-8])$/,
  SE: /^(?:1177|11313|11414)$/,
  SG: /^99[35]$/,
  SK: /^15[0589]$/,
  TH: /^1(?:91|99|669)$/,
  TR: /^1(?:10|5[568])$/,
  ZA: /^10(?:111|177)$/,
}

/** Whether somebody in `country` (ISO 3166) reaches a public service by these digits, so that they are no extension. */
export function isServiceNumber(digits: string, country: string): boolean {
  if (EVERYWHERE.test(digits) || NATIONAL[country]?.test(digits)) return true
  const callingCode = callingCodeOf(country)
  if (callingCode === undefined) return false
  return callingCode === '1' ? NORTH_AMERICA.test(digits) : /^[34]/.test(callingCode) && EUROPE.test(digits)
}
