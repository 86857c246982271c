import { createQueue } from '../../../shared/queue.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { describeError } from '../../errors.ts'
import { NotStoredError } from '../not-stored-error.ts'
import { withinRunningTime } from '../running-time.ts'
import { batchBytes, encodeBatch, type Frame } from './batch.ts'
import { dropFirst } from './drop-first.ts'
import { type Recovered, type RecoverOptions, recoverSegments } from './recover-segments.ts'
import { makeSegmentFile, replaceSegmentFile, type SegmentFile } from './segment-file.ts'
import { encodeHeader, HEADER_BYTES, SEGMENT_FORMAT, type SegmentStamp } from './segment-header.ts'

/**
 * Records in the order they were appended, in files of bounded length and age of which only the newest is written. A record
 * is never changed, and it is forgotten with its whole file.
 */
export interface SegmentStore {
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
  /** Takes the oldest file off the disk, which must not be the one that is written. */
  removeOldest(): Promise<void>
  /**
   * Writes the oldest file without the records before `firstPosition` and takes it off the disk as it was; resolves with the
   * segment in its place. It must not be the one that is written. Rejects like an append.
   */
  shortenOldest(firstPosition: number): Promise<Segment>
  /** Asks for room after there was none, and says whether there is. Not while an append is under way. */
  findRoom(): Promise<boolean>
  /** Resolves with the newest segment as it was closed; `undefined` when it could not be. */
  close(): Promise<Segment | undefined>
}

