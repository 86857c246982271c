import * as v from 'valibot'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { decodeParty, type Party } from '../../shared/protocol/party.ts'
import { decodeStatus } from '../../shared/protocol/status.ts'
import { parseJson } from '../json.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Login } from '../people/login.ts'
import type { PersonClient } from './person-client.ts'

/**
 * Whose a party is. The log knows mostly; of a session that it does not know, because nothing of it has arrived or all of it
 * is forgotten, RingCentral is asked as the person, who is only told of calls they may see.
 */
export type FoundParty =
  | {
      readonly kind: 'party'
      /** Extension that owns it; `undefined` for somebody outside the account. */
      readonly extensionId: string | undefined
      /** Whether the person has a party of their own in the session. */
      readonly isMember: boolean
    }
  | { readonly kind: 'none' }

export interface PartyName {
  readonly telephonySessionId: string
  readonly partyId: string
}

/** Looks for a party, in the log and then at RingCentral; throws what the {@link PersonClient} throws. */
export async function findParty(
  name: PartyName,
  login: Login,
  { log, client }: { log: EventLog; client: PersonClient },
): Promise<FoundParty> {
  const logged = await readParties(log, name.telephonySessionId)
  const known = pick(logged, name.partyId, login)
  if (known.kind === 'party') return known
  const path = `/telephony/sessions/${encodeURIComponent(name.telephonySessionId)}`
  return pick(readAnswer(await client.send(login, { method: 'GET', path })), name.partyId, login)
}

function pick(parties: readonly Party[], partyId: string, login: Login): FoundParty {
  const reports = parties.filter(({ id }) => id === partyId)
  if (reports.length === 0) return { kind: 'none' }
  return {
    kind: 'party',
    // An event need not repeat who owns the party.
    extensionId: reports.find(({ extensionId }) => extensionId !== undefined)?.extensionId,
    isMember: parties.some(({ extensionId }) => extensionId === login.extensionId),
  }
}

/** The parties of a session as each of its events reports them. */
async function readParties(log: EventLog, telephonySessionId: string): Promise<readonly Party[]> {
  const events = await log.readSession(telephonySessionId, log.headPosition + 1)
  return events.flatMap(({ kind, text }) => {
    if (kind === 'desk' || kind === 'act') return []
    const raw = parseJson(text)
    if (kind === 'status') {
      const status = decodeStatus(raw)
      return status.kind === 'status' ? status.status.parties : []
    }
    const event = decodeNotification(raw)
    return event.kind === 'telephony' ? event.notification.parties : []
  })
}

const sessionAnswer = v.object({ parties: v.array(v.unknown()) })

function readAnswer(answer: unknown): readonly Party[] {
  const read = v.safeParse(sessionAnswer, answer)
  if (!read.success) return []
  return read.output.parties.flatMap((raw, index) => {
    const party = decodeParty(raw, `parties[${index}]`)
    return 'fault' in party ? [] : [party]
  })
}
