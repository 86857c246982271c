import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow as buildFinishedRow } from '../../lib/store/row.ts'

/** A ringing call of somebody outside, as the store has it; a test changes one thing. */
export function buildRow(changes: Partial<CallRow> = {}): CallRow {
  return buildFinishedRow({
    telephonySessionId: 's-1',
    phase: 'ringing',
    name: 'Ada Winter',
    phoneNumber: '+14085550123',
    numberKey: 'tel:+14085550123',
    outcome: undefined,
    active: 1,
    ...changes,
  })
}
