import { isToReturn } from '../../../shared/call/missed.ts'
import { findReturned } from '../../../shared/metrics/returned.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { isFinished } from '../../lib/store/finished.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/**
 * The moment of the day at which the person wants to hear of calls that they missed, ms since the epoch, in their time zone.
 * Minutes are those of the clock on the wall, also on a day on which it is changed.
 */
export function dayEnd(nowMs: number, minuteOfDay: number): number {
  return new Date(nowMs).setHours(0, minuteOfDay, 0, 0)
}

/** The same on the day after. */
export function nextDayEnd(nowMs: number, minuteOfDay: number): number {
  const next = new Date(dayEnd(nowMs, minuteOfDay))
  next.setDate(next.getDate() + 1)
  return Math.max(next.getTime(), nowMs + MINUTE_MS)
}

/** How many of these calls wait to be returned and still could be: a withheld number can't be called. */
export function countUnreturned(rows: readonly CallRow[], withVoicemails: boolean): number {
  const finished = rows.filter(isFinished)
  const returned = findReturned(finished)
  const isWaiting = (row: CallRow) => row.numberKey !== undefined && !returned.has(row.telephonySessionId)
  return finished.filter((row) => isToReturn(row, withVoicemails) && isWaiting(row)).length
}
