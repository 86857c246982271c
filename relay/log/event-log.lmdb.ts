import { createHash, randomUUID } from 'node:crypto'
import type { LmdbEnvironment } from './environment.lmdb.ts'
import {
  type Appended,
  type EventLog,
  type LoggedEvent,
  MAX_ASIDE,
  type NewEvent,
  type SessionIndexEntry,
  type TrimLimits,
} from './event-log.ts'
import { createHolds } from './holds.ts'
import { scanOwned } from './scan-owned.ts'
import { openHead, openRecord, sealRecord } from './sealed-record.ts'
import type { Writes } from './writes.ts'

/**
 * The log in the embedded store. Events that arrive while a commit is being flushed wait for the next one, so that many
 * share a flush: one commit is in flight at a time, and the head moves when it is on the disk.
 */
export interface LmdbLogOptions {
  /** What tells these files from a copy of them; another value than last time gives the log a new id. */
  readonly filesId: string
}

interface Waiting {
  readonly event: NewEvent
  resolve(appended: Appended): void
  reject(error: unknown): void
}

export interface EventHead {
  readonly session: string
  readonly extensions: readonly string[]
  readonly receivedAtMs: number
  readonly uuid: string | null
  /** Absent for a notification. */
  readonly kind?: 'status'
}

export interface LogState {
  readonly id: string
  readonly filesId: string
  readonly head: number
}

/** In the table of records. */
export const STATE_KEY = 'log'
/** So few that forgetting them has room on a disk that is full. */
const TRIM_CHUNK_EVENTS = 100
/**
 * With all that waits in one commit, everybody waits for it and then comes again together, and nothing is prepared while the
 * disk works. Half of the usual crowd at a time keeps both busy: a third more events a second at 64 connections.
 */
const MAX_BATCH_EVENTS = 32

