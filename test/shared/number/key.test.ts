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
import { isSameNumber, type NumberKey, numberKey } from '../../../shared/number/key.ts'

describe('the key', () => {
  it.each([
    ['in E.164', '+14085550123', 'US', 'tel:+14085550123'],
    ['national', '(408) 555-0123', 'US', 'tel:+14085550123'],
    ['national with dots', '408.555.0123', 'US', 'tel:+14085550123'],
    ['national with the long-distance 1', '1-408-555-0123', 'US', 'tel:+14085550123'],
    ['national with trunk 0', '020 7946 0018', 'GB', 'tel:+442079460018'],
    ['with a trunk 0 that is never dialled', '+44 (0)20 7946 0018', 'US', 'tel:+442079460018'],
    ['with a 0 that belongs to it', '+39 06 345 6789', 'US', 'tel:+39063456789'],
    ['dialled from the United States', '011 44 20 7946 0018', 'US', 'tel:+442079460018'],
    ['dialled from Europe', '0044 20 7946 0018', 'DE', 'tel:+442079460018'],
    ['with a prefix that is another country’s', '0044 20 7946 0018', 'US', 'tel:+442079460018'],
    ['with a prefix that is another country’s', '011 44 20 7946 0018', 'FR', 'tel:+442079460018'],
    ['between square brackets, with no-break spaces', '[+49]\u00a030\u00a01234567', 'US', 'tel:+49301234567'],
    ['copied with marks for the writing direction', '\u202a+1 408 555 0123\u202c', 'US', 'tel:+14085550123'],
    ['in full-width digits', '＋１４０８５５５０１２３', 'US', 'tel:+14085550123'],
    ['in Arabic-Indic digits', '٤٠٨ ٥٥٥ ٠١٢٣', 'US', 'tel:+14085550123'],
    ['in Persian digits', '+۹۸ ۲۱ ۲۳۴۵ ۶۷۸۹', 'US', 'tel:+982123456789'],
    ['as a tel: address', 'tel:+1-408-555-0123', 'US', 'tel:+14085550123'],
    ['as a local tel: address with its context', 'tel:555-0123;phone-context=+1-408', 'DE', 'tel:+14085550123'],
    ['as a SIP address', 'sip:+14085550123@sip.example.com;user=phone', 'US', 'tel:+14085550123'],
    ['of a country that is not told', '+14085550123', '', 'tel:+14085550123'],
    ['of an area that is no country', '+14085550123', '419', 'tel:+14085550123'],
    ['in a range that is not assigned', '+1 999 555 0123', 'US', 'tel:+19995550123'],
  ])('of a number %s: %s in %s', (_, raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  it.each([
    '+14085550123;ext=12',
    'tel:+1-408-555-0123;ext=12',
    '(408) 555-0123 x12',
    '408-555-0123 ext. 12',
    '4085550123#12',
  ])('leaves out the extension behind a number and keeps it beside: %s', (raw) => {
    expect(numberKey(raw, 'US')).toEqual({
      kind: 'number',
      key: 'tel:+14085550123',
      e164: '+14085550123',
      extension: '12',
    })
  })

  it.each([
    ['102', 'ext:102'],
    ['11101', 'ext:11101'],
    ['0102', 'ext:0102'],
    ['sip:102@pbx.example.com', 'ext:102'],
    ['123456', 'ext:123456'],
  ])('of the short extension %s is %s', (raw, key) => {
    expect(numberKey(raw, 'US').key).toBe(key)
  })

  it.each([
    ['a feature code', '*801', 'US', 'raw:*801'],
    ['the operator', '0', 'US', 'raw:0'],
    ['a local number', '555-0123', 'US', 'raw:5550123'],
    ['a country that does not exist', '+999 123 4567', 'US', 'raw:+9991234567'],
    ['a national number in an unknown country', '(408) 555-0123', '', 'raw:4085550123'],
    ['a number too long', '4085550123408555012340855', 'US', 'raw:4085550123408555012340855'],
    ['a number in a sentence', 'call 408 555 0123', 'US', 'raw:call4085550123'],
    ['a SIP user', 'sip:Ada.Winter@example.com', 'US', 'raw:adawinter'],
    ['a vanity number', '1-800-FLOWERS', 'US', 'raw:1800flowers'],
  ])('of %s is what is written: %s', (_, raw, country, key) => {
    expect(numberKey(raw, country).key).toBe(key)
  })

  it.each([
    undefined,
    '',
    '  ',
    '+',
    '---',
    'anonymous',
    'Anonymous',
    'UNKNOWN',
    'Private',
    'restricted',
    ' Unavailable ',
    'sip:anonymous@anonymous.invalid',
  ])('of a withheld number is none: %s', (raw) => {
    expect(numberKey(raw, 'US')).toEqual({ kind: 'withheld', key: undefined })
    expect(isSameNumber(raw, raw, 'US')).toBe(false)
  })
})

describe('two spellings', () => {
  it.each([
    ['+14085550123', '(408) 555-0123', true],
    ['+14085550123', '+14085550123 x7', true],
    ['+14085550123', '+14085550124', false],
    ['102', '102', true],
    ['102', '0102', false],
    ['801', '*801', false],
    ['102', '+102', false],
    ['555-0123', '5550123', true],
    ['555-0123', '+14085550123', false],
    ['anonymous', undefined, false],
  ])('%s and %s of one number: %s', (a, b, isSame) => {
    expect(isSameNumber(a, b, 'US')).toBe(isSame)
    expect(isSameNumber(b, a, 'US')).toBe(isSame)
  })
})

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
          '\u0301',
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

  it('a short extension is never an outside number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{2,6}$/), anyText, anyCountry, (digits, raw, country) => {
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
        expect(new Set(keys)).toEqual(new Set([`tel:${number.number}`]))
      }),
      { numRuns: 2000 },
    )
  })
})
