import { CRM_STATES, type CrmRecordsAnswer } from '../../shared/protocol/http/crm.ts'
import type { Administration } from './administration.ts'
import type { SinceOptions } from './since-options.ts'
import { formatTable, printable } from './table.ts'

const HEAD = ['STARTED', 'STATE', 'TRIES', 'DIRECTION', 'NUMBER', 'CONTACT', 'CALL', 'WHY']

/** Calls on their way into the CRM as lines of a table with a sum below, or as JSON: `{"records":[…],"counts":{…}}`. */
export async function printCrm(
  administration: Pick<Administration, 'crmRecords'>,
  { sinceMs: ageMs, isJson }: SinceOptions,
): Promise<readonly string[]> {
  const answer = await administration.crmRecords(Date.now() - ageMs)
  return isJson ? [JSON.stringify(answer, null, 2)] : formatRecords(answer)
}

function formatRecords({ records, counts }: CrmRecordsAnswer): readonly string[] {
  if (records.length === 0) return ['No call should be in the CRM since then.']
  const rows = records.map((one) => [
    `${one.at.slice(0, 16).replace('T', ' ')}Z`,
    one.state,
    String(one.tries),
    one.direction,
    one.number ?? 'withheld',
    printable(one.contact?.name ?? '–'),
    one.key,
    printable(one.words ?? ''),
  ])
  const sum = CRM_STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`)
  return [...formatTable([HEAD, ...rows]), '', sum.join(', ')]
}
