import type { FinishedCall } from '../../shared/metrics/tally.ts'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { type Result, resultOf } from './result.ts'

/** A call that has ended, with what it is grouped by. */
export interface ReportCall {
  readonly row: CallRow & FinishedCall
  /** The day on which it began, `2026-03-29`, in the agent's time zone. */
  readonly day: string
  /** The hour of that day, 0 to 23. */
  readonly hour: number
  readonly result: Result
}

/** What is still going on counts when it has ended. */
export function describeCalls(rows: readonly CallRow[], calendar: Calendar): readonly ReportCall[] {
  return rows.filter(isFinished).map((row) => ({
    row,
    day: calendar.dayOf(row.startedMs),
    hour: calendar.hourOf(row.startedMs),
    result: resultOf(row),
  }))
}
