import { decodeId, decodeText, type Fault, faultAt, isRecord } from './raw.ts'
import { decodeReason, decodeStatusCode, type Reason, type StatusCode } from './status-codes.ts'

/**
 * One participant of a session, as one event or one answer to a status request reports it. Absent fields say nothing: an
 * earlier event may have told them, a later one may.
 *
 * Source: RingCentral API reference, telephony sessions event and call session; where those and recorded traffic differ,
 * recorded traffic.
 */
export interface Party {
  /** Globally unique; opaque, though those of one session differ in the number at their end, counted as parties appear. */
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
  readonly queueName: string | undefined
  readonly callerIdName: string | undefined
  readonly callerIdNumber: string | undefined
  readonly missedCall: boolean
  /** Not joined to the session's voice bridge. */
  readonly standAlone: boolean
  readonly muted: boolean
  readonly conferenceRole: string | undefined
  readonly ringOutRole: string | undefined
  readonly ringMeRole: string | undefined
  readonly recordings: readonly Recording[]
  /** Only with the `sipData` filter. */
  readonly sipData: SipData | undefined
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
  /** Why, usually with Disconnected, Gone and Parked. */
  readonly reason: Reason | 'Unrecognised' | undefined
  /** The reason as it was spelled. */
  readonly rawReason: string | undefined
  readonly description: string | undefined
  /** With Gone: where the party went. */
  readonly peer: Peer | undefined
  /** Two official texts disagree on what it means: kept, and nothing depends on it. */
  readonly rcc: boolean | undefined
  readonly mobilePickupData: MobilePickupData | undefined
}

export interface Peer {
  readonly telephonySessionId: string | undefined
  readonly partyId: string | undefined
  /** The legacy id. */
  readonly sessionId: string | undefined
}

export interface Recording {
  readonly id: string
  /** False while it is paused. */
  readonly active: boolean
}

export interface SipData {
  readonly callId: string | undefined
  readonly toTag: string | undefined
  readonly fromTag: string | undefined
}

/** Internal to the platform: what its mobile app needs to take a ringing call. */
export interface MobilePickupData {
  readonly ccMailboxes: readonly string[]
  readonly to: string | undefined
  readonly sid: string | undefined
  readonly srvLvl: string | undefined
  readonly srvLvlExt: string | undefined
}

/** Decodes one party; `path` is where it stood, for the fault. Never throws. */
export function decodeParty(raw: unknown, path: string): Party | { readonly fault: Fault } {
  if (!isRecord(raw)) return { fault: faultAt(path, 'an object', raw) }
  const id = decodeId(raw.id)
  if (id === undefined) return { fault: faultAt(`${path}.id`, 'an id', raw.id) }
  const status = isRecord(raw.status) ? raw.status : undefined
  const rawCode = decodeText(status?.code)
  if (status === undefined || rawCode === undefined) {
    return { fault: faultAt(`${path}.status.code`, 'a word', status?.code) }
  }
  const owner = isRecord(raw.owner) ? raw.owner : undefined
  const uiCallInfo = isRecord(raw.uiCallInfo) ? raw.uiCallInfo : undefined
  return {
    id,
    accountId: decodeId(raw.accountId) ?? decodeId(owner?.accountId),
    extensionId: decodeId(raw.extensionId) ?? decodeId(owner?.extensionId),
    direction: decodeDirection(raw.direction),
    from: decodeEndpoint(raw.from),
    to: decodeEndpoint(raw.to),
    status: decodeStatus(status, rawCode),
    parkedAt: decodeId(status.parkData) ?? (isRecord(raw.park) ? decodeId(raw.park.id) : undefined),
    queueCall: raw.queueCall === true,
    queueName: uiCallInfo && readUiCallInfo(uiCallInfo, 'QueueName'),
    callerIdName: uiCallInfo && readUiCallInfo(uiCallInfo, 'CallerIdName'),
    callerIdNumber: uiCallInfo && readUiCallInfo(uiCallInfo, 'CallerIdNumber'),
    missedCall: raw.missedCall === true,
    standAlone: raw.standAlone === true,
    muted: raw.muted === true,
    conferenceRole: decodeText(raw.conferenceRole),
    ringOutRole: decodeText(raw.ringOutRole),
    ringMeRole: decodeText(raw.ringMeRole),
    recordings: Array.isArray(raw.recordings) ? raw.recordings.flatMap(decodeRecording) : NO_RECORDINGS,
    sipData: isRecord(raw.sipData) ? decodeSipData(raw.sipData) : undefined,
  }
}

const NO_RECORDINGS: readonly Recording[] = []
const NOWHERE: Endpoint = { phoneNumber: undefined, name: undefined, extensionId: undefined, deviceId: undefined }

function decodeStatus(raw: Record<string, unknown>, rawCode: string): PartyStatus {
  const rawReason = decodeText(raw.reason)
  return {
    code: decodeStatusCode(rawCode),
    rawCode,
    reason: rawReason === undefined ? undefined : decodeReason(rawReason),
    rawReason,
    description: decodeText(raw.description),
    peer: isRecord(raw.peerId) ? decodePeer(raw.peerId) : undefined,
    rcc: typeof raw.rcc === 'boolean' ? raw.rcc : undefined,
    mobilePickupData: isRecord(raw.mobilePickupData) ? decodeMobilePickupData(raw.mobilePickupData) : undefined,
  }
}

function decodePeer(raw: Record<string, unknown>): Peer {
  return {
    telephonySessionId: decodeId(raw.telephonySessionId),
    partyId: decodeId(raw.partyId),
    sessionId: decodeId(raw.sessionId),
  }
}

function decodeEndpoint(raw: unknown): Endpoint {
  if (!isRecord(raw)) return NOWHERE
  return {
    phoneNumber: decodeId(raw.phoneNumber),
    name: decodeText(raw.name),
    extensionId: decodeId(raw.extensionId),
    deviceId: decodeId(raw.deviceId),
  }
}

function decodeDirection(raw: unknown): Party['direction'] {
  if (raw === 'Inbound' || raw === 'Outbound') return raw
  if (typeof raw !== 'string') return undefined
  const folded = raw.toLowerCase()
  return folded === 'inbound' ? 'Inbound' : folded === 'outbound' ? 'Outbound' : undefined
}

function decodeRecording(raw: unknown): readonly Recording[] {
  const id = isRecord(raw) ? decodeId(raw.id) : undefined
  return id === undefined ? [] : [{ id, active: isRecord(raw) && raw.active === true }]
}

function decodeSipData(raw: Record<string, unknown>): SipData {
  return { callId: decodeText(raw.callId), toTag: decodeText(raw.toTag), fromTag: decodeText(raw.fromTag) }
}

function decodeMobilePickupData(raw: Record<string, unknown>): MobilePickupData {
  return {
    ccMailboxes: Array.isArray(raw.ccMailboxes) ? raw.ccMailboxes.flatMap((id) => decodeId(id) ?? []) : [],
    to: decodeText(raw.to),
    sid: decodeId(raw.sid),
    // Recorded traffic and the API description spell this one differently.
    srvLvl: decodeId(raw.srvLvl) ?? decodeId(raw.srvlvl),
    srvLvlExt: decodeId(raw.srvLvlExt),
  }
}

/** The two lines that RingCentral's own apps show of a call; which says what is told by its type. */
function readUiCallInfo(uiCallInfo: Record<string, unknown>, type: string): string | undefined {
  return readLine(uiCallInfo.primary, type) ?? readLine(uiCallInfo.additional, type)
}

function readLine(line: unknown, type: string): string | undefined {
  return isRecord(line) && line.type === type ? decodeText(line.value) : undefined
}
