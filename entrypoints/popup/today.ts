import { emptyTally, mergeAllTallies, type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import { createCalendar } from '../../shared/metrics/tally-calendar.ts'
import { startOfDay } from '../lib/format.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { PersonStore } from '../lib/store/open.ts'
import { readCallsSince, readDay } from '../lib/store/read.ts'

/** What today adds up to: as it is kept, or counted afresh when the person has just come from another time zone. */
export async function readToday(store: PersonStore): Promise<Tally> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const nowMs = Date.now()
  const day = await readDay(store, createCalendar(timeZone).dayOf(nowMs))
  if (day === undefined) return emptyTally
  if (day.timeZone === timeZone) return mergeAllTallies(day.hours.map(({ tally }) => tally))
  return tallyCalls((await readCallsSince(store, startOfDay(nowMs))).filter(isFinished))
}
