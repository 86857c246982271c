import { CRM_STATES } from '../../shared/protocol/http/crm.ts'
import { formatInstant } from '../../shared/time.ts'
import type { Administration, CrmOverview } from './administration.ts'
import type { SinceOptions } from './since-options.ts'
import { formatMinute, formatTable, printable } from './table.ts'

const HEAD = ['STARTED', 'STATE', 'TRIES', 'DIRECTION', 'NUMBER', 'CONTACT', 'CALL', 'WHY']

/** Calls on their way into the CRM as lines of a table with a sum below, or as JSON: `{"crm":"hubspot","log":"matched","records":[…],"counts":{…}}`. */
export async function printCrm(
  administration: Pick<Administration, 'crmRecords'>,
  { sinceMs: ageMs, isJson }: SinceOptions,
): Promise<readonly string[]> {
  const sinceMs = Date.now() - ageMs
  const overview = await administration.crmRecords(sinceMs)
  if (isJson) return [JSON.stringify(overview, null, 2)]
  const hindrance = describeHindrance(overview)
  if (overview.records.length > 0) return [...formatRecords(overview), ...(hindrance === undefined ? [] : [hindrance])]
  return [hindrance ?? `No customer call that began since ${formatMinute(formatInstant(sinceMs))} is over.`]
}

/** Why no calls come; those of before are still there for a while. */
function describeHindrance({ crm, log }: CrmOverview): string | undefined {
  if (crm === undefined) return 'RELAY_CRM is not set: calls are written into no CRM.'
  return log === 'off' ? 'RELAY_CRM_LOG is off: calls are not written into the CRM.' : undefined
}

function formatRecords({ records, counts }: CrmOverview): readonly string[] {
  const rows = records.map((one) => [
    formatMinute(one.at),
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
