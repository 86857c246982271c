import * as v from 'valibot'
import { id } from './id.ts'

/** What RingCentral lets an extension do with others, as far as it decides who sees whose calls. */
export interface Grants {
  /** Extensions that they may listen to. */
  readonly monitors: readonly string[]
  /** Queues that they manage, fully or their members only. */
  readonly runs: readonly string[]
}

export const NO_GRANTS: Grants = { monitors: [], runs: [] }

/** A flag is absent where the account lacks the feature. */
const flag = v.fallback(v.optional(v.boolean()), undefined)
const grant = v.object({
  extension: v.object({ id }),
  callMonitoring: flag,
  callQueueSetup: flag,
  callQueueMembersSetup: flag,
})
const answer = v.object({
  records: v.array(v.fallback(v.nullable(grant), null)),
  paging: v.fallback(v.optional(v.object({ totalPages: v.optional(v.number()) })), undefined),
})

/** RingCentral's most. */
const PAGE_RECORDS = 1000
/** More extensions than an account has: an end, whatever is answered. */
const MAX_PAGES = 100

/**
 * Reads all pages of a user's grants, in order of id. `get` asks for a path below the account, and throws a
 * `RingCentralError`; an answer of another shape throws a `ValiError`.
 *
 * Source: RingCentral API reference, List Extension Grants.
 */
export async function readGrants(get: (path: string) => Promise<unknown>, extensionId = '~'): Promise<Grants> {
  const monitors = new Set<string>()
  const runs = new Set<string>()
  const who = encodeURIComponent(extensionId)
  for (let page = 1, pages = 1; page <= Math.min(pages, MAX_PAGES); page++) {
    const query = `extensionType=User&extensionType=Department&page=${page}&perPage=${PAGE_RECORDS}`
    const { records, paging } = v.parse(answer, await get(`/extension/${who}/grant?${query}`))
    for (const record of records) {
      if (record?.callMonitoring) monitors.add(record.extension.id)
      if (record?.callQueueSetup || record?.callQueueMembersSetup) runs.add(record.extension.id)
    }
    pages = paging?.totalPages ?? 1
  }
  return { monitors: [...monitors].sort(), runs: [...runs].sort() }
}
