import { createCalendar } from '../metrics/tally-calendar.ts'
import { HOUR_MS } from '../time.ts'

/** No day is longer, also where clocks go back. */
const LONGEST_DAY_MS = 26 * HOUR_MS

/**
 * When the day began in which a moment lies where the account is, and when the next begins; ms since the epoch. `timeZone` is an
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

/** The first moment after `fromMs` at which a condition holds that holds from then on; it does at `toMs`. */
function findFirst(fromMs: number, toMs: number, holds: (ms: number) => boolean): number {
  let [low, high] = [fromMs, toMs]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
