import type { Queue } from '../../../shared/queue.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { Segment } from './segment.ts'
import { ignoreNoRoom, type WriteFaults } from './write-faults.ts'

export interface SpaceAheadOptions {
  readonly roomBytes: number
  readonly reserveBytes: number
  /** Files that change their length do it one after the other. */
  readonly resizing: Queue
  readonly faults: Pick<WriteFaults, 'noteFailure'>
}

const MAX_STEP_BYTES = 4 * 1024 * 1024

/**
 * Takes space from the disk before it is needed, so that a flush writes no more than its records, and a disk that is filled by
 * others has some. To be called after each append, with the segment that is written.
 */
export function createSpaceAhead(options: SpaceAheadOptions): (segment: Segment) => void {
  const { roomBytes, reserveBytes, resizing, faults } = options
  let isGrowing = false
  let grownAtMs = Number.NEGATIVE_INFINITY
  let stepBytes = roomBytes
  return ({ file, contentBytes }) => {
    if (isGrowing || file.lengthBytes - contentBytes >= roomBytes + reserveBytes) return
    isGrowing = true
    // The more the faster it is used up, or it would be used up before there is more.
    stepBytes = performance.now() - grownAtMs < SECOND_MS ? Math.min(stepBytes * 2, MAX_STEP_BYTES) : roomBytes
    grownAtMs = performance.now()
    resizing
      .run(async () => {
        // Without space the next batch that needs some will say so.
        await file.grow(contentBytes + stepBytes + roomBytes + reserveBytes).catch(ignoreNoRoom)
        await file.flush()
      })
      .catch(faults.noteFailure)
      .finally(() => {
        isGrowing = false
      })
  }
}
