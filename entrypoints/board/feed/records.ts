import * as v from 'valibot'
import { type ActNotice, actNoticeSchema } from '../../../shared/protocol/act.ts'
import { type DeskRecord, deskSchema } from '../../../shared/protocol/desk.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus } from '../../../shared/protocol/status.ts'
import type { CallRecord } from '../../../shared/protocol/stream-line.ts'

/** A record of the relay's log, as far as a board needs it: one of `call`, `desk` and `act` is there. */
export interface FeedRecord {
  readonly telephonySessionId: string
  readonly position: number
  /** When the relay got it, ms on the relay's clock. */
  readonly receivedMs: number
  readonly call?: CallRecord
  readonly desk?: DeskRecord
  readonly act?: ActNotice
}

/** Reads a record of a snapshot, a stream or a session's list; `undefined` when it tells nothing that a board shows. */
export function readRecord(raw: Readonly<Record<string, unknown>>): FeedRecord | undefined {
  const { position, receivedAt, notification, status, desk, act } = raw
  const receivedMs = Date.parse(String(receivedAt))
  if (typeof position !== 'number' || Number.isNaN(receivedMs)) return undefined
  const place = { position, receivedMs }
  if (desk !== undefined) {
    const read = v.safeParse(deskSchema, desk)
    return read.success
      ? { ...place, telephonySessionId: read.output.telephonySessionId, desk: read.output }
      : undefined
  }
  if (act !== undefined) {
    const read = v.safeParse(actNoticeSchema, act)
    return read.success ? { ...place, telephonySessionId: read.output.telephonySessionId, act: read.output } : undefined
  }
  if (status !== undefined) {
    const call = decodeStatus(status)
    return call.kind === 'status' ? { ...place, telephonySessionId: call.status.telephonySessionId, call } : undefined
  }
  const call = decodeNotification(notification)
  return call.kind === 'telephony'
    ? { ...place, telephonySessionId: call.notification.telephonySessionId, call }
    : undefined
}
