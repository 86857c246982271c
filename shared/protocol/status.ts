import { decodeParty, type Party } from './party.ts'
import { decodeId, decodeInstant, decodeText, type Fault, faultAt, isRecord } from './raw.ts'

/**
 * What the platform answered when it was asked how a session stands: a repair for events that were missed. It has no sequence
 * and no times of its own, so it says what is at one moment and nothing of how it came to be.
 *
 * Source: RingCentral API reference, Get Call Session Status.
 */
export interface SessionStatus {
  readonly telephonySessionId: string
  /** The moment the answer is about, ms since the epoch, platform's clock. */
  readonly asOfMs: number
  /** False: the platform no longer knows the session. It is over, since an unknown time. */
  readonly found: boolean
  readonly createdMs: number | undefined
  readonly origin: string | undefined
  readonly parties: readonly Party[]
}

export type DecodedStatus =
  | { readonly kind: 'status'; readonly status: SessionStatus }
  | { readonly kind: 'unusable'; readonly fault: Fault }

/** Decodes the `status` of a log record. A party that cannot be read is left out: the others still repair. Never throws. */
export function decodeStatus(raw: unknown): DecodedStatus {
  if (!isRecord(raw)) return unusable('the status', 'an object', raw)
  const telephonySessionId = decodeId(raw.telephonySessionId)
  if (telephonySessionId === undefined) return unusable('telephonySessionId', 'an id', raw.telephonySessionId)
  const asOfMs = decodeInstant(raw.asOf)
  if (asOfMs === undefined) return unusable('asOf', 'an ISO-8601 time with a zone', raw.asOf)
  if (typeof raw.found !== 'boolean') return unusable('found', 'true or false', raw.found)
  const session = isRecord(raw.session) ? raw.session : {}
  if (raw.found && !Array.isArray(session.parties)) return unusable('session.parties', 'a list', session.parties)
  const parties = raw.found && Array.isArray(session.parties) ? session.parties : []
  return {
    kind: 'status',
    status: {
      telephonySessionId,
      asOfMs,
      found: raw.found,
      createdMs: decodeInstant(session.creationTime),
      origin: isRecord(session.origin) ? decodeText(session.origin.type) : undefined,
      parties: parties.flatMap((party, index) => {
        const decoded = decodeParty(party, `session.parties[${index}]`)
        return 'fault' in decoded ? [] : [decoded]
      }),
    },
  }
}

function unusable(path: string, expected: string, value: unknown): DecodedStatus {
  return { kind: 'unusable', fault: faultAt(path, expected, value) }
}
