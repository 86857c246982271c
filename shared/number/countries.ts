import { getCountries } from 'libphonenumber-js/core'
import { numberingPlans } from './numbering-plans.ts'

/** Every country that has numbers, ISO 3166. */
export function listCountries(): readonly string[] {
  return getCountries(numberingPlans())
}
