import type { FinishedCall } from '../../../shared/metrics/tally.ts'
import type { CallRow } from './schema.ts'

export type FinishedRow = CallRow & FinishedCall

/** Whether a call has ended, so that it counts. */
export function isFinished(row: CallRow): row is FinishedRow {
  return row.outcome !== undefined
}
