import * as v from 'valibot'
import { parseInstant } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { ApiRequest, ServiceClient } from '../ringcentral/api.ts'
import type { UnfinishedSession } from './unfinished-sessions.ts'

/**
 * The sessions that people are on the phone with now, from RingCentral's presence: also those of which no event ever came.
 * Under an account subscription the account's presence is read, page by page; otherwise that of each subscribed extension.
 *
 * Source: RingCentral API reference, account and extension presence.
 */
export async function listSessionsOnPhones(
  { scope, extensions }: Pick<Settings, 'scope' | 'extensions'>,
  /** Sends when there is room for it. */
  send: ServiceClient['send'],
): Promise<readonly UnfinishedSession[]> {
  if (scope === 'account') return listOfAccount(send)
  const sessions: UnfinishedSession[] = []
  for (const extensionId of extensions) {
    const path = `${ACCOUNT}/extension/${encodeURIComponent(extensionId)}/presence?${DETAILS}`
    sessions.push(...sessionsOf(v.parse(presence, await send({ method: 'GET', path }))))
  }
  return sessions
}

const ACCOUNT = '/restapi/v1.0/account/~'
const DETAILS = 'detailedTelephonyState=true&sipData=true'
/** Pages of a hundred: more people than any company has. */
const MAX_PAGES = 1000

const presence = v.object({
  activeCalls: v.optional(
    v.array(
      v.object({
        telephonySessionId: v.optional(v.string()),
        startTime: v.optional(v.string()),
      }),
    ),
  ),
})
const presencePage = v.object({
  records: v.array(presence),
  paging: v.optional(v.object({ totalPages: v.optional(v.number()) })),
})

async function listOfAccount(send: ServiceClient['send']): Promise<readonly UnfinishedSession[]> {
  const sessions: UnfinishedSession[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const request: ApiRequest = { method: 'GET', path: `${ACCOUNT}/presence?${DETAILS}&page=${page}`, group: 'Heavy' }
    const { records, paging } = v.parse(presencePage, await send(request))
    sessions.push(...records.flatMap(sessionsOf))
    if (page >= (paging?.totalPages ?? 1)) return sessions
  }
  throw new Error(`presence has more than ${MAX_PAGES} pages`)
}

function sessionsOf({ activeCalls = [] }: v.InferOutput<typeof presence>): readonly UnfinishedSession[] {
  return activeCalls.flatMap(({ telephonySessionId, startTime }) =>
    telephonySessionId === undefined
      ? []
      : [{ telephonySessionId, latestMs: (startTime === undefined ? undefined : parseInstant(startTime)) ?? 0 }],
  )
}
