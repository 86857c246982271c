/**
 * A telephony session notification as the platform writes it. The order of the fields is that of recorded traffic; which of
 * the optional ones are there depends on the event.
 */
export interface Notification {
  readonly uuid: string
  readonly event: string
  readonly timestamp: string
  readonly subscriptionId: string
  readonly ownerId: string
  readonly body: {
    readonly sequence: number
    readonly sessionId: string
    readonly telephonySessionId: string
    readonly serverId: string
    readonly eventTime: string
    readonly parties: readonly NotificationParty[]
    readonly origin: { readonly type: string }
  }
}

/** What happened, before it is addressed to anybody. */
export type Happening = Pick<Notification, 'event' | 'timestamp' | 'body'>

export interface NotificationParty {
  readonly accountId: string
  readonly extensionId?: string
  readonly id: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly to: NotificationEndpoint
  readonly from: NotificationEndpoint
  readonly status: {
    readonly code: string
    readonly reason?: string
    /** Where a parked call waits; empty for a park location. */
    readonly parkData?: string
    /** With Gone: where the party went. */
    readonly peerId?: { readonly sessionId: string; readonly telephonySessionId: string; readonly partyId: string }
    readonly mobilePickupData?: Readonly<Record<string, unknown>>
    readonly rcc: boolean
  }
  readonly park: Readonly<Record<string, string>>
  readonly queueCall?: boolean
  readonly uiCallInfo?: { readonly primary: UiCallInfo; readonly additional: UiCallInfo }
  readonly missedCall: boolean
  readonly standAlone: boolean
  readonly muted: boolean
  readonly recordings?: readonly { readonly id: string; readonly active: boolean }[]
  readonly conferenceRole?: 'Host' | 'Participant'
  readonly ringOutRole?: 'Initiator' | 'Target'
}

export interface UiCallInfo {
  readonly type: 'QueueName' | 'CallerIdName' | 'CallerIdNumber'
  readonly value: string
}

export interface NotificationEndpoint {
  readonly phoneNumber?: string
  readonly name?: string
  readonly extensionId?: string
  readonly deviceId?: string
}

/** Where a notification says it happened: the path of the party's owner, or of the account for an outside party. */
export function telephonyEventPath(accountId: string, extensionId: string | undefined): string {
  const owner = extensionId === undefined ? '' : `/extension/${extensionId}`
  return `/restapi/v1.0/account/${accountId}${owner}/telephony/sessions`
}
