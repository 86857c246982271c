import type { Queue } from '../../../shared/queue.ts'
import { dropFirst } from './drop-first.ts'
import type { Segment } from './segment.ts'
import { replaceSegmentFile } from './segment-file.ts'
import type { WriteFaults } from './write-faults.ts'

export interface OldestSegmentOptions {
  readonly folder: string
  /** All files of the store, oldest first. */
  readonly segments: Segment[]
  /** Files that change their length do it one after the other. */
  readonly resizing: Queue
  readonly faults: Pick<WriteFaults, 'refuseAll'>
  /** The one that is written. */
  active(): Segment | undefined
}

/** What makes a store forget; the file that is written stays as it is. */
export interface OldestSegment {
  /** Takes the oldest file off the disk. */
  removeOldest(): Promise<void>
  /**
   * Writes the oldest file without the records before `firstPosition` and takes it off the disk as it was; resolves with the
   * segment in its place. Rejects with a NotStoredError when it could not be written.
   */
  shortenOldest(firstPosition: number): Promise<Segment>
}

export function createOldestSegment({
  folder,
  segments,
  resizing,
  faults,
  active,
}: OldestSegmentOptions): OldestSegment {
  async function oldestSealed(): Promise<Segment> {
    await resizing.settled()
    const oldest = segments[0]
    if (oldest === undefined || oldest === active()) throw new Error('The file that is written can not be taken away.')
    return oldest
  }

  return {
    async removeOldest() {
      const oldest = await oldestSealed()
      segments.shift()
      await oldest.file.remove()
    },
    async shortenOldest(firstPosition) {
      const oldest = await oldestSealed()
      const content = dropFirst(await oldest.file.read(0, oldest.contentBytes), firstPosition)
      const file = await replaceSegmentFile(folder, oldest.file.number, content).catch(faults.refuseAll)
      const count = oldest.count - (firstPosition - oldest.firstPosition)
      const segment = { file, firstPosition, contentBytes: content.length, count }
      segments[0] = segment
      await oldest.file.close()
      return segment
    },
  }
}
