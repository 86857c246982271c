import { type CountryCode, getCountries, Metadata, type NumberingPlan } from 'libphonenumber-js/core'
import { numberKey, subscriberOf } from './key.ts'
import { callingCodeOf, numberingPlans } from './numbering-plans.ts'
import { LACKS_ZERO } from './readings.ts'
import { isStandInNumber } from './withheld.ts'

/**
 * The key that {@link numberKey} gives a number in E.164 (`+14085550123`); `undefined` for what is none. For lists: a look at
 * libphonenumber's data takes microseconds where parsing takes a hundred, and a list has fifty thousand numbers.
 */
export function e164Key(e164: string): `tel:${string}` | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(e164)) return undefined
  if (isPlain(e164)) return isStandInNumber(e164) ? undefined : `tel:${subscriberOf(e164)}`
  const read = numberKey(e164, ANYWHERE)
  return read.kind === 'number' && read.extension === undefined ? read.key : undefined
}

/** No country: a number in E.164 is read alike everywhere. */
const ANYWHERE = ''

/** What is known of all countries of a calling code. */
interface CallingCode {
  /** Lengths without the code that are possible in each of them. */
  readonly lengths: ReadonlySet<number>
  /** What parsing would take off the number, or put in its place. */
  readonly prefixes: readonly RegExp[]
}

/** A number that parsing leaves as it is, whatever country of its calling code it belongs to. */
function isPlain(e164: string): boolean {
  for (const digits of [1, 2, 3]) {
    const code = callingCodes().get(e164.slice(1, 1 + digits))
    if (code === undefined) continue
    const national = e164.slice(1 + digits)
    // It may be a trunk 0 that is out of place, and one may be missing.
    return (
      !national.startsWith('0') &&
      !LACKS_ZERO.test(e164.slice(1)) &&
      code.lengths.has(national.length) &&
      !code.prefixes.some((prefix) => prefix.test(national))
    )
  }
  return false
}

let known: ReadonlyMap<string, CallingCode> | undefined

function callingCodes(): ReadonlyMap<string, CallingCode> {
  if (known !== undefined) return known
  const countries = Map.groupBy(getCountries(numberingPlans()), callingCodeOf)
  const codes = [...countries].flatMap(([code, own]) => {
    const read = readCallingCode(own)
    return code === undefined || read === undefined ? [] : ([[code, read]] as const)
  })
  known = new Map(codes)
  return known
}

/** Untyped by the library, and told by its data. */
type FullPlan = NumberingPlan & { readonly nationalPrefixForParsing?: () => string | undefined }

function readCallingCode(countries: readonly CountryCode[]): CallingCode | undefined {
  const plans = countries.map((country): FullPlan | undefined => {
    const metadata = new Metadata(numberingPlans())
    metadata.selectNumberingPlan(country)
    return metadata.numberingPlan
  })
  const lengths = plans.map((plan) => plan?.possibleLengths() ?? [])
  const prefixes = plans.map((plan) => plan?.nationalPrefixForParsing)
  // Another version of the library may not tell it: then every number is parsed.
  if (prefixes.includes(undefined)) return undefined
  return {
    lengths: new Set(lengths.flat().filter((length) => lengths.every((own) => own.includes(length)))),
    prefixes: plans.flatMap((plan) => {
      const prefix = plan?.nationalPrefixForParsing?.()
      return prefix ? [new RegExp(`^(?:${prefix})`)] : []
    }),
  }
}
