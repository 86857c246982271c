import { parseInstant } from '../time.ts'

/**
 * RingCentral's telephony session notification, decoded.
 *
 * Strict about shape, generous about novelty: what orders and identifies an event (session, sequence, time, party, status)
 * must be there and is refused with its path when it is not; everything else is read when it has the usual type, ignored
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
  readonly telephonySessionId: string
  /** Legacy session id, to join presence and Call Log; `"0"` for conference bridges, so never a key. */
  readonly sessionId: string | undefined
  /** Position of the change in the session's history, one counter for all parties. Starts at 2 in recorded traffic. */
  readonly sequence: number
  /** When the change happened, ms since the epoch, platform's clock. */
  readonly eventTimeMs: number
  /** How the session came about (`Call`, `RingOut`, `Conference`, …); an open list. */
  readonly origin: string | undefined
  /** As they stand after the change. One in all published traffic; any number, also none, is legal. */
  readonly parties: readonly Party[]
}

/** One participant of a session, as one event reports it. Absent fields say nothing: an earlier event may have told them. */
export interface Party {
  readonly id: string
  readonly accountId: string | undefined
  /** Absent for parties outside the account. "Mine" means equal to my own extension's id. */
  readonly extensionId: string | undefined
  /** `Outbound` is the caller's party, `Inbound` the called one. */
  readonly direction: 'Inbound' | 'Outbound' | undefined
  readonly from: Endpoint
  readonly to: Endpoint
  readonly status: PartyStatus
  /** Where a parked call waits (`*801`), from `status.parkData` or `park.id`. */
  readonly parkedAt: string | undefined
  readonly queueCall: boolean
  readonly callerIdName: string | undefined
  readonly queueName: string | undefined
  readonly missedCall: boolean
  readonly standAlone: boolean
  readonly muted: boolean
  readonly conferenceRole: string | undefined
  readonly ringOutRole: string | undefined
  readonly ringMeRole: string | undefined
  readonly recordings: readonly { readonly id: string; readonly active: boolean }[]
}

export interface Endpoint {
  /** E.164, or a short extension number for internal calls; absent when withheld. */
  readonly phoneNumber: string | undefined
  readonly name: string | undefined
  readonly extensionId: string | undefined
  readonly deviceId: string | undefined
}

export interface PartyStatus {
  readonly code: StatusCode | 'Unrecognised'
  /** The code as it was spelled. */
  readonly rawCode: string
  /** Why, usually with Disconnected, Gone and Parked; an open list. */
  readonly reason: string | undefined
  readonly description: string | undefined
  /** With Gone: where the party went. */
  readonly peer: { readonly telephonySessionId: string | undefined; readonly partyId: string | undefined } | undefined
}

/** The states a party can be in, spelled as RingCentral's API description does; {@link decodeStatusCode} knows the others. */
export const STATUS_CODES = [
  'Setup',
  'Proceeding',
  'Answered',
  'Hold',
  'VoiceMail',
  'VoiceMailScreening',
  'FaxReceive',
  'Parked',
  'Gone',
  'Disconnected',
  'Tds',
] as const
export type StatusCode = (typeof STATUS_CODES)[number]

/** What was wrong with something that could not be decoded: where, what it should have been, and what it was. */
export interface Fault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

export type DecodedNotification =
  | { readonly kind: 'telephony'; readonly notification: TelephonyNotification }
  /** The subscription asks to be renewed. */
  | { readonly kind: 'reminder' }
  | { readonly kind: 'unusable'; readonly fault: Fault }

/** Decodes what a webhook delivery or a recorded line holds, already parsed. Never throws. */
export function decodeNotification(raw: unknown): DecodedNotification {
  if (!isRecord(raw)) return unusable('', 'an object', raw)
  const { event, body } = raw
  if (typeof event === 'string') {
    if (event.startsWith('/restapi/v1.0/subscription/')) return { kind: 'reminder' }
    if (!isTelephonyPath(event)) return unusable('event', 'a path that ends in /telephony/sessions', event)
  }
  if (!isRecord(body)) return unusable('body', 'an object', body)
  const telephonySessionId = readId(body.telephonySessionId)
  if (telephonySessionId === undefined) return unusable('body.telephonySessionId', 'an id', body.telephonySessionId)
  const sequence = readCount(body.sequence)
  if (sequence === undefined) return unusable('body.sequence', 'a whole number', body.sequence)
  const eventTimeMs = readInstant(body.eventTime)
  if (eventTimeMs === undefined) return unusable('body.eventTime', 'an ISO-8601 time with a zone', body.eventTime)
  if (!Array.isArray(body.parties)) return unusable('body.parties', 'a list', body.parties)
  const parties: Party[] = []
  for (const [index, rawParty] of body.parties.entries()) {
    const party = decodeParty(rawParty, index)
    if ('fault' in party) return { kind: 'unusable', fault: party.fault }
    parties.push(party)
  }
  return {
    kind: 'telephony',
    notification: {
      uuid: readId(raw.uuid),
      timestampMs: readInstant(raw.timestamp) ?? eventTimeMs,
      subscriptionId: readId(raw.subscriptionId),
      telephonySessionId,
      sessionId: readId(body.sessionId),
      sequence,
      eventTimeMs,
      origin: isRecord(body.origin) ? readText(body.origin.type) : undefined,
      parties,
    },
  }
}

