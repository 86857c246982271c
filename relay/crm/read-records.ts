import type { CrmRecordsAnswer } from '../../shared/protocol/http/crm.ts'
import type { Records } from '../log/records.ts'
import { countStates, sortRows } from './crm.ts'
import type { CrmRow } from './outbox/row.ts'
import { describeRow } from './record-json.ts'

/** How all calls stand on their way into the CRM, for who administers the relay. `sinceMs`: their start, ms since the epoch. */
export async function readCrmRecords(records: Pick<Records, 'list'>, sinceMs: number): Promise<CrmRecordsAnswer> {
  // They were written by a relay like this one.
  const all = (await records.list('crm/row/')).map((text) => JSON.parse(text) as CrmRow)
  const rows = all.filter(({ call }) => call.startedMs >= sinceMs)
  const names = { nameOf: () => undefined, hindranceOf: () => undefined }
  return { records: sortRows(rows).map((row) => describeRow(row, names)), counts: countStates(rows) }
}
