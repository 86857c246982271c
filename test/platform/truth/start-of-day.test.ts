import { expect, test } from 'vitest'
import { startOfDay } from './start-of-day.ts'

test.each([
  ['2026-03-10T16:00:12.345Z', 'America/Los_Angeles', '2026-03-10T07:00:00.000Z'],
  ['2026-03-10T06:59:59.999Z', 'America/Los_Angeles', '2026-03-09T07:00:00.000Z'],
  ['2026-03-08T20:00:00.000Z', 'America/Los_Angeles', '2026-03-08T08:00:00.000Z'],
  ['2026-11-01T20:00:00.000Z', 'America/Los_Angeles', '2026-11-01T07:00:00.000Z'],
  ['2026-03-10T16:00:00.000Z', 'Asia/Kolkata', '2026-03-09T18:30:00.000Z'],
])('the day of %s in %s began at %s', (at, timeZone, began) => {
  expect(new Date(startOfDay(Date.parse(at), timeZone)).toISOString()).toBe(began)
})
