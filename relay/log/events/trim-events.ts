import type { TrimLimits } from '../event-log.ts'
import { NotStoredError } from '../not-stored-error.ts'
import type { IndexedSegment } from './event-index.ts'
import type { EventStore } from './event-store.ts'

export interface TrimOptions {
  readonly events: EventStore
  /** Bytes of storage in use, what was kept aside included. */
  usedBytes(): number
  /** Readers need all events after this position. */
  pinnedAfter(): number
}

/** So much of a large segment goes at a time, because the rest of it has to be written again. */
const LEAST_SHARE = 0.25
const SMALL_SEGMENT_BYTES = 1024 * 1024

/**
 * Forgets what must go of the oldest segment and nobody reads; resolves with the number of events forgotten, 0 when there is
 * nothing more to do or no room to do it.
 */
export async function trimOldest(limits: TrimLimits, options: TrimOptions): Promise<number> {
  const { events } = options
  const oldest = events.index.segments[0]
  if (oldest === undefined) return 0
  const count = countForgettable(oldest, limits, options)
  try {
    if (count > 0) await events.forgetOldest(count)
    return count
  } catch (error) {
    // The newest file can only go when there is room for another.
    if (error instanceof NotStoredError) return 0
    throw error
  }
}

/** The events at its beginning that must go; none when that is not worth writing the others again. */
function countForgettable(
  oldest: IndexedSegment,
  { beforeMs, maxBytes }: TrimLimits,
  { events, usedBytes, pinnedAfter }: TrimOptions,
): number {
  const { index, segment } = oldest
  const unpinned = Math.min(index.count, pinnedAfter() - segment.firstPosition + 1)
  const isSmall = segment.contentBytes <= SMALL_SEGMENT_BYTES
  let excessBytes = usedBytes() - maxBytes
  // Where room is short a large one goes as it is: to write a part of it again would take more.
  if (excessBytes > 0 && !isSmall && unpinned === index.count && events.index.segments.length > 1) return unpinned
  let forgottenBytes = 0
  let count = 0
  while (count < unpinned && (excessBytes > 0 || index.receivedAtMsOf(count) < beforeMs)) {
    const { bytes } = index.frameOf(count)
    excessBytes -= bytes
    forgottenBytes += bytes
    count += 1
  }
  const isWorth = count === index.count || isSmall || forgottenBytes >= segment.contentBytes * LEAST_SHARE
  return isWorth ? count : 0
}
