import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../../shared/number/format.ts'
import { isSameNumber } from '../../../shared/number/key.ts'

describe('a number for a reader', () => {
  it.each([
    ['at home', '+14085550123', 'US', 'number', '(408) 555-0123'],
    ['at home', '+442079460018', 'GB', 'number', '020 7946 0018'],
    ['in a country with the same calling code', '+14085550123', 'CA', 'number', '(408) 555-0123'],
    ['abroad', '+442079460018', 'US', 'number', '+44 20 7946 0018'],
    ['abroad', '+14085550123', 'DE', 'number', '+1 408 555 0123'],
    ['in a place that is not known', '+14085550123', '', 'number', '+1 408 555 0123'],
    ['with an extension behind it', '+14085550123;ext=12', 'DE', 'number', '+1 408 555 0123 ext. 12'],
    ['written otherwise', 'tel:408-555-0123', 'US', 'number', '(408) 555-0123'],
    ['that is a short extension', '104', 'US', 'extension', '104'],
    ['that is a public service', '911', 'US', 'number', '911'],
    ['with an extension behind a star', '+14085550123*101', 'US', 'number', '(408) 555-0123 ext. 101'],
    ['that is a feature code', '*801', 'US', 'number', '*801'],
    ['that cannot be read', 'sip:Ada.Winter@example.com', 'US', 'number', 'sip:Ada.Winter@example.com'],
  ])('%s: %s in %s', (_, raw, country, kind, text) => {
    expect(formatNumber(raw, country)).toEqual({ kind, text })
  })

  it.each([undefined, '', 'anonymous', 'Restricted'])('who has withheld it is not shown: %s', (raw) => {
    expect(formatNumber(raw, 'US')).toBeUndefined()
  })

  it('reads as the number it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('+1408555', '+4420794', '+3906345', '+492089', '+6121234'),
        fc.integer({ min: 1000, max: 9999 }),
        fc.constantFrom('US', 'GB', 'IT', 'DE', 'AU'),
        (prefix, tail, country) => {
          const raw = `${prefix}${tail}`
          expect(isSameNumber(formatNumber(raw, country)?.text, raw, country)).toBe(true)
        },
      ),
    )
  })
})
