import { describe, expect, it } from 'vitest'
import { readPageKeys } from '../../../../entrypoints/background/crm/page-keys.ts'
import { describeSearch } from '../../../../entrypoints/background/crm/search-terms.ts'
import type { NumberCandidate } from '../../../../entrypoints/lib/contract/ports.ts'

describe('the numbers that a page shows', () => {
  const rows: readonly (readonly [
    text: string,
    source: NumberCandidate['source'],
    country: string,
    keys: readonly string[],
  ])[] = [
    ['(408) 555-0123', 'text', 'US', ['tel:+14085550123']],
    ['+1 408 555 0123', 'text', 'DE', ['tel:+14085550123']],
    ['(408) 555-0123 ext. 12', 'text', 'US', ['tel:+14085550123']],
    ['0711 1234567', 'text', 'DE', ['tel:+497111234567']],
    ['(408) 555-0123', 'link', 'US', ['tel:+14085550123']],
    ['102', 'link', 'US', ['ext:102']],
    ['0102', 'field', 'US', ['ext:0102']],
    ['+14085550123,,12#', 'link', 'US', ['tel:+14085550123']],
    ['+14085550123*12', 'link', 'US', ['tel:+14085550123']],
    ['(408) 555-0123 x12', 'field', 'US', ['tel:+14085550123']],
    ['anonymous', 'field', 'US', []],
    ['Private Number', 'field', 'US', []],
    // An order number, a date, and a number that nobody can have: as text they are not taken for numbers.
    ['000-000-0000', 'text', 'US', []],
    ['2024-11-03', 'text', 'US', []],
    ['1234567890', 'text', 'US', []],
    ['5550123', 'text', 'US', []],
  ]
  it.each(rows)('%s as %s in %s', (text, source, country, keys) => {
    expect([...readPageKeys([{ text, source }], country)]).toEqual(keys)
  })

  it.each([
    '408-555-0123 / 408-555-0124',
    '408-555-0123; 408-555-0124',
    'Home: 408-555-0123, work: 408-555-0124',
    '4085550123,4085550124',
  ])('are several where a field has several: %s', (text) => {
    const keys = readPageKeys([{ text, source: 'field' }], 'US')
    expect([...keys].filter((key) => key.startsWith('tel:'))).toEqual(['tel:+14085550123', 'tel:+14085550124'])
  })

  it('are several where a word between two could be dialled', () => {
    const keys = readPageKeys([{ text: '800-555-0123 and 800-555-0124', source: 'field' }], 'US')
    expect([...keys].filter((key) => key.startsWith('tel:'))).toEqual(['tel:+18005550123', 'tel:+18005550124'])
  })

  it('are read to the end at the next look where a page has too many at once', () => {
    const rows = Array.from({ length: 400 }, (_, index) => ({
      text: `${'12 34 56 78 90 '.repeat(7)}${100 + index}`,
      source: 'text' as const,
    }))
    const candidates = [...rows, { text: '(408) 555-0177', source: 'text' as const }]
    expect(readPageKeys(candidates, 'DK').has('tel:+14085550177')).toBe(false)
    for (let look = 0; look < 100 && !readPageKeys(candidates, 'US').has('tel:+14085550177'); look++);
    expect(readPageKeys(candidates, 'US').has('tel:+14085550177')).toBe(true)
  })

  it('are each there once', () => {
    const spellings = ['+14085550123', '(408) 555-0123', '1-408-555-0123']
    const candidates = spellings.map((text) => ({ text, source: 'text' as const }))
    expect([...readPageKeys(candidates, 'US')]).toEqual(['tel:+14085550123'])
  })
})

describe('how a CRM can be searched for somebody', () => {
  it.each([
    ['+14085550123', 'US', { e164: '+14085550123', national: '(408) 555-0123', digits: '4085550123' }],
    ['+442079460018', 'US', { e164: '+442079460018', national: '+44 20 7946 0018', digits: '2079460018' }],
    ['+497111234567', 'DE', { e164: '+497111234567', national: '0711 1234567', digits: '7111234567' }],
    ['102', 'US', { e164: undefined, national: undefined, digits: undefined }],
    ['*67', 'US', { e164: undefined, national: undefined, digits: undefined }],
    [undefined, 'US', { e164: undefined, national: undefined, digits: undefined }],
  ])('%s in %s', (phoneNumber, country, terms) => {
    expect(describeSearch({ phoneNumber, name: 'Ada Winter' }, country)).toEqual({ ...terms, name: 'Ada Winter' })
  })
})
