import type { LiveParty } from './live-party.ts'
import type { NotificationParty, UiCallInfo } from './notification.ts'

/** Where in the session's history a party is described. */
export interface PartyPlace {
  readonly accountId: string
  /** The part that the ids of a session and its parties have in common. */
  readonly key: string
  readonly sequence: number
}

/** A party as events have it, with the fields that recorded traffic has there. */
export function describeParty(party: LiveParty, { accountId, key, sequence }: PartyPlace): NotificationParty {
  const moment = { sequence, code: party.code }
  const to = party.to(moment)
  const from = party.from(moment)
  const isPhoneRung = party.isRung && party.direction === 'Inbound' && party.owner !== undefined
  return {
    accountId,
    ...(party.extensionId !== undefined && { extensionId: party.extensionId }),
    id: party.id,
    direction: party.direction,
    to: party.deviceId === undefined ? to : { ...to, deviceId: party.deviceId },
    from,
    status: {
      code: party.code,
      ...party.status,
      ...(isPhoneRung && { mobilePickupData: mobilePickupData(party.extensionId ?? '', key) }),
      rcc: false,
    },
    park: {},
    ...(party.queue !== undefined && { queueCall: true, uiCallInfo: describeQueueCall(party.queue.name, from) }),
    missedCall: party.missedCall,
    standAlone: false,
    muted: party.muted,
    ...(party.recordings.length > 0 && { recordings: party.recordings }),
    ...(party.conferenceRole !== undefined && { conferenceRole: party.conferenceRole }),
  }
}

/** What an agent's phone shows: the queue, and the caller's own name or number. */
function describeQueueCall(
  queueName: string,
  from: NotificationParty['from'],
): { readonly primary: UiCallInfo; readonly additional: UiCallInfo } {
  const callerName = from.name?.replace(`${queueName} - `, '')
  return {
    primary: { type: 'QueueName', value: queueName },
    additional:
      callerName === undefined
        ? { type: 'CallerIdNumber', value: from.phoneNumber ?? '' }
        : { type: 'CallerIdName', value: callerName },
  }
}

/** Internal to the platform; receivers have no use for it, but meet it. */
function mobilePickupData(extensionId: string, key: string): Record<string, unknown> {
  return {
    ccMailboxes: [extensionId],
    to: `#${extensionId}@sip.northwind.example:5060`,
    sid: String(Number.parseInt(key.slice(0, 11), 16)),
    srvLvl: '-100000001',
    srvLvlExt: '300',
  }
}
