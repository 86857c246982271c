import { describe, expect, it } from 'vitest'
import type { TimeWindow } from '../../../shared/rules/rule.ts'
import { createWallClock } from '../../../shared/rules/time-windows.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { buildWindow } from '../../support/rules.ts'

const WORKDAYS = new Set(['mon', 'tue', 'wed', 'thu', 'fri'] as const)
const berlin = createWallClock('Europe/Berlin')

describe('the windows of rules', () => {
  it.each<readonly [string, TimeWindow, string, boolean]>([
    ['at its first minute', buildWindow('08:00', '18:00'), '2026-03-02T08:00:00+01:00', true],
    ['a moment before', buildWindow('08:00', '18:00'), '2026-03-02T07:59:59.999+01:00', false],
    ['in its last minute', buildWindow('08:00', '18:00'), '2026-03-02T17:59:59.999+01:00', true],
    ['at its end', buildWindow('08:00', '18:00'), '2026-03-02T18:00:00+01:00', false],
    ['by the clock of the place', buildWindow('08:00', '18:00'), '2026-03-02T07:30:00Z', true],
    ['on another day', buildWindow('08:00', '18:00', WORKDAYS), '2026-03-01T10:00:00+01:00', false],
    ['to the end of the day', buildWindow('22:00', '24:00'), '2026-03-02T23:59:59+01:00', true],
    ['after the end of the day', buildWindow('22:00', '24:00'), '2026-03-03T00:00:00+01:00', false],
    ['over midnight, before it', buildWindow('22:00', '06:00', WORKDAYS), '2026-03-06T23:00:00+01:00', true],
    [
      'over midnight, in the morning after a day of its own',
      buildWindow('22:00', '06:00', WORKDAYS),
      '2026-03-07T05:59:00+01:00',
      true,
    ],
    [
      'over midnight, in the morning after another day',
      buildWindow('22:00', '06:00', WORKDAYS),
      '2026-03-02T05:59:00+01:00',
      false,
    ],
    ['over midnight, at noon', buildWindow('22:00', '06:00'), '2026-03-03T12:00:00+01:00', false],
    ['round the clock', buildWindow('09:00', '09:00'), '2026-03-03T08:59:00+01:00', true],
  ])('hold or do not: %s', (_, window, at, isWithin) => {
    expect(berlin.isWithin([window], Date.parse(at))).toBe(isWithin)
    expect(berlin.isWithin([buildWindow('03:00', '03:01', new Set()), window], Date.parse(at))).toBe(isWithin)
  })

  it('have no moment in an hour that the clock leaves out', () => {
    const window = [buildWindow('02:15', '02:45')]
    const fromMs = Date.parse('2026-03-29T00:00:00Z')
    const within = Array.from({ length: 180 }, (_, minute) => berlin.isWithin(window, fromMs + minute * MINUTE_MS))
    expect(within).not.toContain(true)
  })

  it('begin after the gap when they begin in it', () => {
    const window = [buildWindow('02:30', '05:00')]
    const gapMs = Date.parse('2026-03-29T01:00:00Z')
    expect(berlin.isWithin(window, gapMs - 1)).toBe(false)
    expect(berlin.isWithin(window, gapMs)).toBe(true)
    expect(berlin.nextLookMs(window, gapMs - 5 * MINUTE_MS)).toBe(gapMs)
  })

  it('are there twice in an hour that comes twice', () => {
    const window = [buildWindow('02:15', '02:45')]
    const fromMs = Date.parse('2026-10-25T00:00:00Z')
    const minutes = Array.from({ length: 120 }, (_, minute) => minute)
    const within = minutes.filter((minute) => berlin.isWithin(window, fromMs + minute * MINUTE_MS))
    expect(within).toEqual(minutes.filter((minute) => minute % 60 >= 15 && minute % 60 < 45))
  })

  it.each(['Europe/Berlin', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'are looked at again before each opening, all over a change of the clocks: %s',
    (timeZone) => {
      const clock = createWallClock(timeZone)
      const windows = [buildWindow('00:40', '02:10'), buildWindow('02:20', '02:35', new Set(['sun']))]
      for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
        const fromMs = Date.parse(`${day}T00:00:00Z`) - 14 * HOUR_MS
        for (let ms = fromMs; ms < fromMs + 38 * HOUR_MS; ms += 5 * MINUTE_MS) {
          if (clock.isWithin(windows, ms)) continue
          const lookMs = clock.nextLookMs(windows, ms)
          expect(lookMs).toBeGreaterThan(ms)
          for (let minuteMs = ms + MINUTE_MS; minuteMs < lookMs; minuteMs += MINUTE_MS)
            expect(clock.isWithin(windows, minuteMs)).toBe(false)
        }
      }
    },
  )
})
