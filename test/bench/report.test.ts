import { describe, expect, it } from 'vitest'
import type { Figure, Goal } from './figures.ts'
import { isMet, renderTable } from './report.ts'

const atLeast: Goal = { of: 'ratio', atLeast: 0.5 }
const atMost: Goal = { of: 'ratio', atMost: 2 }
const difference: Goal = { of: 'difference', atMost: 5 }
const median: Goal = { of: 'ours', atMost: 10, in: 'median' }
const everyRound: Goal = { of: 'ours', atMost: 10, in: 'every round' }

describe('isMet', () => {
  it.each<[string, Goal, readonly number[], boolean]>([
    ['a ratio that reaches its goal exactly', atLeast, [2, 2, 2], true],
    ['a ratio below its least', atLeast, [1.9, 1.9, 9], false],
    ['a ratio above its most', atMost, [8, 8.1, 8.2], false],
    ['a ratio whose median is fine', atMost, [1, 8, 99], true],
    ['a difference that reaches its goal exactly', difference, [9, 9, 99], true],
    ['a difference above its most', difference, [9, 9.1, 9.2], false],
    ['a value whose median is fine', median, [1, 10, 99], true],
    ['a value that one round exceeds', everyRound, [1, 10, 99], false],
  ])('%s', (_, goal, ours, expected) => {
    const figure: Figure = { name: 'figure', unit: 'ms', ours, floor: [4, 4, 4], goal }
    expect(isMet(figure)).toBe(expected)
  })
})

describe('renderTable', () => {
  it('shows medians, the ratio with its spread, and says what was missed', () => {
    const table = renderTable([
      { name: 'posts', unit: '/s', ours: [9000, 10_000, 12_000], floor: [20_000, 20_000, 20_000], goal: atLeast },
      { name: 'painted, slowest', unit: 'ms', ours: [3, 4, 12.5], floor: [2, 2, 5], goal: everyRound },
    ])
    expect(table.split('\n')).toEqual([
      'figure                ours     floor  ratio     spread     goal',
      '───────────────────────────────────────────────────────────────────────',
      'posts             10,000/s  20,000/s   0.50  0.45–0.60  ≥ 0.5 ×  met',
      'painted, slowest  12.50 ms   5.00 ms   2.00  1.50–2.50  ≤ 10 ms  MISSED',
    ])
  })
})
