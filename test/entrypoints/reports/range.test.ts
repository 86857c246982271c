import { describe, expect, it } from 'vitest'
import {
  addDays,
  countDays,
  earlierOf,
  isDay,
  laterOf,
  listDays,
  mondayOf,
  startOfDayMs,
} from '../../../entrypoints/reports/days.ts'
import { resolveRange } from '../../../entrypoints/reports/range.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { HOUR_MS } from '../../../shared/time.ts'

const berlin = createCalendar('Europe/Berlin')

describe('days', () => {
  it.each([
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', 1, '2026-10-26'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected)
  })

  it('are counted with both ends', () => {
    expect(countDays('2026-03-28', '2026-03-30')).toBe(3)
    expect(listDays('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  })

  it('are the earlier and the later of two', () => {
    expect([earlierOf('2026-02-01', '2026-01-31'), laterOf('2026-02-01', '2026-01-31')]).toEqual([
      '2026-01-31',
      '2026-02-01',
    ])
    expect([earlierOf('2026-01-31', '2026-02-01'), laterOf('2026-01-31', '2026-02-01')]).toEqual([
      '2026-01-31',
      '2026-02-01',
    ])
  })

  it.each([
    ['2026-11-16', '2026-11-16'],
    ['2026-11-22', '2026-11-16'],
    ['2026-01-01', '2025-12-29'],
  ])('the week of %s begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday)
  })

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '', '2026-01-01T00:00'])('%j is none', (text) => {
    expect(isDay(text)).toBe(false)
  })

  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01', '2026-11-01T07:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-01', '2026-05-31T18:15:00.000Z'],
    // Clocks went forward at midnight: the day begins at one o'clock.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-06-01', '2026-05-31T10:00:00.000Z'],
  ])('in %s %s begins at %s', (timeZone, day, expected) => {
    expect(new Date(startOfDayMs(day, createCalendar(timeZone))).toISOString()).toBe(expected)
  })
})

describe('a range', () => {
  it.each([
    ['today', '2026-11-22', '2026-11-21', '2026-11-21'],
    ['7d', '2026-11-16', '2026-11-09', '2026-11-15'],
    ['30d', '2026-10-24', '2026-09-24', '2026-10-23'],
    ['year', '2025-11-23', '2024-11-23', '2025-11-22'],
  ] as const)('%s begins on %s and is compared with %s to %s', (kind, fromDay, beforeFrom, beforeTo) => {
    const { now, before } = resolveRange({ kind }, '2026-11-22', berlin)
    expect([now.fromDay, now.toDay, before.fromDay, before.toDay]).toEqual([
      fromDay,
      '2026-11-22',
      beforeFrom,
      beforeTo,
    ])
    expect(before.toMs).toBe(now.fromMs)
  })

  it('has the hours that its days have, also where clocks change', () => {
    const own = (fromDay: string, toDay: string) => resolveRange({ kind: 'own', fromDay, toDay }, '2026-11-22', berlin)
    const spring = own('2026-03-29', '2026-03-29')
    expect(spring.now.toMs - spring.now.fromMs).toBe(23 * HOUR_MS)
    expect(spring.before.toMs - spring.before.fromMs).toBe(24 * HOUR_MS)
    const autumn = own('2026-10-25', '2026-10-25')
    expect(autumn.now.toMs - autumn.now.fromMs).toBe(25 * HOUR_MS)
  })
})
