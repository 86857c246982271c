import { createCallSessions } from '../../../shared/call/call-sessions.ts'
import type { Tracker } from '../../../shared/call/track.ts'
import type { Received } from '../../lib/call/received.ts'
import { emptyCall, type StoredCall } from '../../lib/call/stored-call.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { createLinkedSessions } from './linked-sessions.ts'
import { createSessionReader } from './session-reader.ts'
import type { TrackedRows } from './tracked-rows.ts'
import type { WriteQueue } from './write-queue.ts'

/**
 * The sessions in memory: those that are live or have just ended. Any other is read back when something about it arrives, so that a
 * late event repairs its figures.
 */
export interface SessionMemory {
  get(telephonySessionId: string): Tracker | undefined
  /** Begins to read those that are not in memory, nor on their way into the store. */
  prepare(telephonySessionIds: readonly string[]): void
  /** Has these in memory, with all that are tied to them: what one of them comes to depends on the others. */
  load(telephonySessionIds: readonly string[]): Promise<ReadonlyMap<string, Tracker>>
  /** Puts what came in where it belongs. */
  add(received: Received): void
  /** Keeps a row beside its session, for as long as either is of use. */
  keep(row: CallRow): void
  /** Something of these is on its way into the store: what was read of them before is old. */
  forgetRead(telephonySessionIds: Iterable<string>): void
  /** Lets sessions go that are long over. `nowMs`: relay's clock. */
  letGo(nowMs: number): void
}

export interface SessionMemoryOptions {
  readonly store: PersonStore
  readonly rows: TrackedRows
  readonly writes: Pick<WriteQueue, 'isWriting' | 'settled' | 'refuse'>
}

/** Limit for one conversation, so that a mistake in the ties can't load the whole store. */
const MAX_LINKED = 20

export function createSessionMemory({ store, rows, writes }: SessionMemoryOptions): SessionMemory {
  const sessions = createCallSessions()
  const links = createLinkedSessions()
  const back = createSessionReader(store)

  function isAbsent(id: string): boolean {
    return sessions.get(id) === undefined
  }

  async function loadAlone(ids: readonly string[]): Promise<ReadonlyMap<string, Tracker>> {
    const absent = ids.filter(isAbsent)
    // If the store refuses, pending writes are lost, and only what is stored can be read.
    if (absent.some(writes.isWriting)) await writes.settled().catch(() => {})
    back.prepare(absent)
    return new Map(await Promise.all(ids.map(async (id) => [id, sessions.get(id) ?? (await adopt(id))] as const)))
  }

  async function adopt(id: string): Promise<Tracker> {
    const { row, tracker, delayMs, linkedIds } = await readBack(id)
    back.forget(id)
    sessions.adopt(tracker)
    links.note(tracker)
    links.join(id, linkedIds)
    // A store that was full when events were let go took no mark of it.
    const isUnmarked = row !== undefined && !Number.isFinite(delayMs)
    rows.put(id, { row: isUnmarked ? { ...row, eventsGone: 1 } : row, delayMs })
    return tracker
  }

  /** Where the store does not answer, a phone rings all the same: nothing is written any more, and the call is shown as it comes. */
  function readBack(id: string): Promise<StoredCall> {
    return back.read(id).catch((error: unknown) => {
      writes.refuse(error)
      return emptyCall(id)
    })
  }

  return {
    get: (id) => sessions.get(id),
    prepare: (ids) => back.prepare(ids.filter((id) => isAbsent(id) && !writes.isWriting(id))),
    load: async (ids) => {
      const found = new Map<string, Tracker>()
      for (let ahead = ids; ahead.length > 0; ) {
        for (const [id, tracker] of await loadAlone(ahead)) found.set(id, tracker)
        const linked = new Set([...found.keys()].flatMap(links.of))
        ahead = found.size < ids.length + MAX_LINKED ? [...linked].filter((id) => !found.has(id)) : []
      }
      return found
    },
    add: (received) => {
      const id = received.stored.telephonySessionId
      if (received.kind === 'event') sessions.track(received.notification)
      else sessions.repair(received.status)
      const tracked = sessions.get(id)
      if (tracked !== undefined) links.note(tracked)
      const { row, delayMs } = rows.get(id) ?? { row: undefined, delayMs: Number.POSITIVE_INFINITY }
      rows.put(id, { row, delayMs: Math.min(delayMs, received.delayMs) })
    },
    keep: (row) => {
      const id = row.telephonySessionId
      const before = rows.get(id)
      if (before !== undefined) rows.put(id, { ...before, row })
      // Its session may have left long before its card.
      if (row.active !== 1 && isAbsent(id)) rows.drop(id)
    },
    forgetRead: (ids) => {
      for (const id of ids) back.forget(id)
    },
    letGo: (nowMs) => {
      for (const id of sessions.forget(nowMs)) {
        links.forget(id)
        if (rows.get(id)?.row?.active !== 1) rows.drop(id)
      }
    },
  }
}
