import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow as buildFinishedRow } from '../../lib/store/row.ts'

export const ADA_KEY = 'tel:+14085550123'

/** A call from Ada that rings, changed as asked. */
export function buildRow(fields: Partial<CallRow> & Pick<CallRow, 'telephonySessionId' | 'startedMs'>): CallRow {
  return buildFinishedRow({
    phase: 'ringing',
    phaseSinceMs: fields.startedMs,
    phoneNumber: '+14085550123',
    numberKey: ADA_KEY,
    outcome: undefined,
    isFolded: undefined,
    ...fields,
  })
}

/** The same with a number that is withheld. */
export function withholdNumber({ numberKey: _, ...row }: CallRow): CallRow {
  return { ...row, phoneNumber: undefined }
}
