import { describe, expect, it } from 'vitest'
import { median, percentile, ratios } from './statistics.ts'

describe('median', () => {
  it.each([
    ['one value', [7], 7],
    ['an odd number of values, in any order', [9, 1, 5], 5],
    ['an even number of values', [10, 1, 4, 2], 3],
    ['values whose text would sort otherwise', [10, 9, 100], 10],
  ])('of %s', (_, values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow('not an empty one')
  })
})

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it.each([
    ['p50', 0.5, 50],
    ['p99', 0.99, 99],
    ['the largest', 1, 100],
    ['the smallest', 0, 1],
  ])('%s of 1 to 100', (_, share, expected) => {
    expect(percentile(hundred, share)).toBe(expected)
  })

  it('never lies between two values', () => {
    expect(percentile([1, 2], 0.5)).toBe(1)
    expect(percentile([1, 2], 0.51)).toBe(2)
  })
})

describe('ratios', () => {
  it('divides value by value', () => {
    expect(ratios([1, 9], [2, 3])).toEqual([0.5, 3])
  })

  it('refuses lists of different lengths', () => {
    expect(() => ratios([1, 2], [1])).toThrow('not 2 and 1')
  })
})