export async function openLmdbEventLog(environment: LmdbEnvironment, { filesId }: LmdbLogOptions): Promise<EventLog> {
  const { events, uuids, sessions, aside, records } = environment
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  const inFlight = new Map<string, Promise<Appended>>()
  const holds = createHolds()
  const waiting: Waiting[] = []
  let isCommitting = false
  let isWritable = true

  const stored = readState()
  const id = stored?.filesId === filesId ? stored.id : randomUUID()
  let headPosition = stored?.head ?? 0
  let nextAside = (firstKey(aside, true) ?? 0) + 1
  try {
    await environment.commit((writes) => putState(writes))
  } catch (error) {
    // A disk that is full when the relay starts is no reason not to start: what is there can be read.
    if (stored === undefined) throw error
    isWritable = false
  }

  function readState(): LogState | undefined {
    const bytes = records.get(STATE_KEY)
    return bytes === undefined ? undefined : (openHead(STATE_KEY, bytes) as LogState)
  }

  function putState(writes: Writes, head = headPosition): void {
    const state: LogState = { id, filesId, head }
    writes.put(records, STATE_KEY, sealRecord(STATE_KEY, { head: state, text: '' }))
  }

  async function commitWaiting(): Promise<void> {
    isCommitting = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH_EVENTS)
      const logged = batch.map(({ event }, index) => toLogged(event, headPosition + 1 + index))
      try {
        await environment.commit((writes) => {
          for (const [index, { event }] of batch.entries()) {
            const one = logged[index]
            if (one !== undefined) putEvent(writes, event, one)
          }
          putState(writes, headPosition + batch.length)
        })
      } catch (error) {
        isWritable = false
        for (const { reject } of batch) reject(error)
        continue
      }
      isWritable = true
      for (const [index, { resolve }] of batch.entries()) resolve({ position: headPosition + 1 + index, isNew: true })
      headPosition += batch.length
      for (const listener of listeners) listener(logged)
    }
    isCommitting = false
  }

  function putEvent(writes: Writes, event: NewEvent, { position }: LoggedEvent): void {
    const head: EventHead = {
      session: event.telephonySessionId,
      extensions: event.extensionIds,
      receivedAtMs: event.receivedAtMs,
      uuid: event.uuid ?? null,
      ...(event.kind !== undefined && { kind: event.kind }),
    }
    writes.put(events, position, sealRecord(position, { head, text: event.text }))
    const sessionKey: [string, number] = [toKey(event.telephonySessionId), position]
    writes.put(sessions, sessionKey, sealRecord(sessionKey, { head: event.extensionIds, text: '' }))
    if (event.uuid === undefined) return
    const uuidKey = toKey(event.uuid)
    writes.put(uuids, uuidKey, sealRecord(uuidKey, { head: position, text: '' }))
  }

  function enqueue(event: NewEvent): Promise<Appended> {
    const appended = new Promise<Appended>((resolve, reject) => waiting.push({ event, resolve, reject }))
    if (!isCommitting) void commitWaiting()
    return appended
  }

  function findUuid(uuid: string): number | undefined {
    const key = toKey(uuid)
    const bytes = uuids.get(key)
    if (bytes === undefined) return undefined
    const position = openHead(key, bytes) as number
    return position <= headPosition ? position : undefined
  }

  function indexOf(telephonySessionId: string, endPosition: number): SessionIndexEntry[] {
    const session = toKey(telephonySessionId)
    const range = sessions.getRange({ start: [session, 0], end: [session, Math.min(endPosition, headPosition + 1)] })
    return Array.from(range, ({ key, value }) => ({
      position: key[1],
      extensionIds: openHead(key, value) as readonly string[],
    }))
  }

  /** The next events to forget, so many as one commit should take. */
  function oldEvents({ beforeMs, maxBytes }: TrimLimits): { position: number; head: EventHead }[] {
    const old: { position: number; head: EventHead }[] = []
    let excessBytes = environment.usedBytes() - maxBytes
    const endPosition = Math.min(headPosition, holds.lowestPosition()) + 1
    for (const { key: position, value } of events.getRange({ end: endPosition, limit: TRIM_CHUNK_EVENTS })) {
      const head = openHead(position, value) as EventHead
      if (head.receivedAtMs >= beforeMs && excessBytes <= 0) break
      excessBytes -= value.byteLength
      old.push({ position, head })
    }
    return old
  }

  function oldAsideKeys({ beforeMs }: TrimLimits): number[] {
    return [...aside.getRange({ limit: TRIM_CHUNK_EVENTS })]
      .filter(({ key, value }) => decodeAside(key, value).receivedAtMs < beforeMs)
      .map(({ key }) => key)
  }

  function readOne(position: number): LoggedEvent[] {
    const bytes = events.get(position)
    return bytes === undefined ? [] : [decodeEvent(position, bytes)]
  }

  const log: EventLog = {
    id,
    get isWritable() {
      return isWritable
    },
    get usedBytes() {
      return environment.usedBytes()
    },
    async checkWritable() {
      if (isWritable) return true
      isWritable = await environment
        .commit((writes) => putState(writes))
        .then(
          () => true,
          () => false,
        )
      return isWritable
    },
    hold: holds.hold,
    get headPosition() {
      return headPosition
    },
    get oldestPosition() {
      return Math.min(firstKey(events, false) ?? headPosition + 1, headPosition + 1)
    },
    append(event) {
      const { uuid } = event
      if (uuid === undefined) return enqueue(event)
      const known = findUuid(uuid)
      if (known !== undefined) return Promise.resolve({ position: known, isNew: false })
      const first = inFlight.get(uuid)
      if (first !== undefined) return first.then(({ position }) => ({ position, isNew: false }))
      const appended = enqueue(event).finally(() => inFlight.delete(uuid))
      inFlight.set(uuid, appended)
      return appended
    },
    async read(afterPosition, limit) {
      const range = events.getRange({ start: afterPosition + 1, end: headPosition + 1, limit })
      return Array.from(range, ({ key, value }) => decodeEvent(key, value))
    },
    readOwned: (extensionId, afterPosition, limit) => scanOwned(log, { extensionId, afterPosition, limit }),
    readSession: async (telephonySessionId, beforePosition) =>
      indexOf(telephonySessionId, beforePosition).flatMap(({ position }) => readOne(position)),
    readSessionIndex: async (telephonySessionId) => indexOf(telephonySessionId, headPosition + 1),
    keepAside({ receivedAtMs, reason, text }) {
      const key = nextAside++
      return environment.commit((writes) => {
        writes.put(aside, key, sealRecord(key, { head: { receivedAtMs, reason }, text }))
        writes.remove(aside, key - MAX_ASIDE)
      })
    },
    readAside: async () => Array.from(aside.getRange({}), ({ key, value }) => decodeAside(key, value)),
    async trim(limits) {
      let forgotten = 0
      for (;;) {
        const old = oldEvents(limits)
        const oldAside = oldAsideKeys(limits)
        if (old.length + oldAside.length === 0) return forgotten
        await environment.commit((writes) => {
          for (const { position, head } of old) {
            writes.remove(events, position)
            writes.remove(sessions, [toKey(head.session), position])
            if (head.uuid !== null) writes.remove(uuids, toKey(head.uuid))
          }
          for (const key of oldAside) writes.remove(aside, key)
        })
        forgotten += old.length
      }
    },
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return log
}

function toLogged({ uuid: _uuid, ...event }: NewEvent, position: number): LoggedEvent {
  return { position, ...event }
}

function decodeEvent(position: number, bytes: Uint8Array): LoggedEvent {
  const { head, text } = openRecord(position, bytes)
  const { session, extensions, receivedAtMs, kind } = head as EventHead
  const event = { position, telephonySessionId: session, extensionIds: extensions, receivedAtMs, text }
  return kind === undefined ? event : { ...event, kind }
}

function decodeAside(key: number, bytes: Uint8Array) {
  const { head, text } = openRecord(key, bytes)
  const { receivedAtMs, reason } = head as { receivedAtMs: number; reason: string }
  return { receivedAtMs, reason, text }
}

/**
 * The store takes short keys without control characters; ids are opaque and may be anything. As JSON, because half of a
 * surrogate pair has no bytes of its own and two different ids would get one key.
 */
export function toKey(id: string): string {
  return /^[!-~]{1,200}$/.test(id) ? id : `#${createHash('sha256').update(JSON.stringify(id)).digest('base64')}`
}

function firstKey(table: LmdbEnvironment['events'], fromEnd: boolean): number | undefined {
  for (const key of table.getKeys({ limit: 1, reverse: fromEnd })) return key
  return undefined
}
