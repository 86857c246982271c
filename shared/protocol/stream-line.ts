import { type DecodedNotification, decodeNotification } from './notification.ts'
import { isRecord } from './raw.ts'
import { type DecodedStatus, decodeStatus } from './status.ts'

/**
 * A line of a saved stream: a delivery of the platform, or the answer it gave when it was asked how a session stands, which
 * tells its moment as `asOf`. With both a stream gives the figures that were shown.
 */
export type DecodedLine = DecodedNotification | DecodedStatus

/** A decoded line that is about a call. */
export type CallRecord = Extract<DecodedLine, { kind: 'telephony' | 'status' }>

/** Decodes a line that is parsed already. Never throws. */
export function decodeStreamLine(raw: unknown): DecodedLine {
  return isRecord(raw) && 'asOf' in raw ? decodeStatus(raw) : decodeNotification(raw)
}
