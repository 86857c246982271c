import { describe, expect, it } from 'vitest'
import { selectDay } from '../../../shared/live/day.ts'
import { HOUR_MS } from '../../../shared/time.ts'

describe('the day of an account', () => {
  it.each([
    ['America/Los_Angeles', '2026-11-29T21:00:00Z', '2026-11-29T08:00:00.000Z', 24],
    ['Europe/Berlin', '2026-11-29T23:00:00Z', '2026-11-29T23:00:00.000Z', 24],
    ['Europe/Berlin', '2026-11-29T22:59:59.999Z', '2026-11-28T23:00:00.000Z', 24],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
    ['Asia/Kathmandu', '2026-06-01T12:00:00Z', '2026-05-31T18:15:00.000Z', 24],
    ['UTC', '2026-06-01T00:00:00Z', '2026-06-01T00:00:00.000Z', 24],
  ])('B8 in %s at %s began at %s and has %i hours', (timeZone, now, since, hours) => {
    const { sinceMs, untilMs } = selectDay(Date.parse(now), timeZone)
    expect(new Date(sinceMs).toISOString()).toBe(since)
    expect((untilMs - sinceMs) / HOUR_MS).toBe(hours)
  })

  it('is of a zone that exists', () => {
    expect(() => selectDay(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})
