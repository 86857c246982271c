import type { FinishedCall } from '../../../shared/metrics/tally.ts'
import type { CallRow } from './schema.ts'

/** Whether a call has ended, so that it counts. */
export function isFinished(row: CallRow): row is CallRow & FinishedCall {
  return row.outcome !== undefined
}
