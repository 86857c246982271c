import { expect, test } from 'vitest'
import { createPatience } from '../../../entrypoints/page-numbers/patience.ts'

test('a change is looked at when the page has been quiet for a moment', () => {
  const patience = createPatience()
  expect(patience.waitMs(0)).toBe(150)
  expect(patience.waitMs(100)).toBe(150)
})

test('a page that is never quiet is looked at all the same', () => {
  const patience = createPatience()
  const waits = [0, 300, 600, 900, 1000, 1200].map((nowMs) => patience.waitMs(nowMs))
  expect(waits).toEqual([150, 150, 150, 100, 0, 0])
  patience.rest(1200, 1)
  expect(patience.waitMs(1300)).toBe(150)
})

test('a look that took long is followed by a long rest', () => {
  const patience = createPatience()
  patience.waitMs(0)
  patience.rest(500, 200)
  expect(patience.waitMs(600)).toBe(2900)
  expect(patience.waitMs(3450)).toBe(50)
})
