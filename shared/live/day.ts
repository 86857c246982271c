import { createCalendar } from '../metrics/tally-calendar.ts'
import { HOUR_MS } from '../time.ts'

/** No day is longer, also where clocks go back. */
const LONGEST_DAY_MS = 26 * HOUR_MS

/**
 * The day of a moment in the account's time zone: when it began and when the next one begins, ms since the epoch. `timeZone` is an
 * IANA name; throws a `RangeError` for one that does not exist.
 */
export function selectDay(nowMs: number, timeZone: string): { readonly sinceMs: number; readonly untilMs: number } {
  const { dayOf } = createCalendar(timeZone)
  const day = dayOf(nowMs)
  return {
    sinceMs: findFirst(nowMs - LONGEST_DAY_MS, nowMs, (ms) => dayOf(ms) === day),
    untilMs: findFirst(nowMs, nowMs + LONGEST_DAY_MS, (ms) => dayOf(ms) !== day),
  }
}

/** The first moment after `fromMs` at which a condition becomes true. It must be true at `toMs` and never turn false again. */
function findFirst(fromMs: number, toMs: number, holds: (ms: number) => boolean): number {
  let [low, high] = [fromMs, toMs]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
