import type { FinishedCall } from '../../../shared/metrics/tally.ts'
import type { CallRow } from './schema.ts'

export type FinishedRow = CallRow & FinishedCall

/** Whether a row is a call that has ended, so that it counts; a part of one counts with that. */
export function isFinished(row: CallRow): row is FinishedRow {
  return row.outcome !== undefined && row.part === undefined
}
