import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type MetadataJson,
} from 'libphonenumber-js/core'

/**
 * Libphonenumber's data: how long the numbers of each country are, how they begin, how they are written. It is a third of all that the
 * extension's worker would be made of, so it is no part of the code that reads numbers: a program hands it over before its first one.
 */
export type NumberingPlans = MetadataJson

let known: NumberingPlans | undefined
let callingCodes: ReadonlySet<string> | undefined

/** Has numbers read by these plans. */
export function useNumberingPlans(plans: NumberingPlans): void {
  known = plans
  callingCodes = undefined
}

export function numberingPlans(): NumberingPlans {
  if (known === undefined) throw new Error('No number can be read before the numbering plans have been handed over.')
  return known
}

/** Whether `country` is one that has numbers, by ISO 3166. */
export function isCountry(country: string): country is CountryCode {
  return isSupportedCountry(country as CountryCode, numberingPlans())
}

/** What is dialled for a country behind the `+`; `undefined` for what is none. */
export function callingCodeOf(country: string): string | undefined {
  return isCountry(country) ? getCountryCallingCode(country, numberingPlans()) : undefined
}

/** Whether digits are dialled for a country behind the `+`. */
export function isCallingCode(digits: string): boolean {
  callingCodes ??= new Set(getCountries(numberingPlans()).flatMap((country) => callingCodeOf(country) ?? []))
  return callingCodes.has(digits)
}
