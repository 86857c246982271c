import { crc32 } from 'node:zlib'
import type { FormerLog } from '../event-log.ts'

/**
 * The first bytes of a segment file: one line of JSON, padded with blanks, and its checksum, so that `head -c 4096` tells an
 * administrator what they are looking at.
 */
export interface SegmentHeader {
  readonly format: typeof SEGMENT_FORMAT
  readonly kind: SegmentKind
  /** Grows by one with each file of a folder. */
  readonly number: number
  /** The position of the first record that it may hold. */
  readonly firstPosition: number
  /** What the log was called when this file was begun. */
  readonly logId: string
  /** What it was called before, oldest first. */
  readonly former: readonly FormerLog[]
  /** Which start of the machine it was begun in; empty where the system does not tell. */
  readonly bootId: string
  /** ms since the epoch, the relay's clock. */
  readonly createdAtMs: number
}

/** What its writer decides of a header. */
export type SegmentStamp = Pick<SegmentHeader, 'logId' | 'former' | 'bootId'>

export type SegmentKind = 'events' | 'aside' | 'records'

export const SEGMENT_FORMAT = 1
export const HEADER_BYTES = 4096
const CHECKSUM_CHARS = 8
const TEXT_BYTES = HEADER_BYTES - CHECKSUM_CHARS - 1

export function encodeHeader(header: SegmentHeader): Buffer {
  const text = JSON.stringify(header).padEnd(TEXT_BYTES)
  return Buffer.from(`${text}${checksum(text)}\n`, 'latin1')
}

/** `undefined` when these are not the bytes of a header. */
export function decodeHeader(bytes: Buffer): SegmentHeader | undefined {
  const text = bytes.toString('latin1', 0, TEXT_BYTES)
  if (bytes.toString('latin1', TEXT_BYTES, HEADER_BYTES) !== `${checksum(text)}\n`) return undefined
  return JSON.parse(text) as SegmentHeader
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(CHECKSUM_CHARS, '0')
}
