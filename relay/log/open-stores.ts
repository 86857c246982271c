import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MINUTE_MS } from '../../shared/time.ts'
import { openAsideStore } from './aside-store.ts'
import type { DamagedError } from './damaged-error.ts'
import type { EventLog, FormerLog } from './event-log.ts'
import { startSegmentCheck } from './events/check-segments.ts'
import { createSegmentEventLog } from './events/event-log.segments.ts'
import { openEventStore } from './events/event-store.ts'
import { identifyLog, readBootId } from './identity.ts'
import { type FileEnd, type LastStateFile, openLastState, readLastState } from './last-state.ts'
import { openRecordsJournal } from './records.journal.ts'
import type { Records } from './records.ts'
import { readFileStats } from './segments/file-stats.ts'
import type { Segment } from './segments/segment.ts'
import type { SegmentKind, SegmentStamp } from './segments/segment-header.ts'

/** The three stores of a data folder: events, what was kept aside, and records. */
export interface Stores {
  readonly log: EventLog
  readonly records: Records
  close(): Promise<void>
}

export interface StoresOptions {
  readonly segmentBytes: number
  /** What a log that is not there yet is called, and where it begins. */
  readonly begin?: LogBegin | undefined
  onFailed(error: Error): void
  /** Told of damage that is found while the log is in use; what it makes of the error is thrown. */
  onDamaged(damage: DamagedError): Error
}

export interface LogBegin {
  readonly logId: string
  readonly former?: readonly FormerLog[]
  readonly firstPosition: number
}

/** An event stays so much longer than it must, for the sake of those in its file. */
const MAX_SPAN_MS = 30 * MINUTE_MS
const EVENT_ROOM_BYTES = 256 * 1024
const ASIDE_SEGMENT_BYTES = 1024 * 1024
/** What is not the log's name needs none. */
const NO_STAMP: SegmentStamp = { logId: '', former: [], bootId: '' }

export async function openStores(
  folder: string,
  { segmentBytes, begin, onFailed, onDamaged }: StoresOptions,
): Promise<Stores> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lastState = await readLastState(folder)
  const ends = { ...lastState?.ends }
  let lastStateFile: LastStateFile | undefined
  const bootId = await readBootId()
  let stamp = NO_STAMP
  const common = (kind: SegmentKind) => ({
    folder: join(folder, kind),
    onFailed,
    lastEnd: lastState?.ends[kind],
    onBegun: async (segment: Segment) => {
      ends[kind] = endOf(segment)
      lastStateFile?.note(kind, endOf(segment))
      await lastStateFile?.flush()
    },
    onAppended: (segment: Segment) => {
      ends[kind] = endOf(segment)
      lastStateFile?.note(kind, endOf(segment))
    },
    stamp: async () => NO_STAMP,
  })
  const opened: { close(): Promise<unknown> }[] = []
  try {
    const events = await openEventStore({
      ...common('events'),
      segmentBytes,
      firstPosition: begin?.firstPosition ?? 1,
      maxSpanMs: MAX_SPAN_MS,
      roomBytes: Math.min(EVENT_ROOM_BYTES, segmentBytes),
      async stamp(newest, nextPosition) {
        stamp = identifyLog({ newest, closed: lastState?.closed, bootId, nextPosition }, begin)
        return stamp
      },
    })
    opened.push(events)
    const aside = await openAsideStore({
      ...common('aside'),
      segmentBytes: Math.min(ASIDE_SEGMENT_BYTES, segmentBytes),
      maxSpanMs: MAX_SPAN_MS,
    })
    opened.push(aside)
    const records = await openRecordsJournal(common('records'))
    opened.push(records)
    lastStateFile = await openLastState(folder, ends)
    const { close: closeLastState } = lastStateFile
    const log = createSegmentEventLog({
      id: stamp.logId,
      former: stamp.former,
      events,
      aside,
      onDamaged(damage, file) {
        void events.distrust(file)
        return onDamaged(damage)
      },
    })
    const stopChecking = startSegmentCheck({
      list: events.listSealed,
      onDamaged(damage, file) {
        void events.distrust(file)
        onDamaged(damage)
      },
    })
    return {
      log,
      records,
      async close() {
        await stopChecking()
        const newest = await events.close()
        const others = [await aside.close(), await records.close()]
        const isClosed = newest !== undefined && !others.includes(undefined)
        await closeLastState(isClosed ? await readFileStats(newest.file.path) : undefined)
      },
    }
  } catch (error) {
    for (const store of opened) await store.close()
    throw error
  }
}

function endOf({ file, contentBytes }: Segment): FileEnd {
  return { number: file.number, contentBytes }
}
