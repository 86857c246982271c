import { expect, it } from 'vitest'
import { listSegments } from '../../../entrypoints/ui/call/segments.ts'
import { sumFigure } from '../../../shared/metrics/figure.ts'

const figure = (...stretches: readonly (readonly [fromMs: number, toMs: number])[]) =>
  sumFigure(
    stretches.map(([fromMs, toMs]) => ({
      from: { sequence: undefined, code: 'a', timeMs: fromMs },
      to: { sequence: undefined, code: 'b', timeMs: toMs },
    })),
  )

it('draws ring, talk and hold in the order in which they were, and what lies between', () => {
  const figures = { ring: figure([0, 7]), talk: figure([7, 11], [13, 20]), hold: figure([11, 13], [30, 32]) }
  expect(listSegments(figures)).toEqual([
    { name: 'ring', fromMs: 0, ms: 7 },
    { name: 'talk', fromMs: 7, ms: 4 },
    { name: 'hold', fromMs: 11, ms: 2 },
    { name: 'talk', fromMs: 13, ms: 7 },
    { name: 'other', fromMs: 20, ms: 10 },
    { name: 'hold', fromMs: 30, ms: 2 },
  ])
})

it('draws no moment twice, and nothing of no length', () => {
  const figures = { ring: figure([0, 10], [4, 12]), talk: figure([12, 12]), hold: figure() }
  expect(listSegments(figures)).toEqual([
    { name: 'ring', fromMs: 0, ms: 10 },
    { name: 'ring', fromMs: 10, ms: 2 },
  ])
  expect(listSegments({ ring: figure(), talk: figure(), hold: figure() })).toEqual([])
})
