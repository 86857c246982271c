import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'

/** A party of a built event: what differs from an inbound call to extension 200 that is being set up. */
export interface PartyFields {
  readonly id?: unknown
  readonly extensionId?: unknown
  readonly direction?: unknown
  readonly status?: unknown
  readonly [field: string]: unknown
}

/** The same for a step, whose status is made of its code and these. */
export interface StepFields extends PartyFields {
  readonly reason?: unknown
  readonly peerId?: unknown
  readonly parkData?: unknown
}

export interface EventFields {
  readonly uuid?: unknown
  readonly sequence?: unknown
  readonly eventTime?: unknown
  readonly timestamp?: unknown
  readonly telephonySessionId?: unknown
  readonly parties?: unknown
  readonly event?: unknown
  /** The type of the session's origin. */
  readonly origin?: unknown
  /** More fields of the body, or others in place of the usual ones. */
  readonly body?: Readonly<Record<string, unknown>>
}

/** A valid envelope with the given fields in place of the usual ones. */
export function buildEnvelope(fields: EventFields = {}): Record<string, unknown> {
  const { sequence = 2, eventTime = at(0), telephonySessionId = 's-1', parties = [buildParty()] } = fields
  return {
    uuid: fields.uuid ?? `uuid-${telephonySessionId}-${sequence}`,
    event: fields.event ?? '/restapi/v1.0/account/100/extension/200/telephony/sessions',
    timestamp: fields.timestamp ?? eventTime,
    subscriptionId: 'subscription-1',
    ownerId: '100',
    body: {
      sequence,
      sessionId: '7',
      telephonySessionId,
      serverId: 'server',
      eventTime,
      parties,
      origin: { type: fields.origin ?? 'Call' },
      ...fields.body,
    },
  }
}

export function buildParty(fields: PartyFields = {}): Record<string, unknown> {
  return {
    accountId: '100',
    extensionId: '200',
    id: 'p-1',
    direction: 'Inbound',
    from: { phoneNumber: '+14085550123' },
    to: { phoneNumber: '+14085550102', extensionId: '200' },
    status: { code: 'Setup', rcc: false },
    park: {},
    missedCall: false,
    standAlone: false,
    muted: false,
    ...fields,
  }
}

/** One event of one party, decoded: `step(3, 250, 'Answered')` is event 3, 250 ms after the start. */
export function step(
  sequence: number,
  ms: number,
  code: string,
  fields: StepFields = {},
  event: EventFields = {},
): TelephonyNotification {
  const { reason, peerId, parkData, ...party } = fields
  const parties = [buildParty({ ...party, status: { code, reason, peerId, parkData } })]
  return decode(buildEnvelope({ sequence, eventTime: at(ms), parties, ...event }))
}

export function decode(envelope: unknown): TelephonyNotification {
  const decoded = decodeNotification(envelope)
  if (decoded.kind !== 'telephony') throw new Error(`not a telephony event: ${JSON.stringify(decoded)}`)
  return decoded.notification
}

/** The wire's time `ms` after the start, which is noon. */
export function at(ms: number): string {
  return new Date(START_MS + ms).toISOString()
}

/** When built calls start, ms since the epoch. */
export const START_MS = Date.UTC(2026, 5, 1, 12)