/** Says a {@link Fault} in one sentence. */
export function describeFault({ path, expected, got }: Fault): string {
  return `${path === '' ? 'the notification' : path} should be ${expected}, but is ${got}`
}

const codesByFoldedName = new Map<string, StatusCode>([
  ...STATUS_CODES.map((code) => [code.toLowerCase(), code] as const),
  // The guide's table and RingCentral's own libraries spell this one differently from the API description.
  ['vmscreening', 'VoiceMailScreening'],
])

/** The state a code means, whatever its case or spelling; `Unrecognised` for one that we do not know. */
export function decodeStatusCode(raw: string): StatusCode | 'Unrecognised' {
  return codesByFoldedName.get(raw) ?? codesByFoldedName.get(raw.toLowerCase()) ?? 'Unrecognised'
}

function isTelephonyPath(event: string): boolean {
  const query = event.indexOf('?')
  return (query === -1 ? event : event.slice(0, query)).endsWith('/telephony/sessions')
}

function decodeParty(raw: unknown, index: number): Party | { readonly fault: Fault } {
  const path = `body.parties[${index}]`
  if (!isRecord(raw)) return unusable(path, 'an object', raw)
  const id = readId(raw.id)
  if (id === undefined) return unusable(`${path}.id`, 'an id', raw.id)
  const status = isRecord(raw.status) ? raw.status : undefined
  const rawCode = readText(status?.code)
  if (status === undefined || rawCode === undefined) return unusable(`${path}.status.code`, 'a word', status?.code)
  const owner = isRecord(raw.owner) ? raw.owner : undefined
  const uiCallInfo = isRecord(raw.uiCallInfo) ? raw.uiCallInfo : undefined
  const peer = isRecord(status.peerId) ? status.peerId : undefined
  return {
    id,
    accountId: readId(raw.accountId) ?? readId(owner?.accountId),
    extensionId: readId(raw.extensionId) ?? readId(owner?.extensionId),
    direction: decodeDirection(raw.direction),
    from: decodeEndpoint(raw.from),
    to: decodeEndpoint(raw.to),
    status: {
      code: decodeStatusCode(rawCode),
      rawCode,
      reason: readText(status.reason),
      description: readText(status.description),
      peer: peer && { telephonySessionId: readId(peer.telephonySessionId), partyId: readId(peer.partyId) },
    },
    parkedAt: readId(status.parkData) ?? (isRecord(raw.park) ? readId(raw.park.id) : undefined),
    queueCall: raw.queueCall === true,
    callerIdName: readUiCallInfo(uiCallInfo, 'CallerIdName'),
    queueName: readUiCallInfo(uiCallInfo, 'QueueName'),
    missedCall: raw.missedCall === true,
    standAlone: raw.standAlone === true,
    muted: raw.muted === true,
    conferenceRole: readText(raw.conferenceRole),
    ringOutRole: readText(raw.ringOutRole),
    ringMeRole: readText(raw.ringMeRole),
    recordings: Array.isArray(raw.recordings) ? raw.recordings.flatMap(decodeRecording) : NO_RECORDINGS,
  }
}

const NO_RECORDINGS: Party['recordings'] = []
const NOWHERE: Endpoint = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }

function decodeEndpoint(raw: unknown): Endpoint {
  if (!isRecord(raw)) return NOWHERE
  return {
    phoneNumber: readId(raw.phoneNumber),
    name: readText(raw.name),
    extensionId: readId(raw.extensionId),
    deviceId: readId(raw.deviceId),
  }
}

function decodeDirection(raw: unknown): Party['direction'] {
  if (raw === 'Inbound' || raw === 'Outbound') return raw
  if (typeof raw !== 'string') return undefined
  const folded = raw.toLowerCase()
  return folded === 'inbound' ? 'Inbound' : folded === 'outbound' ? 'Outbound' : undefined
}

function decodeRecording(raw: unknown): Party['recordings'] {
  const id = isRecord(raw) ? readId(raw.id) : undefined
  return id === undefined ? [] : [{ id, active: isRecord(raw) && raw.active === true }]
}

function readUiCallInfo(uiCallInfo: Record<string, unknown> | undefined, type: string): string | undefined {
  for (const line of [uiCallInfo?.primary, uiCallInfo?.additional]) {
    if (isRecord(line) && line.type === type) return readText(line.value)
  }
  return undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Ids are opaque strings; presence and some older payloads write the same ids as numbers. */
function readId(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : readText(value)
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function readInstant(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined
}

function unusable(path: string, expected: string, value: unknown): { kind: 'unusable'; fault: Fault } {
  return { kind: 'unusable', fault: { path, expected, got: describeValue(value) } }
}

/** Names the kind of a value, never its content: the sentence goes to logs, and payloads carry names and numbers. */
function describeValue(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (value === '') return 'empty'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
