import { expect, it } from 'vitest'
import { createCatchUp } from '../../../../entrypoints/background/stream/catch-up.ts'

it('tells how far it is, at every percent and not more often', () => {
  const told: (number | undefined)[] = []
  const catchUp = createCatchUp(() => told.push(catchUp.progress()))
  expect(catchUp.progress()).toBe(undefined)
  catchUp.begin(1000, 3000)
  expect(catchUp.progress()).toBe(0)
  for (const position of [1005, 1010, 1020, 2000, 1500]) catchUp.reach(position)
  expect(told).toEqual([0.01, 0.5])
  catchUp.reach(9000)
  expect(catchUp.progress()).toBe(1)
})

it('is nothing when nothing was missed', () => {
  const catchUp = createCatchUp(() => undefined)
  catchUp.begin(7, 7)
  expect(catchUp.progress()).toBe(undefined)
  catchUp.begin(7, 3)
  expect(catchUp.progress()).toBe(undefined)
})
