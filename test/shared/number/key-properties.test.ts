import fc from 'fast-check'
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { unreachable } from '../../../shared/assert.ts'
import { isSameNumber, type NumberKey, numberKey } from '../../../shared/number/key.ts'
import { isServiceNumber, isShortNumber } from '../../../shared/number/service-numbers.ts'

/** What holds for the key of any text, and of any number that exists. */

const anyCountry = fc.constantFrom<string>(...getCountries(), '', '419', 'us', 'XX')

/** Text as it comes, and text made of what numbers are made of, which gets much further. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 99_999 }).map(String),
        fc.constantFrom(
          ...'+-.,;()/#*x~@: ٣۴7',
          '00',
          '011',
          '+49',
          '+1',
          '+39',
          'tel:',
          'sip:',
          ';ext=',
          'ext',
          'e+11',
          ',,',
          'dw',
          '@',
          '+521',
          '\u0301',
          'flowers',
          '0xx',
          '९',
          "'",
          '=',
          '<',
          '>',
          '0011',
          '.invalid',
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

/** Numbers that exist: each country's example, its last digits changed. */
const validNumber = fc
  .record({ country: fc.constantFrom(...getCountries()), tail: fc.integer({ min: 0, max: 999 }) })
  .map(({ country, tail }) => vary(country, tail))
  .filter((number) => number !== undefined)

function vary(country: CountryCode, tail: number): PhoneNumber | undefined {
  const example = getExampleNumber(country, examples)
  if (example === undefined) return undefined
  const e164 = example.number.slice(0, -3) + String(tail).padStart(3, '0')
  const number = parsePhoneNumberFromString(e164)
  return number?.isValid() && number.country === country ? number : undefined
}

/** What a key stands for, written as a number again. */
function numberOf(key: NumberKey): string | undefined {
  switch (key.kind) {
    case 'number':
      return key.e164
    case 'extension':
      return key.digits
    case 'raw':
      return key.text
    case 'withheld':
      return undefined
    default:
      return unreachable(key)
  }
}

describe('for every text', () => {
  it('there is a key, and it is the key of its own number', () => {
    fc.assert(
      fc.property(anyText, anyCountry, (raw, country) => {
        const key = numberKey(raw, country)
        expect(numberKey(numberOf(key), country).key).toBe(key.key)
      }),
      { numRuns: 5000 },
    )
  })

  it('a number that is placed is the same number everywhere', () => {
    fc.assert(
      fc.property(anyText, anyCountry, anyCountry, (raw, here, there) => {
        const key = numberKey(raw, here)
        if (key.kind === 'number') expect(numberKey(key.e164, there).key).toBe(key.key)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['1000', '10000', '100000'])('the extension %s is one, however round', (digits) => {
    expect(numberKey(digits, 'US').key).toBe(`ext:${digits}`)
  })

  it('a short extension is never an outside number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-8]\d{1,5}$/), anyText, anyCountry, (digits, raw, country) => {
        fc.pre(!isServiceNumber(digits, country) && !isShortNumber(digits, country))
        expect(numberKey(digits, country).key).toBe(`ext:${digits}`)
        const other = numberKey(raw, country)
        if (other.kind !== 'extension') expect(isSameNumber(digits, raw, country)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('for every number that exists', () => {
  it('all its formats have one key, in its own country', () => {
    fc.assert(
      fc.property(validNumber, (number) => {
        const formats = [
          number.number,
          number.formatInternational(),
          number.format('RFC3966'),
          `${number.formatInternational()} x12`,
          ...(number.formatNational().replace(/\D/g, '').length > 6 ? [number.formatNational()] : []),
        ]
        const keys = formats.map((format) => numberKey(format, number.country ?? '').key)
        // Argentina's mobiles have one key with the 9 that is dialled from abroad, and without.
        const e164 = number.country === 'AR' ? number.number.replace('+549', '+54') : number.number
        expect(new Set(keys)).toEqual(new Set([`tel:${e164}`]))
      }),
      { numRuns: 2000 },
    )
  })
})
