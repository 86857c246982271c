import { crc32 } from 'node:zlib'

/**
 * What is written, flushed and acknowledged together: a head, then one frame for each record.
 *
 * | bytes | head                                   |     | bytes | frame                                        |
 * | ----- | -------------------------------------- | --- | ----- | -------------------------------------------- |
 * | 0–3   | `RSB1`                                 |     | 0–3   | length of the record                         |
 * | 4–7   | length of the frames                   |     | 4–7   | CRC-32 of the record, begun with its position |
 * | 8–11  | number of frames                       |     | 8–    | the record                                   |
 * | 12–15 | CRC-32 of the other bytes of the head  |     |       |                                              |
 * | 16–23 | position of the first record (float)   |     |       |                                              |
 * | 24–31 | when it was written, ms (float)        |     |       |                                              |
 *
 * Numbers are little endian. The next batch is only written when this one is on the disk: one that is cut short and followed
 * by another was damaged, and one at the end was interrupted.
 */
export interface Batch {
  readonly firstPosition: number
  /** ms since the epoch, the relay's clock. */
  readonly writtenAtMs: number
  readonly frames: readonly Frame[]
  /** Where the next one begins. */
  readonly endOffset: number
}

/** Where a record lies in its file. */
export interface Frame {
  /** Of the frame, not of the record in it. */
  readonly offset: number
  /** Length of the record. */
  readonly bytes: number
}

const MAGIC = Buffer.from('RSB1')
const HEAD_BYTES = 32
export const FRAME_HEAD_BYTES = 8

export function batchBytes(records: readonly Buffer[]): number {
  return records.reduce((sum, record) => sum + FRAME_HEAD_BYTES + record.length, HEAD_BYTES)
}

/** The bytes of a batch, and where its frames lie when it is written at `offset`. */
export function encodeBatch(
  records: readonly Buffer[],
  { firstPosition, writtenAtMs, offset }: { firstPosition: number; writtenAtMs: number; offset: number },
): { readonly bytes: Buffer; readonly frames: readonly Frame[] } {
  const bytes = Buffer.allocUnsafe(batchBytes(records))
  const frames: Frame[] = []
  let at = HEAD_BYTES
  for (const [index, record] of records.entries()) {
    bytes.writeUInt32LE(record.length, at)
    bytes.writeUInt32LE(recordChecksum(record, firstPosition + index), at + 4)
    record.copy(bytes, at + FRAME_HEAD_BYTES)
    frames.push({ offset: offset + at, bytes: record.length })
    at += FRAME_HEAD_BYTES + record.length
  }
  MAGIC.copy(bytes)
  bytes.writeUInt32LE(bytes.length - HEAD_BYTES, 4)
  bytes.writeUInt32LE(records.length, 8)
  bytes.writeDoubleLE(firstPosition, 16)
  bytes.writeDoubleLE(writtenAtMs, 24)
  bytes.writeUInt32LE(headChecksum(bytes, 0), 12)
  return { bytes, frames }
}

/** The batch at `offset` of a file's content; `undefined` when there is none that is whole. */
export function decodeBatch(content: Buffer, offset: number): Batch | undefined {
  const head = readBatchHead(content, offset)
  if (head === undefined) return undefined
  const { firstPosition, count, endOffset } = head
  const frames: Frame[] = []
  let at = offset + HEAD_BYTES
  while (frames.length < count) {
    const record = openFrame(content, at, firstPosition + frames.length)
    if (record === undefined) return undefined
    frames.push({ offset: at, bytes: record.length })
    at += FRAME_HEAD_BYTES + record.length
  }
  if (at !== endOffset) return undefined
  return { firstPosition, writtenAtMs: content.readDoubleLE(offset + 24), frames, endOffset }
}

/** Of the batch at `offset` no more than its head says; `undefined` when there is none. */
export function readBatchHead(
  content: Buffer,
  offset: number,
): { readonly firstPosition: number; readonly count: number; readonly endOffset: number } | undefined {
  if (!isHead(content, offset)) return undefined
  return {
    firstPosition: content.readDoubleLE(offset + 16),
    count: content.readUInt32LE(offset + 8),
    endOffset: offset + HEAD_BYTES + content.readUInt32LE(offset + 4),
  }
}

/** Whether a batch begins anywhere after `offset`. */
export function hasBatchAfter(content: Buffer, offset: number): boolean {
  for (let at = content.indexOf(MAGIC, offset + 1); at !== -1; at = content.indexOf(MAGIC, at + 1)) {
    if (isHead(content, at)) return true
  }
  return false
}

/** The record of the frame at `offset`; `undefined` when its bytes are not those that were written for this position. */
export function openFrame(content: Buffer, offset: number, position: number): Buffer | undefined {
  const recordAt = offset + FRAME_HEAD_BYTES
  if (recordAt > content.length) return undefined
  const bytes = content.readUInt32LE(offset)
  if (recordAt + bytes > content.length) return undefined
  const record = content.subarray(recordAt, recordAt + bytes)
  return content.readUInt32LE(offset + 4) === recordChecksum(record, position) ? record : undefined
}

function isHead(content: Buffer, offset: number): boolean {
  if (offset + HEAD_BYTES > content.length) return false
  return (
    MAGIC.compare(content, offset, offset + MAGIC.length) === 0 &&
    content.readUInt32LE(offset + 12) === headChecksum(content, offset)
  )
}

function headChecksum(content: Buffer, offset: number): number {
  const rest = crc32(content.subarray(offset + 16, offset + HEAD_BYTES))
  return crc32(content.subarray(offset, offset + 12), rest)
}

/** A record at the wrong place would be another person's call under a known position. */
function recordChecksum(record: Buffer, position: number): number {
  return crc32(record, position % 2 ** 32)
}