export interface Segment {
  readonly file: SegmentFile
  readonly firstPosition: number
  /** Up to where the file is in use. */
  contentBytes: number
  /** Records in it. */
  count: number
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

export interface SegmentStoreOptions extends RecoverOptions {
  /** What goes into the header of each new file, decided when it is known what is there. */
  stamp(newest: Recovered['newest'], nextPosition: number): Promise<SegmentStamp>
  /** A file takes no more than this, unless a single batch is larger. */
  readonly segmentBytes: number
  /** A file takes records of so long a time, or the first of them would stay for the sake of the last. */
  readonly maxSpanMs: number
  /** Room that is taken from the disk before it is needed. */
  readonly roomBytes: number
  /** Room behind that for an append with `usesReserve`. */
  readonly reserveBytes: number
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
/** Closing a file waits for ever for a flush that hangs. */
const CLOSE_TIMEOUT_SECONDS = 2
const MAX_STEP_BYTES = 4 * 1024 * 1024
/** What the system says when there is no room: on the disk, for this user, or in a file of this process. */
const NO_ROOM_CODES = ['ENOSPC', 'EDQUOT', 'EFBIG']

interface ActiveSegment extends Segment {
  /** When its first record came. */
  firstAtMs: number | undefined
}

export async function openSegmentStore(options: SegmentStoreOptions): Promise<SegmentStore> {
  const { folder, kind, segmentBytes, maxSpanMs, roomBytes, reserveBytes } = options
  const recovered = await recoverSegments(options)
  const stamp = await options.stamp(recovered.newest, recovered.nextPosition)
  const segments: Segment[] = [...recovered.segments]
  let { nextNumber, nextPosition, empty } = recovered
  let active: ActiveSegment | undefined
  let hasRoom = true
  let hasFailed = false
  let isGrowing = false
  let grownAtMs = Number.NEGATIVE_INFINITY
  let stepBytes = roomBytes
  /** Files that change their length do it one after the other. */
  const resizing = createQueue()

  async function begin(): Promise<ActiveSegment> {
    const number = nextNumber
    const firstPosition = nextPosition
    const header = encodeHeader({
      format: SEGMENT_FORMAT,
      kind,
      number,
      firstPosition,
      ...stamp,
      createdAtMs: Date.now(),
    })
    const file = await makeSegmentFile(folder, number, { header, roomBytes: 2 * roomBytes + reserveBytes })
    nextNumber += 1
    const segment = { file, firstPosition, contentBytes: HEADER_BYTES, count: 0, firstAtMs: undefined }
    segments.push(segment)
    await options.onBegun(segment)
    // Until here they said where positions go on.
    for (const unused of empty) await unused.remove()
    empty = []
    return segment
  }

  async function roll(): Promise<void> {
    const full = active
    if (full?.count === 0) return
    // That a file can't be begun, as for want of room or descriptors, says nothing of those that are there.
    active = await begin().catch(refuseAll)
    hasRoom = true
    if (full !== undefined) resizing.run(() => seal(full)).catch(noteFailure)
  }

  async function seal(segment: Segment): Promise<void> {
    await segment.file.cut(segment.contentBytes)
    await options.onSealed?.(segment)
  }

  function roomOf({ file, contentBytes }: Segment): number {
    return file.lengthBytes - contentBytes
  }

  /** The segment that has room for a batch of so many bytes. */
  async function findSegment(bytes: number, { atMs, usesReserve = false }: AppendOptions): Promise<ActiveSegment> {
    if (active === undefined || (active.count > 0 && active.contentBytes + bytes > segmentBytes)) await roll()
    // On a full disk an old one goes on being written.
    else if (Math.abs(atMs - (active.firstAtMs ?? atMs)) > maxSpanMs) await roll().catch(ignoreNotStored)
    const segment = active
    if (segment === undefined) throw new NotStoredError(`There is no file in ${folder} to write to.`)
    if (usesReserve && roomOf(segment) >= bytes) return segment
    // A disk that had no room is full for everybody, and not for large batches only.
    if (!hasRoom || roomOf(segment) < bytes + reserveBytes) {
      const neededBytes = segment.contentBytes + bytes + reserveBytes + (hasRoom ? 0 : roomBytes)
      await resizing.run(() => segment.file.grow(neededBytes)).catch(refuse)
      hasRoom = true
    }
    return segment
  }

  async function append(records: readonly Buffer[], appendOptions: AppendOptions): Promise<Appended> {
    const segment = await findSegment(batchBytes(records), appendOptions).catch(failUnlessNotStored)
    const offset = segment.contentBytes
    const writtenAtMs = Date.now()
    const { bytes, frames } = encodeBatch(records, { firstPosition: nextPosition, writtenAtMs, offset })
    await segment.file.write(bytes, offset).catch(refuse).catch(failUnlessNotStored)
    await withinRunningTime(segment.file.flush(), FLUSH_TIMEOUT_SECONDS).catch(fail)
    segment.firstAtMs ??= appendOptions.atMs
    segment.contentBytes += bytes.length
    segment.count += records.length
    nextPosition += records.length
    options.onAppended(segment)
    keepRoom(segment)
    return { segment, frames, bytes }
  }

  /** Takes room in advance, so that a flush writes no more than its records, and a disk that is filled by others has some. */
  function keepRoom({ file, contentBytes }: Segment): void {
    if (isGrowing || file.lengthBytes - contentBytes >= roomBytes + reserveBytes) return
    isGrowing = true
    // The more the faster it is used up, or it would be used up before there is more.
    stepBytes = performance.now() - grownAtMs < SECOND_MS ? Math.min(stepBytes * 2, MAX_STEP_BYTES) : roomBytes
    grownAtMs = performance.now()
    resizing
      .run(async () => {
        // Without room the next batch that needs some will say so.
        await file.grow(contentBytes + stepBytes + roomBytes + reserveBytes).catch(ignoreNoRoom)
        await file.flush()
      })
      .catch(noteFailure)
      .finally(() => {
        isGrowing = false
      })
  }

  function refuse(error: unknown): never {
    if (!isNoRoom(error)) throw error
    return refuseAll(error)
  }

  function refuseAll(error: unknown): never {
    hasRoom = false
    throw noRoomError(folder, error)
  }

  function failUnlessNotStored(error: unknown): Promise<never> {
    if (error instanceof NotStoredError) throw error
    return fail(error)
  }

  function fail(error: unknown): Promise<never> {
    noteFailure(error)
    return new Promise(() => undefined)
  }

  function noteFailure(error: unknown): void {
    if (hasFailed) return
    hasFailed = true
    const sentence = `A write to ${folder} failed and can't be trusted any more: ${describeError(error)}.`
    options.onFailed(new Error(sentence, { cause: error }))
  }

  try {
    active = await begin()
  } catch (error) {
    // A disk that is full when the relay starts is no reason not to start: what is there can be read.
    if (!isNoRoom(error) || nextNumber === 1) {
      for (const { file } of segments) await file.close()
      throw isNoRoom(error) ? noRoomError(folder, error) : error
    }
    hasRoom = false
  }

  return {
    segments,
    get active() {
      return active
    },
    get nextPosition() {
      return nextPosition
    },
    get hasRoom() {
      return hasRoom
    },
    get usedBytes() {
      return segments.reduce((sum, { contentBytes }) => sum + contentBytes, 0)
    },
    append,
    roll,
    async removeOldest() {
      await resizing.settled()
      const oldest = segments[0]
      if (oldest === undefined || oldest === active) throw new Error('The file that is written can not be removed.')
      segments.shift()
      await oldest.file.remove()
    },
    async shortenOldest(firstPosition) {
      await resizing.settled()
      const oldest = segments[0]
      if (oldest === undefined || oldest === active) throw new Error('The file that is written can not be shortened.')
      const content = dropFirst(await oldest.file.read(0, oldest.contentBytes), firstPosition)
      const file = await replaceSegmentFile(folder, oldest.file.number, content).catch(refuseAll)
      const count = oldest.count - (firstPosition - oldest.firstPosition)
      const segment = { file, firstPosition, contentBytes: content.length, count }
      segments[0] = segment
      await oldest.file.close()
      return segment
    },
    async findRoom() {
      try {
        const segment = active
        if (segment === undefined) active = await begin()
        else await resizing.run(() => segment.file.grow(segment.contentBytes + roomBytes + reserveBytes))
        hasRoom = true
      } catch {
        hasRoom = false
      }
      return hasRoom
    },
    close: () => withinRunningTime(closeAll(), CLOSE_TIMEOUT_SECONDS).catch(() => undefined),
  }

  async function closeAll(): Promise<Segment | undefined> {
    await resizing.settled()
    const last = active
    active = undefined
    if (last !== undefined && !hasFailed) await seal(last)
    for (const { file } of segments) await file.close()
    return hasFailed ? undefined : segments.at(-1)
  }
}

function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROOM_CODES.includes(String(error.code))
}

function ignoreNoRoom(error: unknown): void {
  if (!isNoRoom(error)) throw error
}

function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStoredError)) throw error
}

function noRoomError(folder: string, error: unknown): NotStoredError {
  return new NotStoredError(`There is no room for ${folder}: ${describeError(error)}.`, { cause: error })
}
