import { isRecord } from '../../shared/protocol/raw.ts'
import { decodeStatus, type SessionStatus } from '../../shared/protocol/status.ts'
import { formatInstant } from '../../shared/time.ts'
import type { NewEvent } from '../log/event-log.ts'
import { ownersOf } from './owners.ts'

/**
 * What RingCentral answered when it was asked how a session stands, as the log keeps it and clients get it. The session is
 * RingCentral's own description as far as its fields are known: that of a conference also holds a token with which one joins
 * it, and what else may be there was meant for the relay's own user.
 */
export interface StatusRecord {
  readonly telephonySessionId: string
  /** The moment the answer is about: ISO-8601, RingCentral's clock. */
  readonly asOf: string
  /** False: RingCentral no longer knows the session. It is over, since an unknown time. */
  readonly found: boolean
  readonly session?: unknown
}

/** `session` is `undefined` for one that RingCentral does not know. */
export function buildStatusRecord(telephonySessionId: string, asOfMs: number, session: unknown): StatusRecord {
  const asOf = formatInstant(asOfMs)
  return session === undefined
    ? { telephonySessionId, asOf, found: false }
    : { telephonySessionId, asOf, found: true, session: pick(session, SESSION) }
}

/** A record with no more of RingCentral's description than is passed on. */
export function keepKnownFields(record: unknown): unknown {
  if (!isRecord(record) || record.session === undefined) return record
  return { ...record, session: pick(record.session, SESSION) }
}

/** Which fields of a value are kept: with `true` as it is, a list's elements each by the one shape. */
type Shape = true | readonly [Shape] | { readonly [field: string]: Shape }

const ENDPOINT = { phoneNumber: true, name: true, extensionId: true, deviceId: true } as const
const NAMED = { type: true, value: true } as const
const PARTY = {
  id: true,
  accountId: true,
  extensionId: true,
  owner: { accountId: true, extensionId: true },
  direction: true,
  from: ENDPOINT,
  to: ENDPOINT,
  status: {
    code: true,
    reason: true,
    description: true,
    parkData: true,
    peerId: { telephonySessionId: true, partyId: true, sessionId: true },
    rcc: true,
  },
  park: { id: true },
  queueCall: true,
  uiCallInfo: { primary: NAMED, additional: NAMED },
  missedCall: true,
  standAlone: true,
  muted: true,
  conferenceRole: true,
  ringOutRole: true,
  ringMeRole: true,
  recordings: [{ id: true, active: true }],
} as const
const SESSION = { id: true, creationTime: true, origin: { type: true }, parties: [PARTY] } as const satisfies Shape

/** A value of another form than its shape is kept when nothing can hide in it; its decoder finds the fault. */
function pick(value: unknown, shape: Shape): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (shape === true) return undefined
  if (isList(shape)) return Array.isArray(value) ? value.map((one) => pick(one, shape[0])) : undefined
  if (Array.isArray(value)) return undefined
  const kept: Record<string, unknown> = {}
  for (const [field, inner] of Object.entries(shape)) {
    if (Object.hasOwn(value, field)) kept[field] = pick((value as Record<string, unknown>)[field], inner)
  }
  return kept
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape)
}

/** The record for the log. */
export function toNewEvent(record: StatusRecord, receivedAtMs: number): NewEvent {
  return {
    uuid: undefined,
    kind: 'status',
    telephonySessionId: record.telephonySessionId,
    extensionIds: statusOwners(record),
    receivedAtMs,
    text: JSON.stringify(record),
  }
}

/** Extensions that own a party in it, each once; none when RingCentral's description can't be read. */
export function statusOwners(record: StatusRecord): readonly string[] {
  return ownersOf(decodeStatusRecord(record)?.parties ?? [])
}

/** `undefined` when RingCentral's description can't be read. */
export function decodeStatusRecord(record: StatusRecord): SessionStatus | undefined {
  const decoded = decodeStatus(record)
  return decoded.kind === 'status' ? decoded.status : undefined
}

/** The record with only the parties that `extensionId` owns. What it is was decided when it was logged. */
export function keepStatusParties(record: unknown, extensionId: string): unknown {
  if (!hasParties(record)) return record
  const { session } = record
  const isOwn = (party: unknown): boolean => {
    const decoded = decodeStatus({ ...record, session: { parties: [party] } })
    return decoded.kind === 'status' && decoded.status.parties[0]?.extensionId === extensionId
  }
  return { ...record, session: { ...session, parties: session.parties.filter(isOwn) } }
}

function hasParties(record: unknown): record is { session: { parties: unknown[] } } {
  const session = typeof record === 'object' && record !== null && 'session' in record ? record.session : undefined
  return typeof session === 'object' && session !== null && 'parties' in session && Array.isArray(session.parties)
}
