import { describe, expect, it } from 'vitest'
import { NEWEST_FIRST, sortNext } from '../../../../entrypoints/reports/list/columns.ts'
import { type SortValue, sortBy } from '../../../../entrypoints/reports/list/sort.ts'

const sorted = (values: readonly SortValue[], isDescending = false, language = 'en') =>
  sortBy(
    values.map((value, index) => ({ value, index })),
    { by: 'who', isDescending },
    ({ value }) => value,
    language,
  )

describe('calls in order', () => {
  it.each<[string, readonly SortValue[], readonly SortValue[]]>([
    ['numbers as numbers', [10, 9, 100], [9, 10, 100]],
    ['words as the language has them', ['Zoë', 'ädam', 'Berta', 'Adam'], ['Adam', 'ädam', 'Berta', 'Zoë']],
    ['digits in words as numbers', ['Queue 10', 'Queue 9'], ['Queue 9', 'Queue 10']],
    ['what is not there last', [undefined, 'b', undefined, 'a'], ['a', 'b', undefined, undefined]],
  ])('puts %s', (_name, values, expected) => {
    expect(sorted(values).map(({ value }) => value)).toEqual(expected)
  })

  it('puts what is not there last the other way round as well', () => {
    expect(sorted([1, undefined, 2], true).map(({ value }) => value)).toEqual([2, 1, undefined])
  })

  it('leaves what is equal as it was, either way', () => {
    for (const isDescending of [false, true]) {
      expect(sorted(['a', 'A', 'a'], isDescending).map(({ index }) => index)).toEqual([0, 1, 2])
    }
  })
})

describe('a click on the head of a column', () => {
  it('begins with the most of an amount and with the first of words', () => {
    expect(sortNext(NEWEST_FIRST, 'hold')).toEqual({ by: 'hold', isDescending: true })
    expect(sortNext(NEWEST_FIRST, 'who')).toEqual({ by: 'who', isDescending: false })
  })

  it('turns the order round the second time', () => {
    expect(sortNext(NEWEST_FIRST, 'when')).toEqual({ by: 'when', isDescending: false })
    expect(sortNext(sortNext(NEWEST_FIRST, 'who'), 'who')).toEqual({ by: 'who', isDescending: true })
  })
})
