import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { HOUR_MS } from '../../../shared/time.ts'

/** Moments around which clocks change, or a day begins at an odd time. */
const moments: readonly (readonly [timeZone: string, instant: string, day: string, hour: number])[] = [
  ['Europe/Berlin', '2026-03-28T22:59:59.999Z', '2026-03-28', 23],
  ['Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29', 0],
  ['Europe/Berlin', '2026-03-29T00:59:59.999Z', '2026-03-29', 1],
  ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29', 3],
  ['Europe/Berlin', '2026-03-29T22:00:00.000Z', '2026-03-30', 0],
  ['Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25', 2],
  ['Europe/Berlin', '2026-10-25T01:30:00.000Z', '2026-10-25', 2],
  ['Europe/Berlin', '2026-10-25T22:59:59.999Z', '2026-10-25', 23],
  ['America/New_York', '2026-03-08T06:59:59.999Z', '2026-03-08', 1],
  ['America/New_York', '2026-03-08T07:00:00.000Z', '2026-03-08', 3],
  ['America/New_York', '2026-11-01T05:59:59.999Z', '2026-11-01', 1],
  ['America/New_York', '2026-11-01T06:00:00.000Z', '2026-11-01', 1],
  ['America/New_York', '2026-11-02T04:59:59.999Z', '2026-11-01', 23],
  ['Australia/Lord_Howe', '2026-04-04T14:59:59.999Z', '2026-04-05', 1],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', '2026-04-05', 1],
  ['Australia/Lord_Howe', '2026-04-04T15:29:59.999Z', '2026-04-05', 1],
  ['Australia/Lord_Howe', '2026-04-04T15:30:00.000Z', '2026-04-05', 2],
  ['Australia/Lord_Howe', '2026-10-03T15:29:59.999Z', '2026-10-04', 1],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00.000Z', '2026-10-04', 2],
  ['Asia/Kathmandu', '2026-06-14T18:14:59.999Z', '2026-06-14', 23],
  ['Asia/Kathmandu', '2026-06-14T18:15:00.000Z', '2026-06-15', 0],
  ['Africa/Monrovia', '1972-01-07T00:44:29.999Z', '1972-01-06', 23],
  ['Africa/Monrovia', '1972-01-07T00:44:30.000Z', '1972-01-07', 0],
  ['UTC', '2026-06-14T00:00:00.000Z', '2026-06-14', 0],
]

describe('the calendar', () => {
  it.each(moments)('of %s has %s on %s at %i', (timeZone, instant, day, hour) => {
    const calendar = createCalendar(timeZone)
    expect([calendar.dayOf(Date.parse(instant)), calendar.hourOf(Date.parse(instant))]).toEqual([day, hour])
  })

  it('is that of the platform, near the changes of clocks as well', () => {
    const zones = [...new Set(moments.map(([timeZone]) => timeZone)), 'America/St_Johns', 'Africa/Casablanca']
    const anyMoment = fc.oneof(
      fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 0, 1) }),
      fc
        .tuple(fc.constantFrom(...moments.map(([, instant]) => Date.parse(instant))), fc.integer({ min: -2, max: 2 }))
        .chain(([ms, hours]) => fc.nat(HOUR_MS).map((rest) => ms + hours * HOUR_MS + rest)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.array(anyMoment, { minLength: 1, maxLength: 20 }), (timeZone, all) => {
        const calendar = createCalendar(timeZone)
        for (const ms of all) expect([calendar.dayOf(ms), calendar.hourOf(ms)]).toEqual(askPlatform(timeZone, ms))
      }),
      { numRuns: 300 },
    )
  })

  it('has other rules where moments get another day or hour, and the same where none does', () => {
    const rulesOf = (timeZone: string) => createCalendar(timeZone).rules
    const places = [
      'UTC',
      'Europe/Berlin',
      'Europe/London',
      'Africa/Casablanca',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    ]
    expect(new Set(places.map(rulesOf)).size).toBe(places.length)
    expect(rulesOf('Europe/Berlin')).toBe(rulesOf('Europe/Berlin'))
    expect(rulesOf('Europe/Stockholm')).toBe(rulesOf('Europe/Berlin'))
  })

  it('says what a time zone should be', () => {
    expect(() => createCalendar('Mars/Phobos')).toThrow(
      '"Mars/Phobos" is no time zone: it should be an IANA name such as Europe/Berlin',
    )
  })
})

function askPlatform(timeZone: string, ms: number): readonly [day: string, hour: number] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  })
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return [`${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`, Number(parts.get('hour'))]
}
