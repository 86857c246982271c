import { crc32 } from 'node:zlib'

/**
 * What is stored on disk: a checksum, then a JSON head of decoded facts, then the text as it was received. The storage
 * engine does not notice flipped bytes, so every record carries the checksum of all that follows it.
 *
 * Layout: CRC-32 (4 bytes, big endian), length of the head in bytes (4), head (UTF-8 JSON), text (UTF-8).
 */
export interface SealedRecord {
  readonly head: unknown
  readonly text: string
}

const CHECKSUM_BYTES = 4
const PREFIX_BYTES = 8

/** A stored record whose bytes are not those that were written. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError'
}

export function sealRecord({ head, text }: SealedRecord): Buffer {
  const headBytes = Buffer.from(JSON.stringify(head))
  const textBytes = Buffer.from(text)
  const record = Buffer.allocUnsafe(PREFIX_BYTES + headBytes.length + textBytes.length)
  record.writeUInt32BE(headBytes.length, CHECKSUM_BYTES)
  headBytes.copy(record, PREFIX_BYTES)
  textBytes.copy(record, PREFIX_BYTES + headBytes.length)
  record.writeUInt32BE(crc32(record.subarray(CHECKSUM_BYTES)), 0)
  return record
}

/** Throws a {@link DamagedRecordError} when the bytes are not as they were sealed. */
export function openRecord(record: Uint8Array): SealedRecord {
  const bytes = checkRecord(record)
  const headEnd = PREFIX_BYTES + bytes.readUInt32BE(CHECKSUM_BYTES)
  return {
    head: JSON.parse(bytes.toString('utf8', PREFIX_BYTES, headEnd)),
    text: bytes.toString('utf8', headEnd),
  }
}

/** Compares the checksum only. Throws a {@link DamagedRecordError}. */
export function checkRecord(record: Uint8Array): Buffer {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  if (bytes.length < PREFIX_BYTES || bytes.readUInt32BE(0) !== crc32(bytes.subarray(CHECKSUM_BYTES))) {
    throw new DamagedRecordError('a stored record does not match its checksum')
  }
  return bytes
}
