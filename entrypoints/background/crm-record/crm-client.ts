import * as v from 'valibot'
import {
  type CrmMatchesAnswer,
  crmAnswer,
  crmConnectAnswer,
  type crmConnectBody,
  crmMatchesAnswer,
  type crmNoteBody,
  crmRecord,
  crmRecordsAnswer,
  MAX_CRM_NOTE_CHARACTERS,
} from '../../../shared/protocol/http/crm.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import { formatInstant } from '../../../shared/time.ts'
import type {
  CrmChoice,
  CrmChoiceResult,
  CrmRecordsQuery,
  CrmRecordsReport,
  CrmReport,
  CrmSilence,
} from '../../lib/contract/crm.ts'
import type { Refusal, RefusalCode, RelayClient } from '../../lib/relay/relay-client.ts'

/** What the relay is asked about the CRM. It alone talks to the CRM; each request is sent once. */
export interface CrmClient {
  standing(): Promise<CrmReport>
  /** Who has a number in the CRM; `undefined` while that cannot be known. */
  matches(number: string): Promise<CrmMatchesAnswer | undefined>
  records(query: CrmRecordsQuery): Promise<CrmRecordsReport>
  choose(key: string, choice: CrmChoice): Promise<CrmChoiceResult>
  sendNote(telephonySessionId: string, text: string): Promise<NoteResult>
  /** Where the browser goes to connect the CRM; it comes back to `redirectUri`. */
  connect(redirectUri: string): Promise<{ readonly url: string } | { readonly problem: string }>
  /** Resolves with why it could not be done, or nothing. */
  disconnect(): Promise<string | undefined>
}

/**
 * What became of a note. `away`: the relay takes none now; `later`: it could not keep this one, so it may be sent again; `never`: it
 * does not want it.
 */
export type NoteResult = 'kept' | 'away' | 'later' | 'never'

/** `describe`: a refusal as a sentence for the person. */
export function createCrmClient(relay: RelayClient, describe: (refusal: Refusal) => string): CrmClient {
  return {
    standing: async () => {
      const { body, refusal } = await relay.send({ method: 'GET', path: ROUTES.crm })
      if (refusal !== undefined) return explain(refusal, describe)
      const read = v.safeParse(crmAnswer, body)
      return read.success ? { kind: 'given', crm: read.output } : { kind: 'otherVersion' }
    },
    matches: async (number) => {
      const path = `${ROUTES.crmMatches}?${new URLSearchParams({ number })}`
      const read = v.safeParse(crmMatchesAnswer, (await relay.send({ method: 'GET', path })).body)
      return read.success ? read.output : undefined
    },
    records: async (query) => {
      const path = `${ROUTES.crmRecords}?${writeQuery(query)}`
      const { body, refusal } = await relay.send({ method: 'GET', path })
      if (refusal !== undefined) return explain(refusal, describe)
      const read = v.safeParse(crmRecordsAnswer, body)
      return read.success ? { kind: 'given', answer: read.output } : { kind: 'otherVersion' }
    },
    choose: async (key, choice) => {
      const path = fillRoute(ROUTES.crmRecord, { key })
      const { body, refusal } = await relay.send({ method: 'POST', path, body: choice })
      if (refusal !== undefined) return { problem: describe(refusal) }
      const read = v.safeParse(crmRecord, body)
      return read.success ? { record: read.output } : { problem: describe({ code: 'refused' }) }
    },
    sendNote: async (telephonySessionId, text) => {
      const body = { telephonySessionId, text: text.slice(0, MAX_CRM_NOTE_CHARACTERS) } satisfies v.InferInput<
        typeof crmNoteBody
      >
      const { refusal } = await relay.send({ method: 'POST', path: ROUTES.crmNotes, body })
      if (refusal === undefined) return 'kept'
      if (TAKES_NONE.has(refusal.code) || refusal.retryAfterS !== undefined) return 'away'
      return FAILED.has(refusal.code) ? 'later' : 'never'
    },
    connect: async (redirectUri) => {
      const { body, refusal } = await relay.send({
        method: 'POST',
        path: ROUTES.crmConnect,
        body: { redirectUri } satisfies v.InferInput<typeof crmConnectBody>,
      })
      if (refusal !== undefined) return { problem: describe(refusal) }
      const read = v.safeParse(crmConnectAnswer, body)
      return read.success ? { url: read.output.url } : { problem: describe({ code: 'refused' }) }
    },
    disconnect: async () => {
      const { refusal } = await relay.send({ method: 'DELETE', path: ROUTES.crmConnection })
      return refusal && describe(refusal)
    },
  }
}

function writeQuery({ sinceMs, state, telephonySessionId, isMine }: CrmRecordsQuery): URLSearchParams {
  const given = Object.entries({
    since: formatInstant(sinceMs),
    state,
    session: telephonySessionId,
    mine: isMine ? 'true' : undefined,
  })
  return new URLSearchParams(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function explain(refusal: Refusal, describe: (refusal: Refusal) => string): CrmSilence {
  const { code } = refusal
  if (OF_AN_OLD_RELAY.has(code)) return { kind: 'otherVersion' }
  if (AWAY.has(code)) return { kind: 'away' }
  return { kind: 'refused', sentence: describe(refusal) }
}

/** What a relay says of a path that it does not have. */
const OF_AN_OLD_RELAY: ReadonlySet<RefusalCode> = new Set(['not_found', 'method_not_allowed'])

const AWAY: ReadonlySet<RefusalCode> = new Set(['relay_unreachable', 'relay_silent', 'restart'])

/** Whoever has to sign in again still has the notes. */
const TAKES_NONE: ReadonlySet<RefusalCode> = new Set([
  ...AWAY,
  'unauthorised',
  'sign_in_again',
  'too_many',
  'not_ready',
])

/** The relay has failed at it, for want of room for example. */
const FAILED: ReadonlySet<RefusalCode> = new Set(['internal', 'not_stored', 'log_unavailable', 'too_slow'])
