import { decodeNotification } from '../../shared/protocol/notification.ts'
import { decodeStatus } from '../../shared/protocol/status.ts'
import type { CallRecord } from '../../shared/protocol/stream-line.ts'
import { parseJson } from '../json.ts'
import type { LoggedEvent } from '../log/event-log.ts'

/** What an event of the log tells of a call; `undefined` for one that tells nothing of it. */
export function decodeRecord({ kind, text }: LoggedEvent): CallRecord | undefined {
  if (kind !== undefined && kind !== 'status') return undefined
  const raw = parseJson(text)
  const decoded = kind === 'status' ? decodeStatus(raw) : decodeNotification(raw)
  return decoded.kind === 'telephony' || decoded.kind === 'status' ? decoded : undefined
}
