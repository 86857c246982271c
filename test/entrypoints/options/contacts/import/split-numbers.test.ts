import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitNumbers } from '../../../../../entrypoints/options/contacts/import/split-numbers.ts'
import { numberKey } from '../../../../../shared/number/key.ts'

describe('the numbers in one cell', () => {
  const cells: readonly (readonly [cell: string, country: string, keys: readonly string[]])[] = [
    ['(408) 555-0123', 'US', ['+14085550123']],
    ['(408) 555-0123 (cell)', 'US', ['+14085550123']],
    ['M: +1 408 555 0123', 'US', ['+14085550123']],
    ['Mobile: 408.555.0123, work 408.555.0124', 'US', ['+14085550123', '+14085550124']],
    ['Tel. 1: 408-555-0123, Tel. 2: 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123 / 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123/408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123 or 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123 & 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123 - 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123; 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123\n408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['408-555-0123 | 408-555-0124', 'US', ['+14085550123', '+14085550124']],
    ['4085550123 4085550124', 'US', ['+14085550123', '+14085550124']],
    ['(408) 555-0123 (408) 555-0124', 'US', ['+14085550123', '+14085550124']],
    ['+14085550123+14085550124', 'US', ['+14085550123', '+14085550124']],
    ['+1 408 555 0123 +44 20 7946 0018', 'US', ['+14085550123', '+442079460018']],
    ['604-555-0129 Local 212', 'CA', ['+16045550129']],
    ['604-555-0129 ext. 212', 'CA', ['+16045550129']],
    ['604-555-0129x212', 'CA', ['+16045550129']],
    ['604-555-0129 (212)', 'CA', ['+16045550129']],
    ['6045550129*101', 'CA', ['+16045550129']],
    ['6045550129#101', 'CA', ['+16045550129']],
    ['6045550129,,101#', 'CA', ['+16045550129']],
    ['6045550129p101', 'CA', ['+16045550129']],
    ['tel:+1-604-555-0129;ext=101', 'CA', ['+16045550129']],
    ["'+16045550129", 'CA', ['+16045550129']],
    ['="+16045550129"', 'CA', ['+16045550129']],
    ['030/23125012', 'DE', ['+493023125012']],
    ['030/23125012, 0170/1234567', 'DE', ['+493023125012', '+491701234567']],
    ['0170/1234567/030/23125012', 'DE', ['+491701234567', '+493023125012']],
    ['+49 (0)30 23125012 oder 0170 1234567', 'DE', ['+493023125012', '+491701234567']],
    ['+49 30 23125012 DW 12', 'DE', ['+493023125012']],
    ['030 231250-12', 'DE', ['+493023125012']],
    ['01 99 00 12 34 / 06 39 98 12 34', 'FR', ['+33199001234', '+33639981234']],
    ['33 12 34 56 / 40 12 34 56', 'DK', ['+4533123456', '+4540123456']],
    ['電話:03-1234-5678', 'JP', ['+81312345678']],
    ['03-1234-5678（内線12）', 'JP', ['+81312345678']],
    ['22 555 01 87 wew. 12', 'PL', ['+48225550187']],
    ['Tel: 408-555-0123; Fax: 408-555-0199', 'US', ['+14085550123']],
    ['Fax-Nr. 030 23125099, Tel. 030 23125012', 'DE', ['+493023125012']],
    ['408-555-0199 (fax) 408-555-0123 (cell)', 'US', ['+14085550123']],
    ['408-555-0123 (home), 408-555-0199 fax', 'US', ['+14085550123']],
    ['Tel/Fax: 408-555-0123', 'US', ['+14085550123']],
    ['493023125012.0', 'DE', ['+493023125012']],
    ['4.93023125012E+11', 'DE', ['+493023125012']],
    ['1-800-FLOWERS', 'US', ['+18003569377']],
  ]
  it.each(cells)('%j', (cell, country, keys) => {
    const { numbers, leftovers } = splitNumbers(cell)
    expect(numbers.map((number) => numberKey(number, country).key)).toEqual(keys.map((key) => `tel:${key}`))
    expect(leftovers).toEqual([])
  })

  it.each([
    ['102', '102'],
    ['ext. 102', '102'],
    ['DW 12', '12'],
  ])('%j is an extension', (cell, extension) => {
    expect(splitNumbers(cell)).toEqual({ numbers: [extension], leftovers: [] })
  })

  it.each(['n/a', '*801', '4.93E+11', 'Fax 555', 'room 12 or 14', 'sip:ada@pbx.example.com'])(
    '%j holds no number and comes whole',
    (cell) => {
      expect(splitNumbers(cell)).toEqual({ numbers: [cell], leftovers: [] })
      expect(['raw', 'withheld']).toContain(numberKey(cell, 'US').kind)
    },
  )

  it.each(['408-555-0123, 408-555-0199 (fax) x12', 'Tel. 408-555-0123 Fax 408-555-0199 x12'])(
    'the extension of a fax is nobody’s: %s',
    (cell) => {
      expect(splitNumbers(cell)).toEqual({ numbers: ['408-555-0123'], leftovers: [] })
    },
  )

  it('a fax alone comes whole, so that it is told', () => {
    expect(splitNumbers('Fax: 408-555-0199')).toEqual({ numbers: ['Fax: 408-555-0199'], leftovers: [] })
    expect(numberKey('Fax: 408-555-0199', 'US').kind).toBe('raw')
  })

  it('digits that belong to no number are told', () => {
    expect(splitNumbers('030 23125012/13')).toEqual({ numbers: ['030 23125012'], leftovers: ['13'] })
    expect(splitNumbers('+14085550123, ask for room 4512')).toEqual({ numbers: ['+14085550123'], leftovers: ['4512'] })
  })

  it('never throws, and loses nobody whose cell holds something', () => {
    const sign = fc.constantFrom(...'+()-/.,;:x*#p 0123456789a\n|', '"', "'", '=')
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
        const { numbers, leftovers } = splitNumbers(signs.join(''))
        const hasDigit = signs.some((one) => /\d/.test(one))
        expect(numbers.length + leftovers.length > 0 || !hasDigit).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
