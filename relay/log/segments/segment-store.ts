import { createQueue } from '../../../shared/queue.ts'
import { NotStoredError } from '../not-stored-error.ts'
import { withinRunningTime } from '../running-time.ts'
import { batchBytes, encodeBatch, type Frame } from './batch.ts'
import { createClosing } from './closing.ts'
import { createOldestSegment, type OldestSegment } from './oldest-segment.ts'
import { type RecoverOptions, recoverSegments } from './recover-segments.ts'
import type { ActiveSegment, Segment } from './segment.ts'
import { createSegmentMaker, type SegmentMaker, type SegmentMakerOptions } from './segment-maker.ts'
import { createSpaceAhead } from './space-ahead.ts'
import { createWriteFaults, ignoreNotStored, isNoRoom, noRoomError } from './write-faults.ts'

/**
 * Records in the order they were appended, in files of bounded length and age of which only the newest is written. A record
 * is never changed, and it is forgotten with its whole file.
 */
export interface SegmentStore extends OldestSegment {
  /** Oldest first. */
  readonly segments: readonly Segment[]
  /** The one that is written; none when there was no room to begin it. */
  readonly active: Segment | undefined
  /** The position that the next record gets; grows by one with each. */
  readonly nextPosition: number
  /** False from the record that found no room until one does. */
  readonly hasRoom: boolean
  /** What is in use of all files; room that is taken in advance does not count. */
  readonly usedBytes: number
  /**
   * Writes the records as one batch and resolves when it is on the disk. Rejects with a {@link NotStoredError} when there is
   * no room, and then none of them is stored. A failure that leaves open what is on the disk is told to `onFailed`, and the
   * promise never settles. One call at a time.
   */
  append(records: readonly Buffer[], options: AppendOptions): Promise<Appended>
  /** Begins a new file, so that the one before can be removed; not while an append is under way. Rejects like an append. */
  roll(): Promise<void>
  /** Asks for room after there was none, and says whether there is. Not while an append is under way. */
  findRoom(): Promise<boolean>
  /**
   * Waits for an append that is under way; later ones are rejected with a {@link NotStoredError}. Resolves with the newest
   * segment as it was closed; `undefined` when it could not be.
   */
  close(): Promise<Segment | undefined>
}

export interface AppendOptions {
  /** When the records came, ms since the epoch: decides when the file is old. */
  readonly atMs: number
  /** Takes of the room that is kept in reserve. */
  readonly usesReserve?: boolean
}

export interface Appended {
  readonly segment: Segment
  readonly frames: readonly Frame[]
  /** The batch as it was written. */
  readonly bytes: Buffer
}

export interface SegmentStoreOptions extends RecoverOptions, SegmentMakerOptions {
  /** A file takes no more than this, unless a single batch is larger. */
  readonly segmentBytes: number
  /** A file takes records of so long a time, or the first of them would stay for the sake of the last. */
  readonly maxSpanMs: number
  /** This segment is there from now on; waited for before anything happens to the one before. */
  onBegun(segment: Segment): Promise<void>
  /** So far this segment is acknowledged. */
  onAppended(segment: Segment): void
  /** Nothing is written to this segment any more, and it takes no more of the disk than its content. */
  onSealed?(segment: Segment): Promise<void>
  /** A write failed in a way that must not be tried again; the process should end. */
  onFailed(error: Error): void
}

/** A disk that takes longer than this to confirm a write does not work any more; RingCentral gives up after three seconds. */
const FLUSH_TIMEOUT_SECONDS = 10
/** Closing a file waits forever for a flush that hangs. */
const CLOSE_TIMEOUT_SECONDS = 2

