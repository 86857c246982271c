import * as v from 'valibot'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { type CrmApi, orIfRefused } from '../api.ts'

/**
 * What is asked of a Salesforce organisation once per connection, by SOQL: it chooses it for itself. Who connects may not see it: a record is
 * worth more than its status or its date.
 */

export const SALESFORCE_API = '/services/data/v64.0'
const COMPLETED = 'Completed'

/** Records of a query, each with the fields that were asked for. */
export async function querySalesforce<Schema extends v.GenericSchema>(
  api: CrmApi,
  record: Schema,
  q: string,
): Promise<readonly v.InferOutput<Schema>[]> {
  const path = `${SALESFORCE_API}/query`
  const { records } = await api.request(v.object({ records: v.array(record) }), { method: 'GET', path, query: { q } })
  return records
}

/** The status of a task that is done: an organisation that was not made in English has another word for it, and may have several. */
export function findClosedStatus(api: CrmApi): Promise<string> {
  return remember(api, 'status', async () => {
    const q = 'SELECT ApiName FROM TaskStatus WHERE IsClosed = true ORDER BY SortOrder'
    const statuses = await orIfRefused(querySalesforce(api, v.object({ ApiName: v.string() }), q), [])
    const names = statuses.map(({ ApiName }) => ApiName)
    return names.includes(COMPLETED) ? COMPLETED : (names[0] ?? COMPLETED)
  })
}

/** The date of a moment where the owner is, or else where the organisation is: a task has no time, and in UTC an evening is tomorrow. */
export async function findDate(api: CrmApi, ms: number, ownerId: string | undefined): Promise<string> {
  const of = ownerId === undefined ? 'Organization LIMIT 1' : `User WHERE Id = '${ownerId}'`
  const timeZone = await remember(api, of, async () => {
    const q = `SELECT TimeZoneSidKey FROM ${of}`
    const zones = await orIfRefused(querySalesforce(api, v.object({ TimeZoneSidKey: v.string() }), q), [])
    return zones[0]?.TimeZoneSidKey ?? 'UTC'
  })
  return createCalendar(timeZone).dayOf(ms)
}

const known = new WeakMap<CrmApi, Map<string, string>>()

async function remember(api: CrmApi, name: string, ask: () => Promise<string>): Promise<string> {
  const own = known.get(api) ?? new Map<string, string>()
  known.set(api, own)
  const value = own.get(name) ?? (await ask())
  own.set(name, value)
  return value
}
