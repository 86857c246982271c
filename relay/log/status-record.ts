import { decodeStatus, type SessionStatus } from '../../shared/protocol/status.ts'
import { formatInstant } from '../../shared/time.ts'
import type { NewEvent } from './event-log.ts'

/**
 * What RingCentral answered when it was asked how a session stands, as the log keeps it and clients get it. The session is
 * RingCentral's own description, untouched.
 */
export interface StatusRecord {
  readonly telephonySessionId: string
  /** The moment the answer is about: ISO-8601, RingCentral's clock. */
  readonly asOf: string
  /** False: RingCentral no longer knows the session. It is over, nobody says since when. */
  readonly found: boolean
  readonly session?: unknown
}

/** `session` is `undefined` for one that RingCentral does not know. */
export function buildStatusRecord(telephonySessionId: string, asOfMs: number, session: unknown): StatusRecord {
  const asOf = formatInstant(asOfMs)
  return session === undefined
    ? { telephonySessionId, asOf, found: false }
    : { telephonySessionId, asOf, found: true, session }
}

/** The record for the log. */
export function toNewEvent(record: StatusRecord, receivedAtMs: number): NewEvent {
  return {
    uuid: undefined,
    kind: 'status',
    telephonySessionId: record.telephonySessionId,
    extensionIds: ownersOf(record),
    receivedAtMs,
    text: JSON.stringify(record),
  }
}

/** Extensions that own a party in it, each once. */
export function ownersOf(record: StatusRecord): readonly string[] {
  const parties = readStatus(record)?.parties ?? []
  return [...new Set(parties.flatMap(({ extensionId }) => extensionId ?? []))]
}

/** `undefined` when RingCentral's description can't be read. */
export function readStatus(record: StatusRecord): SessionStatus | undefined {
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
