import { DamagedError } from '../damaged-error.ts'
import type { EventLog, LoggedEvent } from '../event-log.ts'
import type { SegmentFile } from '../segments/segment-file.ts'
import { type IndexedSegment, lastPositionOf } from './event-index.ts'
import { decodeFacts } from './event-record.ts'
import type { EventStore } from './event-store.ts'
import { readEvents, readRecords } from './read-events.ts'
import type { RecentEvents } from './recent-events.ts'

/** The reading half of the log. */
export type EventReader = Pick<EventLog, 'read' | 'readOwned' | 'readSession' | 'readUuid'>

export interface EventReaderOptions {
  readonly events: EventStore
  readonly recent: RecentEvents
  /** Told of an event that is not as it was written; what it makes of the error is thrown. */
  onDamaged(error: DamagedError, file: SegmentFile): Error
}

/** So much of the log is held in memory for one reader at a time. */
const MAX_READ_BYTES = 4 * 1024 * 1024

export function createEventReader({ events, recent, onDamaged }: EventReaderOptions): EventReader {
  const { index } = events

  /** Events of a segment; from the disk what nobody has read lately. */
  async function readOrRecall(found: IndexedSegment, indexes: readonly number[]): Promise<readonly LoggedEvent[]> {
    const known = indexes.map((at) => recent.find(found.segment.firstPosition + at))
    const missing = indexes.filter((_, at) => known[at] === undefined)
    const read = missing.length === 0 ? [] : await readEvents(found, missing)
    for (const event of read) recent.keep(event)
    const rest = read.values()
    return known.flatMap((event) => event ?? rest.next().value ?? [])
  }

  /** Events that are forgotten while they are read count as gone. */
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
      collected.push(...(await readKept(found, () => readOrRecall(found, chosen))))
      if (collected.length === limit || leftBytes <= 0) {
        return { collected, upToPosition: collected.at(-1)?.position ?? endPosition }
      }
    }
    return { collected, upToPosition: Math.max(afterPosition, endPosition) }
  }

  return {
    async read(afterPosition, limit) {
      const { collected } = await collect({ afterPosition, limit }, ({ index: { count } }, afterIndex, most) => {
        const first = Math.max(0, afterIndex + 1)
        return Array.from({ length: Math.max(0, Math.min(most, count - first)) }, (_, at) => first + at)
      })
      return collected
    },
    async readOwned(extensionIds, afterPosition, limit) {
      const { collected, upToPosition } = await collect({ afterPosition, limit }, (found, afterIndex, most) =>
        mergeFirst(
          extensionIds.map((extensionId) => found.index.ownedAfter(extensionId, afterIndex, most)),
          most,
        ),
      )
      return { events: collected, upToPosition }
    },
    async readSession(telephonySessionId, beforePosition) {
      const places = index.findSession(telephonySessionId).flatMap(({ position }) => {
        const found = position < beforePosition ? index.find(position) : undefined
        return found === undefined ? [] : { found, at: position - found.segment.firstPosition }
      })
      const bySegment = Map.groupBy(places, ({ found }) => found)
      const readOf = (found: IndexedSegment, indexes: readonly number[]) =>
        readKept(found, () => readOrRecall(found, indexes))
      const read = Array.from(bySegment, ([found, own]) =>
        readOf(
          found,
          own.map(({ at }) => at),
        ),
      )
      return (await Promise.all(read)).flat()
    },
    async readUuid(position) {
      const found = index.find(position)
      if (found === undefined) return undefined
      const [record] = await readKept(found, () => readRecords(found, [position - found.segment.firstPosition]))
      return record === undefined ? undefined : decodeFacts(record).uuid
    },
  }
}

/** The first of all numbers of growing lists, each once, in order; of each list no more than so many count. */
function mergeFirst(lists: readonly (readonly number[])[], limit: number): readonly number[] {
  const [first] = lists
  if (first !== undefined && lists.length === 1) return first
  return [...new Set(lists.flat())].sort((a, b) => a - b).slice(0, limit)
}
