import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { draftPath, type SegmentFile, syncFolder } from '../segments/segment-file.ts'
import { decodeSegmentIndex, type SegmentIndex } from './segment-index.ts'

/**
 * The file beside a sealed segment: which bytes the segment has, and its index, so that a start need not read it. It is made
 * of the segment and can be made again: one that is missing or damaged counts as none.
 *
 * Layout: CRC-32 of the rest (4 bytes, little endian), then a line of JSON with its format and {@link SealedFacts}, then the index.
 */
export interface SealedFacts {
  /** The length of the segment file. */
  readonly contentBytes: number
  /** Events in it. */
  readonly count: number
  /** CRC-32 of the whole segment file. */
  readonly checksum: number
}

export interface IndexFile extends SealedFacts {
  readonly index: SegmentIndex
}

/** An index that is written in another way counts as none. */
const INDEX_FORMAT = 1
const CHECKSUM_BYTES = 4
const LINE_END = 0x0a

/** Resolves with the length of the file, when it is on the disk. */
export async function writeIndexFile(segment: SegmentFile, { index, ...facts }: IndexFile): Promise<number> {
  const encoded = index.encode()
  const line = Buffer.from(JSON.stringify({ format: INDEX_FORMAT, ...facts }))
  // The numbers in the index are read where they lie.
  const padding = Buffer.alloc(3 - (line.length % 4), ' ')
  const rest = Buffer.concat([line, padding, Buffer.from([LINE_END]), encoded])
  const checksum = Buffer.alloc(CHECKSUM_BYTES)
  checksum.writeUInt32LE(crc32(rest))
  const draft = draftPath(indexPath(segment))
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(Buffer.concat([checksum, rest]))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, indexPath(segment))
  return CHECKSUM_BYTES + rest.length
}

/** `undefined` for one that is missing or damaged. */
export async function readIndexFile(
  segment: SegmentFile,
): Promise<(IndexFile & { readonly lengthBytes: number }) | undefined> {
  const bytes = await readFile(indexPath(segment)).catch(() => undefined)
  if (bytes === undefined || bytes.length < CHECKSUM_BYTES) return undefined
  const rest = bytes.subarray(CHECKSUM_BYTES)
  if (bytes.readUInt32LE(0) !== crc32(rest)) return undefined
  const lineBytes = rest.indexOf(LINE_END)
  const { format, ...facts } = JSON.parse(rest.toString('utf8', 0, lineBytes)) as SealedFacts & { format?: number }
  if (format !== INDEX_FORMAT) return undefined
  return { ...facts, index: decodeSegmentIndex(rest.subarray(lineBytes + 1)), lengthBytes: bytes.length }
}

export async function removeIndexFile(segment: SegmentFile): Promise<void> {
  await rm(indexPath(segment), { force: true })
  await rm(draftPath(indexPath(segment)), { force: true })
  await syncFolder(dirname(segment.path))
}

function indexPath({ path }: SegmentFile): string {
  return path.replace(/\.segment$/, '.index')
}
