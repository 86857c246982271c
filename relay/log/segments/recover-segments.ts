import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DamagedError } from '../damaged-error.ts'
import type { FileEnd } from '../last-state.ts'
import { decodeBatch, FRAME_HEAD_BYTES, type Frame, hasBatchAfter } from './batch.ts'
import { type FileStats, readFileStats } from './file-stats.ts'
import type { Segment } from './segment.ts'
import { openSegmentFile, type SegmentFile, segmentNumber, segmentPath } from './segment-file.ts'
import { decodeHeader, HEADER_BYTES, SEGMENT_FORMAT, type SegmentHeader, type SegmentKind } from './segment-header.ts'

/**
 * Reads what a folder of segments holds after a start.
 *
 * - A segment whose content is known from elsewhere (its index) is not read at all, unless its length is another.
 * - The others are read batch by batch. What follows the last whole batch was being written when the process or the power
 *   went: it was never acknowledged, and is cut off.
 * - Anything else that is not as it was written is damage, and refused: a whole batch behind one that is not, positions
 *   that are missing between two files, a file that ends before its content.
 */
export interface RecoverOptions {
  readonly folder: string
  readonly kind: SegmentKind
  /** The position of the first record of a folder that has none; 1 unless given. */
  readonly firstPosition?: number
  /** What is known of a file without reading it, as long as it has that length. */
  known?(file: SegmentFile): Promise<KnownContent | undefined>
  /** The newest file that is known to have been there, and up to where it was acknowledged. */
  readonly lastEnd: FileEnd | undefined
  /** Told of every segment that is kept, oldest first, with its batches when it was read. */
  onSegment(segment: Segment, content: RecoveredContent | undefined): void
}

export type KnownContent = Pick<Segment, 'contentBytes' | 'count'>

export interface RecoveredContent {
  readonly bytes: Buffer
  readonly records: readonly RecoveredRecord[]
}

export interface RecoveredRecord {
  readonly frame: Frame
  readonly record: Buffer
}

export interface Recovered {
  readonly segments: readonly Segment[]
  /** Without a record: of no use once another file says where positions go on. */
  readonly empty: readonly SegmentFile[]
  readonly nextNumber: number
  readonly nextPosition: number
  readonly newest: NewestSegment | undefined
}

/** The file that was written last. */
export interface NewestSegment {
  readonly header: SegmentHeader
  /** When something was written to it last, as it says itself. */
  readonly writtenAtMs: number
  /** What the file system says of it, as it was found. */
  readonly stats: FileStats
}

export async function recoverSegments(options: RecoverOptions): Promise<Recovered> {
  const { folder, kind, lastEnd } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = await readdir(folder)
  for (const name of names) if (name.endsWith('.draft')) await rm(join(folder, name))
  const numbers = names.flatMap((name) => segmentNumber(name) ?? []).sort((a, b) => a - b)
  if (lastEnd !== undefined && (numbers.at(-1) ?? 0) < lastEnd.number) {
    throw new DamagedError(`${basename(segmentPath(folder, lastEnd.number))} of the ${kind} is missing`)
  }
  const segments: Segment[] = []
  const empty: SegmentFile[] = []
  let nextPosition = options.firstPosition ?? 1
  let newest: NewestSegment | undefined
  const opened: SegmentFile[] = []
  try {
    for (const number of numbers) {
      const stats = await readFileStats(segmentPath(folder, number))
      const file = await openSegmentFile(folder, number)
      opened.push(file)
      const header = decodeHeader(await file.read(0, HEADER_BYTES))
      if (header === undefined) {
        throw new DamagedError(`the header of ${basename(file.path)} does not match its checksum`)
      }
      checkHeader(header, { file, kind })
      const { segment, content, writtenAtMs } = await readSegment(file, header, options)
      if (segments.length + empty.length > 0 && header.firstPosition !== nextPosition) {
        throw new DamagedError(
          `${basename(file.path)} begins with record ${header.firstPosition}, but ${nextPosition} should follow`,
        )
      }
      nextPosition = header.firstPosition + segment.count
      newest = { header, writtenAtMs, stats }
      if (segment.count === 0) empty.push(file)
      else {
        segments.push(segment)
        options.onSegment(segment, content)
      }
    }
  } catch (error) {
    for (const file of opened) await file.close()
    throw error
  }
  return { segments, empty, nextNumber: (numbers.at(-1) ?? 0) + 1, nextPosition, newest }
}

function checkHeader(
  { format, kind, number }: SegmentHeader,
  expected: { file: SegmentFile; kind: SegmentKind },
): void {
  const name = basename(expected.file.path)
  if (format !== SEGMENT_FORMAT) {
    throw new DamagedError(`${name} is of format ${format}, but this relay reads format ${SEGMENT_FORMAT}`)
  }
  if (kind !== expected.kind || number !== expected.file.number) {
    throw new DamagedError(`${name} says that it is file ${number} of the ${kind}`)
  }
}

async function readSegment(
  file: SegmentFile,
  header: SegmentHeader,
  { known, lastEnd }: Pick<RecoverOptions, 'known' | 'lastEnd'>,
): Promise<{ segment: Segment; content: RecoveredContent | undefined; writtenAtMs: number }> {
  const { firstPosition, createdAtMs } = header
  const name = basename(file.path)
  const facts = await known?.(file)
  const endOffset = facts?.contentBytes ?? (lastEnd?.number === file.number ? lastEnd.contentBytes : undefined)
  if (endOffset !== undefined && file.lengthBytes < endOffset) {
    throw new DamagedError(`${name} ends after ${file.lengthBytes} bytes, but had ${endOffset}`)
  }
  if (facts !== undefined && file.lengthBytes === facts.contentBytes) {
    return { segment: { file, firstPosition, ...facts }, content: undefined, writtenAtMs: createdAtMs }
  }
  const content = await readContent(file, firstPosition)
  if (content.endOffset < (endOffset ?? 0) || hasBatchAfter(content.bytes, content.endOffset)) {
    throw new DamagedError(`${name} does not match its checksums at byte ${content.endOffset}`)
  }
  await file.cut(content.endOffset)
  const segment: Segment = { file, firstPosition, contentBytes: content.endOffset, count: content.records.length }
  return { segment, content, writtenAtMs: content.writtenAtMs ?? createdAtMs }
}

/** All whole batches from the start on. */
async function readContent(
  file: SegmentFile,
  firstPosition: number,
): Promise<RecoveredContent & { readonly endOffset: number; readonly writtenAtMs: number | undefined }> {
  const bytes = await file.read(0, file.lengthBytes)
  const records: RecoveredRecord[] = []
  let writtenAtMs: number | undefined
  let endOffset = HEADER_BYTES
  for (let batch = decodeBatch(bytes, endOffset); batch !== undefined; batch = decodeBatch(bytes, endOffset)) {
    const expected = firstPosition + records.length
    if (batch.firstPosition !== expected) {
      throw new DamagedError(
        `${basename(file.path)} has record ${batch.firstPosition} at byte ${endOffset}, but ${expected} should follow`,
      )
    }
    for (const frame of batch.frames) {
      const at = frame.offset + FRAME_HEAD_BYTES
      records.push({ frame, record: bytes.subarray(at, at + frame.bytes) })
    }
    writtenAtMs = batch.writtenAtMs
    endOffset = batch.endOffset
  }
  return { bytes, records, endOffset, writtenAtMs }
}
