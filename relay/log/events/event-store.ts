import { crc32 } from 'node:zlib'
import type { NewEvent } from '../event-log.ts'
import type { RecoveredContent } from '../segments/recover-segments.ts'
import type { Segment } from '../segments/segment.ts'
import type { SegmentFile } from '../segments/segment-file.ts'
import { HEADER_BYTES } from '../segments/segment-header.ts'
import { openSegmentStore, type SegmentStore, type SegmentStoreOptions } from '../segments/segment-store.ts'
import { createEventIndex, type EventIndex, type IndexedSegment } from './event-index.ts'
import { decodeFacts, encodeEvent } from './event-record.ts'
import { type IndexFile, readIndexFile, removeIndexFile, type SealedFacts, writeIndexFile } from './index-file.ts'
import { decodeSegmentIndex } from './segment-index.ts'

/** Segments of events with their index, in memory and beside each sealed segment on the disk. */
export interface EventStore {
  readonly index: EventIndex
  /** The last position that is stored and in the index. */
  readonly headPosition: number
  readonly hasRoom: boolean
  findRoom(): Promise<boolean>
  /** Segments and their index files. */
  readonly usedBytes: number
  /** Stores the events as one batch and takes them into the index; resolves with the first's position, and rejects as {@link SegmentStore.append} does. */
  append(events: readonly NewEvent[]): Promise<number>
  /** Takes the oldest events off the disk, so many of the oldest segment; not while an append is under way. Rejects like it. */
  forgetOldest(count: number): Promise<void>
  /** Segments that are not written any more, as they were when they were sealed. */
  listSealed(): readonly SealedSegment[]
  /** The next start reads this segment whole. */
  distrust(file: SegmentFile): Promise<void>
  close: SegmentStore['close']
}

export interface SealedSegment extends SealedFacts {
  readonly file: SegmentFile
}

export type EventStoreOptions = Omit<SegmentStoreOptions, 'kind' | 'known' | 'onSegment' | 'onSealed' | 'reserveBytes'>

export async function openEventStore(options: EventStoreOptions): Promise<EventStore> {
  const index = createEventIndex()
  /** Of each segment's content so far. */
  const checksums = new Map<Segment, number>()
  const indexFileBytes = new Map<Segment, number>()
  const indexFiles = new Map<SegmentFile, IndexFile & { readonly lengthBytes: number }>()
  const scanned: Segment[] = []

  function onSegment(segment: Segment, content: RecoveredContent | undefined): void {
    const indexFile = indexFiles.get(segment.file)
    if (content === undefined && indexFile !== undefined) {
      index.addSegment(segment, indexFile.index)
      checksums.set(segment, indexFile.checksum)
      indexFileBytes.set(segment, indexFile.lengthBytes)
      return
    }
    index.addSegment(segment)
    for (const { record, frame } of content?.records ?? []) index.addEvent(decodeFacts(record), frame)
    checksums.set(segment, crc32(content?.bytes.subarray(HEADER_BYTES, segment.contentBytes) ?? ''))
    scanned.push(segment)
  }

  async function onSealed(segment: Segment): Promise<void> {
    const indexed = index.segments.find((candidate) => candidate.segment === segment)
    const checksum = checksums.get(segment)
    if (indexed === undefined || checksum === undefined) return
    const { contentBytes, count } = segment
    // Takes no more memory than it needs.
    indexed.index = decodeSegmentIndex(indexed.index.encode())
    // Without it the next start reads the segment.
    await writeIndexFile(segment.file, { contentBytes, count, checksum, index: indexed.index }).then(
      (bytes) => indexFileBytes.set(segment, bytes),
      () => removeIndexFile(segment.file),
    )
  }

  const store = await openSegmentStore({
    ...options,
    kind: 'events',
    reserveBytes: 0,
    onSegment,
    onSealed,
    async known(file) {
      const indexFile = await readIndexFile(file)
      if (indexFile !== undefined) indexFiles.set(file, indexFile)
      return indexFile
    },
  })
  indexFiles.clear()
  function forgetFacts(segment: Segment): void {
    checksums.delete(segment)
    indexFileBytes.delete(segment)
  }

  async function shorten({ segment, index: before }: IndexedSegment, count: number): Promise<void> {
    // An index that is about another file would be taken for damage.
    await removeIndexFile(segment.file)
    const shortened = await store.shortenOldest(segment.firstPosition + count)
    const { file, contentBytes } = shortened
    index.replaceOldest(shortened, before.slice(count, contentBytes - segment.contentBytes))
    forgetFacts(segment)
    checksums.set(shortened, crc32(await file.read(HEADER_BYTES, contentBytes - HEADER_BYTES)))
    await onSealed(shortened)
  }

  let headPosition = store.nextPosition - 1
  const sealing = scanned.reduce((before, segment) => before.then(() => onSealed(segment)), Promise.resolve())

  return {
    index,
    get headPosition() {
      return headPosition
    },
    get hasRoom() {
      return store.hasRoom
    },
    findRoom: store.findRoom,
    get usedBytes() {
      return store.usedBytes + [...indexFileBytes.values()].reduce((sum, bytes) => sum + bytes, 0)
    },
    async append(events) {
      const atMs = events[0]?.receivedAtMs ?? 0
      const { segment, frames, bytes } = await store.append(events.map(encodeEvent), { atMs })
      if (index.segments.at(-1)?.segment !== segment) index.addSegment(segment)
      checksums.set(segment, crc32(bytes, checksums.get(segment) ?? 0))
      for (const [at, event] of events.entries()) {
        const frame = frames[at]
        if (frame !== undefined) index.addEvent(event, frame)
      }
      const firstPosition = headPosition + 1
      headPosition += events.length
      return firstPosition
    },
    async forgetOldest(count) {
      const oldest = index.segments[0]
      if (oldest === undefined) return
      const { segment } = oldest
      if (segment === store.active) await store.roll()
      await sealing
      if (count >= oldest.index.count) {
        index.forgetOldest()
        await store.removeOldest()
        forgetFacts(segment)
        await removeIndexFile(segment.file)
      } else await shorten(oldest, count)
    },
    listSealed: () =>
      store.segments.flatMap((segment) => {
        const checksum = checksums.get(segment)
        const { file, contentBytes, count } = segment
        return segment === store.active || checksum === undefined ? [] : [{ file, contentBytes, count, checksum }]
      }),
    distrust: removeIndexFile,
    async close() {
      await sealing
      return store.close()
    },
  }
}