export async function openSegmentStore(options: SegmentStoreOptions): Promise<SegmentStore> {
  const { folder, segmentBytes, maxSpanMs, roomBytes, reserveBytes } = options
  const recovered = await recoverSegments(options)
  const segments: Segment[] = [...recovered.segments]
  let { nextPosition } = recovered
  let active: ActiveSegment | undefined
  /** Files that change their length do it one after the other. */
  const resizing = createQueue()
  const closing = createClosing(folder)
  const faults = createWriteFaults(folder, options.onFailed)
  const keepSpaceAhead = createSpaceAhead({ roomBytes, reserveBytes, resizing, faults })
  const maker = await createSegmentMaker(options, recovered, async (segment) => {
    segments.push(segment)
    await options.onBegun(segment)
  })

  async function roll(): Promise<void> {
    const full = active
    if (full?.count === 0) return
    // That a file can't be begun, as for want of room or descriptors, says nothing of those that are there.
    active = await maker.make(nextPosition).catch(faults.refuseAll)
    faults.hasRoom = true
    if (full !== undefined) resizing.run(() => seal(full)).catch(faults.noteFailure)
  }

  async function seal(segment: Segment): Promise<void> {
    await segment.file.cut(segment.contentBytes)
    await options.onSealed?.(segment)
  }

  /** The segment that has room for a batch of so many bytes. */
  async function findSegment(bytes: number, { atMs, usesReserve = false }: AppendOptions): Promise<ActiveSegment> {
    if (active === undefined || (active.count > 0 && active.contentBytes + bytes > segmentBytes)) await roll()
    // On a full disk an old one goes on being written.
    else if (Math.abs(atMs - (active.firstAtMs ?? atMs)) > maxSpanMs) await roll().catch(ignoreNotStored)
    const segment = active
    if (segment === undefined) throw new NotStoredError(`There is no file in ${folder} to write to.`)
    const leftBytes = segment.file.lengthBytes - segment.contentBytes
    if (usesReserve && leftBytes >= bytes) return segment
    // A disk that had no room is full for everybody, and not for large batches only.
    if (!faults.hasRoom || leftBytes < bytes + reserveBytes) {
      const neededBytes = segment.contentBytes + bytes + reserveBytes + (faults.hasRoom ? 0 : roomBytes)
      await resizing.run(() => segment.file.grow(neededBytes)).catch(faults.refuse)
      faults.hasRoom = true
    }
    return segment
  }

  async function append(records: readonly Buffer[], appendOptions: AppendOptions): Promise<Appended> {
    const segment = await findSegment(batchBytes(records), appendOptions).catch(faults.failUnlessNotStored)
    const offset = segment.contentBytes
    const writtenAtMs = Date.now()
    const { bytes, frames } = encodeBatch(records, { firstPosition: nextPosition, writtenAtMs, offset })
    await segment.file.write(bytes, offset).catch(faults.refuse).catch(faults.failUnlessNotStored)
    await withinRunningTime(segment.file.flush(), FLUSH_TIMEOUT_SECONDS).catch(faults.fail)
    segment.firstAtMs ??= appendOptions.atMs
    segment.contentBytes += bytes.length
    segment.count += records.length
    nextPosition += records.length
    options.onAppended(segment)
    keepSpaceAhead(segment)
    return { segment, frames, bytes }
  }

  async function findRoom(): Promise<boolean> {
    if (closing.isClosing) return false
    try {
      const segment = active
      if (segment === undefined) active = await maker.make(nextPosition)
      else await resizing.run(() => segment.file.grow(segment.contentBytes + roomBytes + reserveBytes))
      faults.hasRoom = true
    } catch {
      faults.hasRoom = false
    }
    return faults.hasRoom
  }

  async function closeAll(): Promise<Segment | undefined> {
    // Sealed under an append, the file would lose a batch that is acknowledged a moment later. One that failed never settles.
    const changed = closing.begin()
    if (!faults.hasFailed) await changed
    await resizing.settled()
    const last = active
    active = undefined
    if (last !== undefined && !faults.hasFailed) await seal(last)
    for (const { file } of segments) await file.close()
    return faults.hasFailed ? undefined : segments.at(-1)
  }

  active = await makeFirst(maker, { segments, nextPosition, folder })
  faults.hasRoom = active !== undefined

  return {
    segments,
    get active() {
      return active
    },
    get nextPosition() {
      return nextPosition
    },
    get hasRoom() {
      return faults.hasRoom
    },
    get usedBytes() {
      return segments.reduce((sum, { contentBytes }) => sum + contentBytes, 0)
    },
    append: (records, appendOptions) => closing.unlessClosing(() => append(records, appendOptions)),
    roll: () => closing.unlessClosing(roll),
    findRoom,
    ...createOldestSegment({ folder, segments, resizing, faults, active: () => active }),
    close: () => withinRunningTime(closeAll(), CLOSE_TIMEOUT_SECONDS).catch(() => undefined),
  }
}

/** The file that this run of the relay writes; none when there is no room for it, but earlier files that can be read. */
async function makeFirst(
  maker: SegmentMaker,
  before: { readonly segments: readonly Segment[]; readonly nextPosition: number; readonly folder: string },
): Promise<ActiveSegment | undefined> {
  try {
    return await maker.make(before.nextPosition)
  } catch (error) {
    // A disk that is full when the relay starts is no reason not to start: what is there can be read.
    if (isNoRoom(error) && maker.nextNumber > 1) return undefined
    for (const { file } of before.segments) await file.close()
    throw isNoRoom(error) ? noRoomError(before.folder, error) : error
  }
}
