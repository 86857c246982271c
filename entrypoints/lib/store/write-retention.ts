import { carriedOut, unlessFull } from './carried-out.ts'
import type { DayContext } from './day-context.ts'
import { keysOf } from './keys.ts'
import type { PersonStore } from './open.ts'
import type { CallRow, KeptSoFar, StoredEvents, StoredStatus } from './schema.ts'
import { recountCalls } from './write-days.ts'

/**
 * Deletes what has been kept long enough, in small transactions so that no call has to wait. A call that is live, or
 * whose card is up, keeps everything.
 */

/** Calls, notes or sessions per transaction. */
const BATCH = 200

/**
 * Deletes the events of calls that began before `beforeMs`; their figures stay. For sessions in which the person has no
 * part, the first event decides. Resolves with the number of calls or sessions.
 */
export async function letEventsGo(store: PersonStore, beforeMs: number): Promise<number> {
  let count = 0
  let from: IDBKeyRange | null = null
  for (;;) {
    const { sessions, last } = await listSessions(store, 'events', from)
    const due = sessions.filter(({ row, receivedMs }) => isOver(row) && (row?.startedMs ?? receivedMs) < beforeMs)
    const ids = due.map(({ telephonySessionId }) => telephonySessionId)
    await deleteEvents(store, ids)
    count += due.length
    if (last === undefined) return count
    from = IDBKeyRange.lowerBound([last, []], true)
  }
}

/**
 * For lack of space: deletes the events of the `count` oldest calls that have some and began before `beforeMs`.
 * Resolves with when the latest of them began; `undefined` when there was none.
 */
export async function letOldestEventsGo(
  store: PersonStore,
  count: number,
  beforeMs: number,
): Promise<number | undefined> {
  const due: CallRow[] = []
  const tx = store.transaction('calls')
  let cursor = await tx.store.index('byStart').openCursor(IDBKeyRange.upperBound(beforeMs, true))
  while (cursor && due.length < count) {
    if (isOver(cursor.value) && cursor.value.eventsGone !== 1) due.push(cursor.value)
    cursor = await cursor.continue()
  }
  for (let index = 0; index < due.length; index += BATCH) {
    const ids = due.slice(index, index + BATCH).map(({ telephonySessionId }) => telephonySessionId)
    await deleteEvents(store, ids)
  }
  return due.at(-1)?.startedMs
}

/**
 * Deletes sessions that are no call of the person's and whose first event came before `beforeMs`: a session that turns
 * out to be theirs later is sent in full by the relay. Resolves with their number.
 */
export async function letOthersGo(store: PersonStore, beforeMs: number): Promise<number> {
  let count = 0
  for (const name of ['events', 'statuses'] as const) {
    let from: IDBKeyRange | null = null
    for (;;) {
      const { sessions, last } = await listSessions(store, name, from)
      const due = sessions.filter(({ row, receivedMs }) => row === undefined && receivedMs < beforeMs)
      await deleteEvents(
        store,
        due.map(({ telephonySessionId }) => telephonySessionId),
      )
      count += due.length
      if (last === undefined) break
      from = IDBKeyRange.lowerBound([last, []], true)
    }
  }
  return count
}

/** Deletes the calls that began before `beforeMs`, with their events, and removes them from the tallies of days. */
export async function letCallsGo(store: PersonStore, beforeMs: number, context: DayContext): Promise<number> {
  let count = 0
  for (;;) {
    const tx = store.transaction(['events', 'statuses', 'calls', 'ruleNotices', 'days'], 'readwrite')
    const before = IDBKeyRange.upperBound(beforeMs, true)
    const due = (await tx.objectStore('calls').index('byStart').getAll(before, BATCH)).filter(isOver)
    if (due.length === 0) return count
    const changes = due.map(({ telephonySessionId }) => ({ telephonySessionId, after: undefined }))
    await carriedOut(tx, [
      recountCalls({ calls: tx.objectStore('calls'), days: tx.objectStore('days') }, changes, context),
      ...due.flatMap(({ telephonySessionId }) => [
        tx.objectStore('events').delete(keysOf(telephonySessionId)),
        tx.objectStore('statuses').delete(keysOf(telephonySessionId)),
        tx.objectStore('ruleNotices').delete(keysOf(telephonySessionId)),
        tx.objectStore('calls').delete(telephonySessionId),
      ]),
    ])
    count += due.length
  }
}

