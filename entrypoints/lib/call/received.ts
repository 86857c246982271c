import type { ActNotice } from '../../../shared/protocol/act.ts'
import type { DeskRecord } from '../../../shared/protocol/desk.ts'
import { decodeNotification, type TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus, type SessionStatus } from '../../../shared/protocol/status.ts'
import type { SessionAnswer } from '../../../shared/protocol/wire.ts'
import type { StoredEvent, StoredStatus } from '../store/schema.ts'

/** A record of the relay's log that is about a call: as it is kept, and what it says. */
export type Received =
  | {
      readonly kind: 'event'
      readonly stored: StoredEvent
      readonly notification: TelephonyNotification
      /** From the moment it is about, on the platform's clock, to when the relay had it, on the relay's. */
      readonly delayMs: number
    }
  | { readonly kind: 'status'; readonly stored: StoredStatus; readonly status: SessionStatus; readonly delayMs: number }

/** A record of the log wherever it came from: an answer that was asked for has no position. */
export type LogRecord =
  | { readonly receivedAt: string; readonly notification: unknown }
  | { readonly receivedAt: string; readonly status: SessionAnswer }
  | { readonly receivedAt: string; readonly desk: DeskRecord }
  | { readonly receivedAt: string; readonly act: ActNotice }

/** The parts of a log record that change a call; anything else is ignored. */
export function receive(event: LogRecord): readonly Received[] {
  const receivedMs = Date.parse(event.receivedAt)
  if ('status' in event) {
    const { telephonySessionId, asOf } = event.status
    return decodeStoredStatus({ telephonySessionId, asOf, receivedMs, status: event.status })
  }
  // What people tell each other about a call, and that a rule acted on it, is no part of it.
  if ('desk' in event || 'act' in event) return []
  const decoded = decodeNotification(event.notification)
  if (decoded.kind !== 'telephony') return []
  const { telephonySessionId, sequence, uuid } = decoded.notification
  const stored = { telephonySessionId, sequence, uuid: uuid ?? '', receivedMs, notification: event.notification }
  return [describeEvent(stored, decoded.notification)]
}

export function decodeStoredEvent(stored: StoredEvent): readonly Received[] {
  const decoded = decodeNotification(stored.notification)
  return decoded.kind === 'telephony' ? [describeEvent(stored, decoded.notification)] : []
}

function describeEvent(stored: StoredEvent, notification: TelephonyNotification): Received {
  return { kind: 'event', stored, notification, delayMs: stored.receivedMs - notification.timestampMs }
}

export function decodeStoredStatus(stored: StoredStatus): readonly Received[] {
  const decoded = decodeStatus(stored.status)
  if (decoded.kind !== 'status') return []
  const { status } = decoded
  return [{ kind: 'status', stored, status, delayMs: stored.receivedMs - status.asOfMs }]
}
