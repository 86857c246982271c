import type { SessionIndexEntry } from '../event-log.ts'
import type { Frame } from '../segments/batch.ts'
import type { Segment } from '../segments/segment.ts'
import type { EventFacts } from './event-record.ts'
import { createSegmentIndex, type SegmentIndex } from './segment-index.ts'
import { createSessionTable } from './session-table.ts'
import { createUuidTable, hashUuid } from './uuid-table.ts'

/**
 * Where the events of the log are: by position, uuid, session and extension. Each segment has an index of its own, which goes
 * with it when it is forgotten; two tables lead from a uuid and from a session to a position.
 */
export interface EventIndex {
  /** Oldest first. */
  readonly segments: readonly IndexedSegment[]
  /** Takes in a segment with what is known of its events. */
  addSegment(segment: Segment, index?: SegmentIndex): IndexedSegment
  /** Takes in the next event of the last segment. */
  addEvent(facts: EventFacts, frame: Frame): void
  forgetOldest(): void
  /** The oldest segment was shortened. */
  replaceOldest(segment: Segment, index: SegmentIndex): void
  find(position: number): IndexedSegment | undefined
  /** Positions of events that may have this uuid. */
  findUuid(uuid: string): readonly number[]
  findSession(session: string): readonly SessionIndexEntry[]
}

/** A segment of events, and its index. */
export interface IndexedSegment {
  readonly segment: Segment
  index: SegmentIndex
}

export function createEventIndex(): EventIndex {
  const segments: IndexedSegment[] = []
  const sessions = createSessionTable()
  const uuids = createUuidTable(() => segments[0]?.segment.firstPosition ?? 0)

  function find(position: number): IndexedSegment | undefined {
    let low = 0
    let high = segments.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const candidate = segments[middle] as IndexedSegment
      if (position < candidate.segment.firstPosition) high = middle - 1
      else if (position > lastPositionOf(candidate)) low = middle + 1
      else return candidate
    }
    return undefined
  }

  return {
    segments,
    addSegment(segment, index = createSegmentIndex()) {
      const indexed = { segment, index }
      segments.push(indexed)
      for (let at = 0; at < index.count; at++) {
        const position = segment.firstPosition + at
        const uuidHash = index.uuidHashOf(at)
        if (uuidHash !== 0) uuids.add(uuidHash, position)
      }
      sessions.noteSegment(segment.firstPosition, index)
      return indexed
    },
    addEvent({ uuid, telephonySessionId, extensionIds, receivedAtMs }, frame) {
      const { segment, index } = segments.at(-1) as IndexedSegment
      const position = segment.firstPosition + index.count
      const note = sessions.note(telephonySessionId, { position, owners: extensionIds })
      const uuidHash = uuid === undefined ? 0 : hashUuid(uuid)
      index.add({ frame, receivedAtMs, uuidHash, session: telephonySessionId, owners: extensionIds, ...note })
      if (uuidHash !== 0) uuids.add(uuidHash, position)
    },
    forgetOldest() {
      const oldest = segments.shift()
      if (oldest !== undefined) sessions.forget(oldest.index.sessions, lastPositionOf(oldest))
    },
    replaceOldest(segment, index) {
      const oldest = segments[0]
      segments[0] = { segment, index }
      if (oldest !== undefined) sessions.forget(oldest.index.sessions, segment.firstPosition - 1)
    },
    find,
    findUuid: (uuid) => uuids.find(hashUuid(uuid)),
    findSession(session) {
      const entries: SessionIndexEntry[] = []
      let position = sessions.lastPositionOf(session)
      while (position !== undefined) {
        const found = find(position)
        if (found === undefined) break
        const at = position - found.segment.firstPosition
        entries.push({ position, extensionIds: found.index.ownersOf(at) })
        const stepsBack = found.index.stepsBackOf(at)
        position = stepsBack === 0 ? undefined : position - stepsBack
      }
      return entries.reverse()
    },
  }
}

/** The one before its first when it has none. */
export function lastPositionOf({ segment, index }: IndexedSegment): number {
  return segment.firstPosition + index.count - 1
}
