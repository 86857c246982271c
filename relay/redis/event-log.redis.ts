import type { AsideItem, EventLog, FormerLog, LoggedEvent, NewEvent } from '../log/event-log.ts'
import { createReaderPins } from '../log/reader-pins.ts'
import { createEntryReader } from './entry-reader.ts'
import { encodeEvent } from './event-entry.ts'
import { RedisAwayError } from './faults.ts'
import { encodeId, KEYS, membersKey, sessionKey } from './keys.ts'
import type { Link } from './link.ts'
import { APPEND, KEEP_ASIDE, PROBE, type Script, TRIM, TRIM_ASIDE } from './scripts.ts'
import type { Writer } from './writer.ts'

/** The log as it was found. */
export interface FoundLog {
  readonly id: string
  readonly former: readonly FormerLog[]
  readonly headPosition: number
  readonly oldestPosition: number
  readonly bytes: number
  readonly asideBytes: number
}

/**
 * The log on Redis, as this process knows it: it goes up to what has come over the connection that reads on, so that here as anywhere
 * nothing is read that listeners have not heard of, and an append resolves after them.
 */
export interface RedisEventLog {
  readonly log: EventLog
  /** The same, for who may write only as the owner. */
  fenced(fence: number): EventLog
  /**
   * Takes over what was found at a start, or after Redis was away; tells who listens when it has another name, or goes on where this
   * process can't follow.
   */
  adopt(found: FoundLog): void
  /** Takes in events that follow the head. */
  take(events: readonly LoggedEvent[]): void
  /** Takes in what the owner has forgotten. */
  noteForgotten(oldestPosition: number, bytes: number): void
  /** What waits for its event to come by waits in vain. */
  lose(reason: Error): void
  /** The first position that somebody here may still read, less one; `undefined` where nobody reads. */
  lowestPin(): number | undefined
}

/** Like the script, which is where they are counted. */
const EVENT_BYTES = 300
const NO_LIMIT = Number.MAX_SAFE_INTEGER

interface Waiter {
  readonly position: number
  resolve(): void
  reject(reason: Error): void
}

export function createRedisEventLog(link: () => Link, writer: Writer): RedisEventLog {
  let state: FoundLog = { id: '', former: [], headPosition: 0, oldestPosition: 1, bytes: 0, asideBytes: 0 }
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  const renamed = new Set<() => void>()
  const pins = createReaderPins()
  let waiters: readonly Waiter[] = []
  const reader = createEntryReader(
    () => link().use(),
    () => state.headPosition,
  )

  function reach(position: number): Promise<void> {
    if (state.headPosition >= position) return Promise.resolve()
    return new Promise((resolve, reject) => {
      waiters = [...waiters, { position, resolve, reject }]
    })
  }

  function lose(reason: Error): void {
    const waiting = waiters
    waiters = []
    for (const { reject } of waiting) reject(reason)
  }

  function take(events: readonly LoggedEvent[]): void {
    const last = events.at(-1)
    if (last === undefined) return
    const bytes = events.reduce((sum, { text }) => sum + Buffer.byteLength(text) + EVENT_BYTES, state.bytes)
    state = { ...state, headPosition: last.position, bytes }
    for (const listener of listeners) listener(events)
    const reached = waiters.filter(({ position }) => position <= last.position)
    if (reached.length === 0) return
    waiters = waiters.filter(({ position }) => position > last.position)
    for (const { resolve } of reached) resolve()
  }

  function adopt(found: FoundLog): void {
    const { id, headPosition } = state
    if (found.id === id && found.oldestPosition <= headPosition + 1) {
      // What came meanwhile is told by the connection that reads on.
      state = { ...found, headPosition }
      return
    }
    state = found
    lose(new RedisAwayError('The log has another name than when this was appended.'))
    if (id !== '') for (const listener of renamed) listener()
  }

  const core = { listeners, renamed, pins, reader, reach, link, writer }

  function view(fence: number | undefined): EventLog {
    const run = (script: Script, keys: readonly string[], args: readonly string[]) =>
      writer.run({
        script,
        keys: [KEYS.log, ...keys],
        args: [state.id, fence === undefined ? '' : String(fence), ...args],
      })
    return createView(core, run, {
      read: () => state,
      change: (changes) => {
        state = { ...state, ...changes }
      },
    })
  }

  return {
    log: view(undefined),
    fenced: view,
    adopt,
    take,
    lose,
    noteForgotten(oldestPosition, bytes) {
      state = { ...state, oldestPosition: Math.max(state.oldestPosition, oldestPosition), bytes }
    },
    lowestPin() {
      const position = pins.lowestPosition()
      return Number.isFinite(position) ? position : undefined
    },
  }
}

