import { crc32 } from 'node:zlib'

/**
 * What is stored on disk: a checksum, then a JSON head of decoded facts, then the text as it was received. The storage
 * engine does not notice flipped bytes, so every record carries the checksum of the key it is stored under and of all that
 * follows: an index entry that slid under another key would show one person's calls to another.
 *
 * Layout: CRC-32 of key and rest (4 bytes, big endian), length of the head in bytes (4), head (UTF-8 JSON), text (UTF-8).
 */
export interface SealedRecord {
  readonly head: unknown
  readonly text: string
}

/** A key of the store: a name, a number, or several of them. */
export type RecordKey = string | number | readonly (string | number)[]

const CHECKSUM_BYTES = 4
const PREFIX_BYTES = 8

/** A stored record whose bytes are not those that were written. */
export class DamagedRecordError extends Error {
  override readonly name = 'DamagedRecordError'
}

export function sealRecord(key: RecordKey, { head, text }: SealedRecord): Buffer {
  const headText = JSON.stringify(head)
  const headLength = Buffer.byteLength(headText)
  const record = Buffer.allocUnsafe(PREFIX_BYTES + headLength + Buffer.byteLength(text))
  record.writeUInt32BE(headLength, CHECKSUM_BYTES)
  record.write(headText, PREFIX_BYTES)
  record.write(text, PREFIX_BYTES + headLength)
  record.writeUInt32BE(checksum(key, record), 0)
  return record
}

/** Throws a {@link DamagedRecordError} when the bytes are not as they were sealed under this key. */
export function openRecord(key: RecordKey, record: Uint8Array): SealedRecord {
  const bytes = checkRecord(key, record)
  const headEnd = PREFIX_BYTES + bytes.readUInt32BE(CHECKSUM_BYTES)
  return {
    head: JSON.parse(bytes.toString('utf8', PREFIX_BYTES, headEnd)),
    text: bytes.toString('utf8', headEnd),
  }
}

/** The head alone: the text is most of a record, and making it a string most of the work. Throws as {@link openRecord} does. */
export function openHead(key: RecordKey, record: Uint8Array): unknown {
  const bytes = checkRecord(key, record)
  return JSON.parse(bytes.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + bytes.readUInt32BE(CHECKSUM_BYTES)))
}

/** Compares the checksum only. Throws a {@link DamagedRecordError}. */
export function checkRecord(key: RecordKey, record: Uint8Array): Buffer {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  if (bytes.length < PREFIX_BYTES || bytes.readUInt32BE(0) !== checksum(key, bytes)) {
    throw new DamagedRecordError('a stored record does not match its checksum')
  }
  return bytes
}

function checksum(key: RecordKey, record: Buffer): number {
  // A number and its digits are different keys of the store, but never in one table.
  return crc32(record.subarray(CHECKSUM_BYTES), crc32(typeof key === 'object' ? key.join('\0') : String(key)))
}
