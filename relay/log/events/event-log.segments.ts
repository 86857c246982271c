import { createQueue } from '../../../shared/queue.ts'
import type { AsideStore } from '../aside-store.ts'
import { DamagedError } from '../damaged-error.ts'
import type { Appended, EventLog, FormerLog, LoggedEvent, NewEvent, TrimLimits } from '../event-log.ts'
import { NotStoredError } from '../not-stored-error.ts'
import { createReaderPins } from '../reader-pins.ts'
import { createGroupCommit } from '../segments/group-commit.ts'
import type { SegmentFile } from '../segments/segment-file.ts'
import { type IndexedSegment, lastPositionOf } from './event-index.ts'
import { decodeFacts } from './event-record.ts'
import type { EventStore } from './event-store.ts'
import { readEvents, readRecords } from './read-events.ts'

/** The log in segment files. */
export interface SegmentLogOptions {
  readonly id: string
  readonly former: readonly FormerLog[]
  readonly events: EventStore
  readonly aside: AsideStore
  /** Told of an event that is not as it was written; what it makes of the error is thrown. */
  onDamaged(error: DamagedError, file: SegmentFile): Error
}

/** So much of a large segment goes at a time, because what is kept of it is written anew. */
const LEAST_SHARE = 0.25
const SMALL_SEGMENT_BYTES = 1024 * 1024

interface Waiting {
  readonly event: NewEvent
  position: number
}

/**
 * With all that waits in one commit, everybody waits for it and then comes again together, and nothing is prepared while the
 * disk works. Half of the usual crowd at a time keeps both busy, as long as the disk is fast; a slow one is waited for by all.
 */
const FAST_BATCH_EVENTS = 32
const FAST_FLUSH_MS = 1
const MAX_BATCH_EVENTS = 512
/** So much of the log is held in memory for one reader at a time. */
const MAX_READ_BYTES = 4 * 1024 * 1024

