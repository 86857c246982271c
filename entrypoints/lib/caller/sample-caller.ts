/**
 * Numbers that the authorities keep for films and examples, so that they ring nobody, by the country in which the person
 * writes numbers. Sources: NANPA 555-0100 to 555-0199, Bundesnetzagentur "Drama-Rufnummern", Ofcom "Numbers for drama use".
 */
const NUMBERS: Readonly<Record<string, string>> = {
  DE: '+493023125142',
  GB: '+442079460142',
}
const NUMBER_ELSEWHERE = '+14155550142'

/** Somebody who does not exist, at a number that is kept for such purposes. */
export interface SampleCaller {
  readonly name: string
  /** E.164. */
  readonly phoneNumber: string
}

/** Who makes the sample call. `country`: ISO 3166. */
export function createSampleCaller(name: string, country: string): SampleCaller {
  return { name, phoneNumber: NUMBERS[country] ?? NUMBER_ELSEWHERE }
}
