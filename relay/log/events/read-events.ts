import { basename } from 'node:path'
import { DamagedError } from '../damaged-error.ts'
import type { LoggedEvent } from '../event-log.ts'
import { FRAME_HEAD_BYTES, openFrame } from '../segments/batch.ts'
import type { IndexedSegment } from './event-index.ts'
import { decodeRest, decodeText } from './event-record.ts'

/** Frames that lie closer to each other than this are read together, with what is between them. */
const MAX_GAP_BYTES = 16 * 1024
/** At most so much is read at a time, unless a single event is larger. */
const MAX_READ_BYTES = 1024 * 1024

/** The records of some events of one segment, `indexes` growing. Throws a {@link DamagedError} that names file and place. */
export async function readRecords(of: IndexedSegment, indexes: readonly number[]): Promise<readonly Buffer[]> {
  const records: Buffer[] = []
  for (const span of joinNeighbours(of, indexes)) {
    const content = await of.segment.file.read(span.offset, span.endOffset - span.offset)
    for (const index of span.indexes) {
      const { offset } = of.index.frameOf(index)
      const record = openFrame(content, offset - span.offset, of.segment.firstPosition + index)
      if (record === undefined) {
        throw new DamagedError(`${basename(of.segment.file.path)} does not match its checksums at byte ${offset}`)
      }
      records.push(record)
    }
  }
  return records
}

/** The same as events. */
export async function readEvents(of: IndexedSegment, indexes: readonly number[]): Promise<readonly LoggedEvent[]> {
  const records = await readRecords(of, indexes)
  return indexes.map((index, at) => {
    const record = records[at] as Buffer
    return {
      position: of.segment.firstPosition + index,
      telephonySessionId: of.index.sessionOf(index),
      extensionIds: of.index.ownersOf(index),
      text: decodeText(record),
      ...decodeRest(record),
    }
  })
}

interface Span {
  readonly offset: number
  readonly endOffset: number
  readonly indexes: readonly number[]
}

function joinNeighbours({ index: segmentIndex }: IndexedSegment, indexes: readonly number[]): readonly Span[] {
  const spans: { offset: number; endOffset: number; indexes: number[] }[] = []
  for (const index of indexes) {
    const { offset, bytes } = segmentIndex.frameOf(index)
    const endOffset = offset + FRAME_HEAD_BYTES + bytes
    const span = spans.at(-1)
    const isNear =
      span !== undefined && offset - span.endOffset <= MAX_GAP_BYTES && endOffset - span.offset <= MAX_READ_BYTES
    if (isNear) {
      span.endOffset = endOffset
      span.indexes.push(index)
    } else spans.push({ offset, endOffset, indexes: [index] })
  }
  return spans
}
