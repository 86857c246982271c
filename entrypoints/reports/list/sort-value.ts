import { timeField } from '../../../shared/metrics/figures.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { Column } from './columns.ts'
import { nameOutcome } from './name-outcome.ts'
import type { SortValue } from './sort.ts'

/** The sort key of a call in a column: what the column shows, times to the millisecond. */
export function sortValueOf(row: CallRow, column: Column, notes: ReadonlyMap<string, CallNote>): SortValue {
  switch (column) {
    case 'when':
      return row.startedMs
    case 'direction':
      return row.direction
    case 'who':
      return row.name ?? row.phoneNumber
    case 'queue':
      return row.queueName
    case 'outcome':
      return nameOutcome(row)
    case 'note': {
      const note = notes.get(row.telephonySessionId)
      return note?.text || note?.tags.join(' ') || undefined
    }
    default:
      return row[timeField(column)]
  }
}