interface Core {
  readonly listeners: Set<(events: readonly LoggedEvent[]) => void>
  readonly renamed: Set<() => void>
  readonly pins: ReturnType<typeof createReaderPins>
  readonly reader: ReturnType<typeof createEntryReader>
  readonly link: () => Link
  readonly writer: Writer
  reach(position: number): Promise<void>
}

interface StateAccess {
  read(): FoundLog
  change(changes: Partial<FoundLog>): void
}

type RunScript = (script: Script, keys: readonly string[], args: readonly string[]) => Promise<unknown>

function createView(core: Core, run: RunScript, state: StateAccess): EventLog {
  const { listeners, renamed, pins, reader, reach, link, writer } = core
  const hindrance = () => link().hindrance ?? writer.hindrance

  async function append(event: NewEvent) {
    const session = encodeId(event.telephonySessionId)
    const keys = [KEYS.events, KEYS.uuids, sessionKey(session), membersKey(session)]
    const [position = 0, isNew] = (await run(APPEND, keys, encodeEvent(event))) as readonly number[]
    await reach(position)
    return { position, isNew: isNew === 1 }
  }

  async function keepAside({ receivedAtMs, reason, text }: AsideItem): Promise<void> {
    const item = JSON.stringify([receivedAtMs, reason, text])
    state.change({ asideBytes: Number(await run(KEEP_ASIDE, [KEYS.aside], [item])) })
  }

  return {
    get id() {
      return state.read().id
    },
    get former() {
      return state.read().former
    },
    get headPosition() {
      return state.read().headPosition
    },
    get oldestPosition() {
      return state.read().oldestPosition
    },
    get isWritable() {
      return hindrance() === undefined
    },
    get hindrance() {
      return hindrance()
    },
    get usedBytes() {
      return state.read().bytes + state.read().asideBytes
    },
    async checkWritable() {
      if (hindrance() === undefined) return true
      await run(PROBE, [], []).catch(() => undefined)
      return hindrance() === undefined
    },
    append,
    ...reader,
    keepAside,
    pin: pins.pin,
    async trim({ beforeMs, maxBytes }) {
      const lowest = Math.min(pins.lowestPosition(), NO_LIMIT)
      const limits = [beforeMs, maxBytes, lowest].map((limit) => String(Math.max(-NO_LIMIT, Math.min(limit, NO_LIMIT))))
      const keys = [KEYS.events, KEYS.uuids, KEYS.pins]
      let forgotten = 0
      for (let count = -1; count !== 0; forgotten += count) {
        const [went = 0, oldestPosition = 1, bytes = 0] = (await run(TRIM, keys, limits)) as readonly number[]
        count = went
        state.change({ oldestPosition, bytes })
      }
      state.change({ asideBytes: Number(await run(TRIM_ASIDE, [KEYS.aside], limits)) })
      return forgotten
    },
    async reachHead() {
      const [id, head] = (await link().use().read(['HMGET', KEYS.log, 'id', 'head'])) as readonly (string | null)[]
      if (id !== state.read().id)
        throw new RedisAwayError('The log has another name than it had when this relay last looked.')
      await reach(Number(head))
    },
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onRenamed(listener) {
      renamed.add(listener)
    },
  }
}
