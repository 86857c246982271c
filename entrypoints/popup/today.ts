import { mergeAllTallies, type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import { HOUR_MS } from '../../shared/time.ts'
import { type DayContext, describeCounting } from '../lib/store/day-context.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsSince, readDay } from '../lib/store/read.ts'

/** Where clocks go back, a day is longer than a day. */
const LONGEST_DAY_MS = 26 * HOUR_MS

/** What today adds up to: as it is kept, or counted from the calls while the days that are kept are of another time zone. */
export async function readToday(store: ReadableStore, context: DayContext, nowMs: number): Promise<Tally> {
  const { dayOf } = context.calendar
  const today = dayOf(nowMs)
  const stored = await readDay(store, today)
  if (stored?.countedBy === describeCounting(context)) return mergeAllTallies(stored.hours.map(({ tally }) => tally))
  const recent = await readCallsSince(store, nowMs - LONGEST_DAY_MS)
  return tallyCalls(recent.filter(isFinished).filter(({ startedMs }) => dayOf(startedMs) === today))
}
