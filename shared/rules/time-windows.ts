import { createCalendar } from '../metrics/tally-calendar.ts'
import { DAY_MS, MINUTE_MS } from '../time.ts'
import { type TimeWindow, WEEKDAYS } from './rule.ts'

/**
 * The days and times of rules by the clock on the wall of one time zone. An hour that the clock leaves out never comes, and a window in
 * it begins when the clock is past its beginning; an hour that is repeated is there twice.
 */
export interface WallClock {
  /** Whether a moment lies in one of the windows. */
  isWithin(windows: readonly TimeWindow[], atMs: number): boolean
  /** When it is worth looking again, for a moment that lies in none of them: not after the next one begins. */
  nextLookMs(windows: readonly TimeWindow[], atMs: number): number
}

const DAY_MINUTES = DAY_MS / MINUTE_MS
/** Wherever clocks are changed, they are at a full quarter of an hour (UTC): between two of those they run as usual. */
const QUARTER_MS = 15 * MINUTE_MS
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = WEEKDAYS.indexOf('thu')

/** `timeZone` is an IANA name; throws a `RangeError` for one that does not exist. */
export function createWallClock(timeZone: string): WallClock {
  const { wallMsOf } = createCalendar(timeZone)
  return {
    isWithin(windows, atMs) {
      const wallMs = wallMsOf(atMs)
      const day = Math.floor(wallMs / DAY_MS)
      const minute = (wallMs - day * DAY_MS) / MINUTE_MS
      return windows.some((window) => isIn(window, day, minute))
    },
    nextLookMs(windows, atMs) {
      const minute = (wallMsOf(atMs) / MINUTE_MS) % DAY_MINUTES
      const nextQuarterMs = (Math.floor(atMs / QUARTER_MS) + 1) * QUARTER_MS
      const beginnings = windows.map(({ fromMinute }) => {
        const minutes = (fromMinute - minute + DAY_MINUTES) % DAY_MINUTES
        return atMs + (minutes === 0 ? DAY_MINUTES : minutes) * MINUTE_MS
      })
      return Math.ceil(Math.min(nextQuarterMs, ...beginnings))
    },
  }
}

function isIn({ days, fromMinute, toMinute }: TimeWindow, day: number, minute: number): boolean {
  const isPastMidnight = toMinute <= fromMinute
  if (hasDay(days, day) && minute >= fromMinute && (isPastMidnight || minute < toMinute)) return true
  return isPastMidnight && hasDay(days, day - 1) && minute < toMinute
}

/** `day`: days since the epoch. */
function hasDay(days: TimeWindow['days'], day: number): boolean {
  const weekday = WEEKDAYS[(((day + EPOCH_WEEKDAY) % 7) + 7) % 7]
  return weekday !== undefined && days.has(weekday)
}
