import { describe, expect, it } from 'vitest'
import { plotGrowth } from './plot.ts'

const calls = { name: 'live calls', work: 'for an event', sizes: [10, 1000] }

describe('plotGrowth', () => {
  it('shows the cost of a unit at each size, and how it grew', () => {
    const grown = {
      ...calls,
      costs: [
        [1, 2, 9],
        [3, 4, 5],
      ],
    }
    expect(plotGrowth([grown]).split('\n')).toEqual([
      'live calls, for an event: × 2.00, within n log n',
      `     10  2.00 µs  ${'█'.repeat(16)}`,
      `  1,000  4.00 µs  ${'█'.repeat(32)}`,
    ])
  })

  it.each([
    ['falls', [9], [3]],
    ['flat', [2], [3]],
    ['within n log n', [2], [6]],
    ['WORSE THAN n log n', [2], [6.1]],
  ])('says that a cost is %s', (word, smallest, largest) => {
    expect(plotGrowth([{ ...calls, costs: [smallest, largest] }]).split('\n')[0]).toContain(`, ${word}`)
  })
})
