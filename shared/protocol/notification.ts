import { decodeParty, type Party } from './party.ts'
import { decodeCount, decodeId, decodeInstant, decodeText, type Fault, faultAt, isRecord } from './raw.ts'

/**
 * RingCentral's telephony session notification, decoded.
 *
 * Strict about shape, generous about novelty: what orders and identifies an event (session, sequence, time, party, status)
 * must be there and is refused with its path when it is not. A party that can't be read is left out while there is another, which
 * would be lost with it. Everything else is read when it has the usual type, ignored
 * when it has not, and words that we do not know are kept as they came. Ids are strings here even where a number arrived.
 *
 * Written by hand rather than with a schema library: every event passes here, in the relay and again in the browser, and the
 * budget for decoding and folding together is two microseconds.
 *
 * Source: RingCentral API reference, telephony sessions event; where that and recorded traffic differ, recorded traffic.
 */
export interface TelephonyNotification {
  /** Id of this notification; the same uuid again is a repeated delivery. */
  readonly uuid: string | undefined
  /** When the platform made the notification, ms since the epoch, platform's clock. Falls back to the event's time. */
  readonly timestampMs: number
  readonly subscriptionId: string | undefined
  /** Extension that owns the subscription; says nothing about the call. */
  readonly ownerId: string | undefined
  readonly telephonySessionId: string
  /** Legacy session id, to join presence and Call Log; `"0"` for conference bridges, so never a key. */
  readonly sessionId: string | undefined
  readonly serverId: string | undefined
  /** Position of the change in the session's history, one counter for all parties. Starts at 2 in recorded traffic. */
  readonly sequence: number
  /** When the change happened, ms since the epoch, platform's clock. */
  readonly eventTimeMs: number
  /** How the session came about (`Call`, `RingOut`, `Conference`, …); an open list. */
  readonly origin: string | undefined
  /** As they stand after the change. One in all published traffic; any number, also none, is legal. */
  readonly parties: readonly Party[]
}

export type DecodedNotification =
  | { readonly kind: 'telephony'; readonly notification: TelephonyNotification }
  /** The subscription asks to be renewed. */
  | { readonly kind: 'reminder' }
  | { readonly kind: 'unusable'; readonly fault: Fault }

/** Decodes what a webhook delivery or a recorded line holds, already parsed. Never throws. */
export function decodeNotification(raw: unknown): DecodedNotification {
  if (!isRecord(raw)) return unusable('the notification', 'an object', raw)
  const { event, body } = raw
  if (typeof event === 'string') {
    if (event.startsWith('/restapi/v1.0/subscription/')) return { kind: 'reminder' }
    if (!isTelephonyPath(event)) return unusable('event', 'a path that ends in /telephony/sessions', event)
  }
  if (!isRecord(body)) {
    const wrapped = findWrapped(raw)
    return wrapped === undefined ? unusable('body', 'an object', body) : decodeNotification(wrapped)
  }
  const telephonySessionId = decodeId(body.telephonySessionId)
  if (telephonySessionId === undefined) return unusable('body.telephonySessionId', 'an id', body.telephonySessionId)
  const sequence = decodeCount(body.sequence)
  if (sequence === undefined) return unusable('body.sequence', 'a whole number', body.sequence)
  const eventTimeMs = decodeInstant(body.eventTime)
  if (eventTimeMs === undefined) return unusable('body.eventTime', 'an ISO-8601 time with a zone', body.eventTime)
  if (!Array.isArray(body.parties)) return unusable('body.parties', 'a list', body.parties)
  const parties: Party[] = []
  let fault: Fault | undefined
  for (let index = 0; index < body.parties.length; index++) {
    const party = decodeParty(body.parties[index], `body.parties[${index}]`)
    if ('fault' in party) fault ??= party.fault
    else parties.push(party)
  }
  if (fault !== undefined && parties.length === 0) return { kind: 'unusable', fault }
  return {
    kind: 'telephony',
    notification: {
      uuid: decodeId(raw.uuid),
      timestampMs: decodeInstant(raw.timestamp) ?? eventTimeMs,
      subscriptionId: decodeId(raw.subscriptionId),
      ownerId: decodeId(raw.ownerId),
      telephonySessionId,
      sessionId: decodeId(body.sessionId),
      serverId: decodeText(body.serverId),
      sequence,
      eventTimeMs,
      origin: isRecord(body.origin) ? decodeText(body.origin.type) : undefined,
      parties,
    },
  }
}

function isTelephonyPath(event: string): boolean {
  const query = event.indexOf('?')
  return (query === -1 ? event : event.slice(0, query)).endsWith('/telephony/sessions')
}

/** Some older deliveries carry the envelope one level down, next to push-service fields. */
function findWrapped(raw: Record<string, unknown>): Record<string, unknown> | undefined {
  return Object.values(raw).find(
    (value): value is Record<string, unknown> =>
      isRecord(value) && isRecord(value.body) && decodeId(value.body.telephonySessionId) !== undefined,
  )
}

function unusable(path: string, expected: string, value: unknown): { kind: 'unusable'; fault: Fault } {
  return { kind: 'unusable', fault: faultAt(path, expected, value) }
}
