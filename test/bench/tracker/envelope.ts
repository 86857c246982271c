import { formatInstant } from '../../../shared/time.ts'
import type { CallPlan, Change, EndPlan, PartyPlan, Stage } from './call-plan.ts'

/** What tells one notification of a change from another one of the same change. */
export interface Sending {
  readonly uuid: string
  readonly subscriptionId: string
  /** When the platform made the notification, ms since the epoch. */
  readonly madeAtMs: number
}

/** A uuid as the platform writes them, 19 digits; another for another number. */
export function uuidOf(number: number): string {
  return `1${String(number).padStart(18, '0')}`
}

export const ACCOUNT_ID = '400100'

/** A change as RingCentral's webhook would tell it, about 780 bytes of JSON. */
export function buildEnvelope(plan: CallPlan, change: Change, sending: Sending): object {
  const { party } = change
  const owner = party.extensionId === undefined ? '' : `/extension/${party.extensionId}`
  return {
    uuid: sending.uuid,
    event: `/restapi/v1.0/account/${ACCOUNT_ID}${owner}/telephony/sessions`,
    timestamp: formatInstant(sending.madeAtMs),
    subscriptionId: sending.subscriptionId,
    ownerId: '400109',
    body: {
      sequence: change.sequence,
      sessionId: plan.sessionId,
      telephonySessionId: plan.telephonySessionId,
      serverId: '10.20.30.41.NWB',
      eventTime: formatInstant(change.atMs),
      parties: [buildRawParty(party, change.status)],
      origin: { type: 'Call' },
    },
  }
}

/** A party in one of its states, as notifications and session statuses have it. */
export function buildRawParty(party: PartyPlan, status: EndPlan | Stage): object {
  const { reason, peer } = 'lastsMs' in status ? {} : status
  return {
    accountId: ACCOUNT_ID,
    ...(party.extensionId !== undefined && { extensionId: party.extensionId }),
    id: party.id,
    direction: party.direction,
    to: party.to,
    from: party.from,
    status: {
      code: status.code,
      ...(reason !== undefined && { reason }),
      ...(peer && { peerId: { ...peer, sessionId: '0' } }),
      rcc: false,
    },
    park: {},
    ...(party.queueName !== undefined && {
      queueCall: true,
      uiCallInfo: {
        primary: { type: 'QueueName', value: party.queueName },
        additional: { type: 'CallerIdName', value: party.from.name },
      },
    }),
    missedCall: false,
    standAlone: false,
    muted: 'muted' in status && status.muted === true,
  }
}