/** Deletes the notes last written before `beforeMs`. One that the relay is still to have stays until then: it would be told as taken back. */
export async function letNotesGo(store: PersonStore, beforeMs: number): Promise<number> {
  let count = 0
  const tx = store.transaction(['notes', 'unsentNotes'], 'readwrite')
  const unsent = new Set(await tx.objectStore('unsentNotes').getAllKeys())
  let cursor = await tx.objectStore('notes').openCursor()
  while (cursor) {
    if (cursor.value.writtenMs < beforeMs && !unsent.has(cursor.value.telephonySessionId)) {
      await cursor.delete()
      count++
    }
    cursor = await cursor.continue()
  }
  await tx.done
  return count
}

/** Deletes the CRM pages that last showed their number before `beforeMs`. */
export async function letRecordsGo(store: PersonStore, beforeMs: number): Promise<void> {
  const tx = store.transaction('records', 'readwrite')
  let cursor = await tx.store.index('bySeen').openCursor(IDBKeyRange.upperBound(beforeMs, true))
  while (cursor) {
    await cursor.delete()
    cursor = await cursor.continue()
  }
  await tx.done
}

export async function writeKeptSoFar(store: PersonStore, keptSoFar: KeptSoFar): Promise<void> {
  await store.put('keeping', keptSoFar, 'now')
}

/**
 * Deletes everything that is kept of the person. The cursors stay, otherwise the last days would come back from the
 * relay.
 */
export async function wipe(store: PersonStore): Promise<void> {
  const names = [...store.objectStoreNames].filter((name) => name !== 'cursors')
  const tx = store.transaction(names, 'readwrite')
  await Promise.all([...names.map((name) => tx.objectStore(name).clear()), tx.done])
}

interface SessionOfEvents {
  readonly telephonySessionId: string
  readonly row: CallRow | undefined
  /** When the first of what is listed of it came. */
  readonly receivedMs: number
}

/** The next sessions that have events or answers; `last` is where to go on, `undefined` at the end. */
async function listSessions(
  store: PersonStore,
  name: 'events' | 'statuses',
  from: IDBKeyRange | null,
): Promise<{ readonly sessions: readonly SessionOfEvents[]; readonly last: string | undefined }> {
  const tx = store.transaction([name, 'calls'])
  const sessions: SessionOfEvents[] = []
  let cursor = await tx.objectStore(name).openCursor(from)
  while (cursor && sessions.length < BATCH) {
    const { telephonySessionId } = cursor.value
    const receivedMs = receivedAt(cursor.value)
    sessions.push({ telephonySessionId, receivedMs, row: await tx.objectStore('calls').get(telephonySessionId) })
    cursor = await cursor.continue([telephonySessionId, []] as never)
  }
  return { sessions, last: cursor ? sessions.at(-1)?.telephonySessionId : undefined }
}

function receivedAt(kept: StoredEvents | StoredStatus): number {
  return 'events' in kept ? Math.min(...kept.events.map((event) => event.receivedMs)) : kept.receivedMs
}

/** Checks each call again: it may have become live since it was chosen. */
async function deleteEvents(store: PersonStore, telephonySessionIds: readonly string[]): Promise<void> {
  if (telephonySessionIds.length === 0) return
  const tx = store.transaction(['events', 'statuses', 'calls'], 'readwrite')
  const letGo = async (telephonySessionId: string): Promise<void> => {
    if (!isOver(await tx.objectStore('calls').get(telephonySessionId))) return
    await Promise.all([
      tx.objectStore('events').delete(keysOf(telephonySessionId)),
      tx.objectStore('statuses').delete(keysOf(telephonySessionId)),
    ])
  }
  await Promise.all([...telephonySessionIds.map(letGo), tx.done])
  await markGone(store, telephonySessionIds)
}

/**
 * In a transaction of its own: a store that is full carries out what only deletes, and refuses the same with a write in it (seen
 * with Chromium 156). Then the mark is made another time; until then the call is known by having a row and no events.
 */
async function markGone(store: PersonStore, telephonySessionIds: readonly string[]): Promise<void> {
  const tx = store.transaction('calls', 'readwrite')
  const mark = async (telephonySessionId: string): Promise<void> => {
    const row = await tx.store.get(telephonySessionId)
    if (row !== undefined && isOver(row)) await tx.store.put({ ...row, eventsGone: 1 })
  }
  await carriedOut(tx, telephonySessionIds.map(mark)).catch(unlessFull)
}

function isOver(row: CallRow | undefined): boolean {
  return row === undefined || (row.phase === 'ended' && row.active !== 1)
}