export function createSegmentEventLog({ id, former, events, aside, onDamaged }: SegmentLogOptions): EventLog {
  const { index } = events
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  const inFlight = new Map<string, Promise<Appended>>()
  const pins = createReaderPins()
  const queue = createQueue()
  let lastCommitMs = 0

  async function commit(group: readonly Waiting[]): Promise<void> {
    const beganAtMs = performance.now()
    const firstPosition = await queue.run(() => events.append(group.map(({ event }) => event)))
    lastCommitMs = performance.now() - beganAtMs
    const logged = group.map((waiting, at) => {
      waiting.position = firstPosition + at
      return toLogged(waiting.event, waiting.position)
    })
    for (const listener of listeners) listener(logged)
  }

  const enqueue = createGroupCommit<Waiting>({
    commit,
    maxItems: () => (lastCommitMs < FAST_FLUSH_MS ? FAST_BATCH_EVENTS : MAX_BATCH_EVENTS),
  })

  async function appendNew(event: NewEvent): Promise<Appended> {
    const waiting = { event, position: 0 }
    await enqueue(waiting)
    return { position: waiting.position, isNew: true }
  }

  async function appendOnce(event: NewEvent, uuid: string): Promise<Appended> {
    for (const position of index.findUuid(uuid)) {
      if ((await readUuid(position)) === uuid) return { position, isNew: false }
    }
    return appendNew(event)
  }

  async function readUuid(position: number): Promise<string | undefined> {
    const found = index.find(position)
    if (found === undefined) return undefined
    const [record] = await readKept(found, () => readRecords(found, [position - found.segment.firstPosition]))
    return record === undefined ? undefined : decodeFacts(record).uuid
  }

  /** What is forgotten while it is read is not there any more. */
  async function readKept<T>(found: IndexedSegment, read: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await read()
    } catch (error) {
      if (!index.segments.includes(found)) return []
      throw error instanceof DamagedError ? onDamaged(error, found.segment.file) : error
    }
  }

  /**
   * Events of the segments from `afterPosition` on that `choose` picks there by their index, at most `limit`, and fewer when
   * they are large.
   */
  async function collect(
    { afterPosition, limit }: { readonly afterPosition: number; readonly limit: number },
    choose: (found: IndexedSegment, afterIndex: number, limit: number) => readonly number[],
  ): Promise<{ readonly collected: readonly LoggedEvent[]; readonly upToPosition: number }> {
    const endPosition = events.headPosition
    const collected: LoggedEvent[] = []
    let leftBytes = MAX_READ_BYTES
    for (const found of index.segments.filter((one) => lastPositionOf(one) > afterPosition)) {
      const { firstPosition } = found.segment
      const chosen: number[] = []
      for (const at of choose(found, afterPosition - firstPosition, limit - collected.length)) {
        if (firstPosition + at > endPosition || (leftBytes <= 0 && collected.length + chosen.length > 0)) break
        leftBytes -= found.index.frameOf(at).bytes
        chosen.push(at)
      }
      collected.push(...(await readKept(found, () => readEvents(found, chosen))))
      if (collected.length === limit || leftBytes <= 0) {
        return { collected, upToPosition: collected.at(-1)?.position ?? endPosition }
      }
    }
    return { collected, upToPosition: Math.max(afterPosition, endPosition) }
  }

  /** Forgets of the oldest segment what must go and nobody reads; says how many events that were. */
  async function forgetOldest(limits: TrimLimits): Promise<number> {
    const oldest = index.segments[0]
    if (oldest === undefined) return 0
    const count = countForgettable(oldest, limits)
    if (count > 0) await events.forgetOldest(count)
    return count
  }

  /** The events at its beginning that must go; none when that is not worth writing the others anew. */
  function countForgettable(oldest: IndexedSegment, { beforeMs, maxBytes }: TrimLimits): number {
    const { index: segmentIndex, segment } = oldest
    const pinned = Math.min(segmentIndex.count, pins.lowestPosition() - segment.firstPosition + 1)
    const isSmall = segment.contentBytes <= SMALL_SEGMENT_BYTES
    let excessBytes = usedBytes() - maxBytes
    // Where room is short a large one goes as it is: to write a part of it anew would take more.
    if (excessBytes > 0 && !isSmall && pinned === segmentIndex.count && index.segments.length > 1) return pinned
    let forgottenBytes = 0
    let count = 0
    while (count < pinned && (excessBytes > 0 || segmentIndex.receivedAtMsOf(count) < beforeMs)) {
      const { bytes } = segmentIndex.frameOf(count)
      excessBytes -= bytes
      forgottenBytes += bytes
      count += 1
    }
    const isWorth = count === segmentIndex.count || isSmall || forgottenBytes >= segment.contentBytes * LEAST_SHARE
    return isWorth ? count : 0
  }

  function usedBytes(): number {
    return events.usedBytes + aside.usedBytes
  }

  return {
    id,
    former,
    get isWritable() {
      return events.hasRoom
    },
    get usedBytes() {
      return usedBytes()
    },
    checkWritable: async () => events.hasRoom || queue.run(() => events.findRoom()),
    pin: pins.pin,
    get headPosition() {
      return events.headPosition
    },
    get oldestPosition() {
      return index.segments[0]?.segment.firstPosition ?? events.headPosition + 1
    },
    append(event) {
      const { uuid } = event
      if (uuid === undefined) return appendNew(event)
      const first = inFlight.get(uuid)
      if (first !== undefined) return first.then(({ position }) => ({ position, isNew: false }))
      const appended = appendOnce(event, uuid).finally(() => inFlight.delete(uuid))
      inFlight.set(uuid, appended)
      return appended
    },
    async read(afterPosition, limit) {
      const { collected } = await collect({ afterPosition, limit }, ({ index: { count } }, afterIndex, most) => {
        const first = Math.max(0, afterIndex + 1)
        return Array.from({ length: Math.max(0, Math.min(most, count - first)) }, (_, at) => first + at)
      })
      return collected
    },
    async readOwned(extensionId, afterPosition, limit) {
      const { collected, upToPosition } = await collect({ afterPosition, limit }, (found, afterIndex, most) =>
        found.index.ownedAfter(extensionId, afterIndex, most),
      )
      return { events: collected, upToPosition }
    },
    async readSession(telephonySessionId, beforePosition) {
      const places = index.findSession(telephonySessionId).flatMap(({ position }) => {
        const found = position < beforePosition ? index.find(position) : undefined
        return found === undefined ? [] : { found, index: position - found.segment.firstPosition }
      })
      const bySegment = Map.groupBy(places, ({ found }) => found)
      const read = await Promise.all(
        Array.from(bySegment, ([found, own]) =>
          readKept(found, () =>
            readEvents(
              found,
              own.map(({ index }) => index),
            ),
          ),
        ),
      )
      return read.flat()
    },
    readSessionIndex: async (telephonySessionId) => index.findSession(telephonySessionId),
    keepAside: aside.keep,
    readAside: aside.read,
    async trim(limits) {
      let forgotten = 0
      for (let count = -1; count !== 0; forgotten += count) {
        // The newest file can only go when there is room for another.
        count = await queue.run(() => forgetOldest(limits)).catch(zeroIfNotStored)
      }
      await aside.forgetBefore(limits.beforeMs)
      return forgotten
    },
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function zeroIfNotStored(error: unknown): 0 {
  if (error instanceof NotStoredError) return 0
  throw error
}

function toLogged({ uuid: _uuid, ...event }: NewEvent, position: number): LoggedEvent {
  return { position, ...event }
}
