import { expect, test } from 'vitest'
import { createScanSchedule } from '../../../entrypoints/page-numbers/scan-schedule.ts'

test('a change is looked at when the page has been quiet for a moment', () => {
  const schedule = createScanSchedule()
  expect(schedule.waitMs(0)).toBe(150)
  expect(schedule.waitMs(100)).toBe(150)
})

test('a page that is never quiet is looked at all the same', () => {
  const schedule = createScanSchedule()
  const waits = [0, 300, 600, 900, 1000, 1200].map((nowMs) => schedule.waitMs(nowMs))
  expect(waits).toEqual([150, 150, 150, 100, 0, 0])
  schedule.rest(1200, 1)
  expect(schedule.waitMs(1300)).toBe(150)
})

test('a look that took long is followed by a long rest', () => {
  const schedule = createScanSchedule()
  schedule.waitMs(0)
  schedule.rest(500, 200)
  expect(schedule.waitMs(600)).toBe(2900)
  expect(schedule.waitMs(3450)).toBe(50)
})
