import fc from 'fast-check'
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min'
import { describe, expect, it } from 'vitest'
import { e164Key } from '../../../shared/number/e164-key.ts'
import { numberKey } from '../../../shared/number/key.ts'

const codes = [...new Set(getCountries().map((country) => getCountryCallingCode(country)))]

describe('the key of a number in E.164', () => {
  it.each([
    ['+14085550123', 'tel:+14085550123'],
    ['+442079460018', 'tel:+442079460018'],
    ['+390612345678', 'tel:+390612345678'],
    ['+5491123456789', 'tel:+541123456789'],
    ['+555181234567', 'tel:+5551981234567'],
    ['+5215512345678', 'tel:+525512345678'],
    // A zero that belongs to the number and was left out, or does not and was put there.
    ['+39212345678', 'tel:+390212345678'],
    ['+3903924567890', 'tel:+393924567890'],
    // A trunk zero that somebody left in.
    ['+49030901820', 'tel:+4930901820'],
  ])('%s is %s', (e164, key) => {
    expect(e164Key(e164)).toBe(key)
  })

  it.each([
    '',
    '4085550123',
    '+1408555',
    '+140855501234',
    '+99912345678',
    '+1 408 555 0123',
    '102',
    '+266696687',
    '+10000000000',
  ])('%j has none', (text) => {
    expect(e164Key(text)).toBeUndefined()
  })

  it('is the one by which calls are known, in every country', () => {
    const digits = fc.stringMatching(/^\d{4,12}$/)
    fc.assert(
      fc.property(fc.constantFrom(...codes), digits, (code, national) => {
        const e164 = `+${code}${national}`
        const known = numberKey(e164, 'US')
        const isInPlan = known.kind === 'number' && /^\+\d{7,15}$/.test(e164)
        expect(e164Key(e164)).toBe(isInPlan ? known.key : undefined)
      }),
      { numRuns: 3000 },
    )
  })
})
