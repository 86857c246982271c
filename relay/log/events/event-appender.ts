import type { Queue } from '../../../shared/queue.ts'
import type { Appended, EventLog, LoggedEvent, NewEvent } from '../event-log.ts'
import { createGroupCommit } from '../segments/group-commit.ts'
import type { EventStore } from './event-store.ts'

/** The writing half of the log: each uuid once, events that wait for the disk together. */
export type EventAppender = Pick<EventLog, 'append' | 'onAppended'>

export interface EventAppenderOptions {
  readonly events: EventStore
  /** What changes the files, one after the other. */
  readonly queue: Queue
  /** The uuid of a stored event; `undefined` when it is not there any more. */
  readUuid(position: number): Promise<string | undefined>
}

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

export function createEventAppender({ events, queue, readUuid }: EventAppenderOptions): EventAppender {
  const listeners = new Set<(events: readonly LoggedEvent[]) => void>()
  const inFlight = new Map<string, Promise<Appended>>()
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
    for (const position of events.index.findUuid(uuid)) {
      if ((await readUuid(position)) === uuid) return { position, isNew: false }
    }
    return appendNew(event)
  }

  return {
    append(event) {
      const { uuid } = event
      if (uuid === undefined) return appendNew(event)
      const first = inFlight.get(uuid)
      if (first !== undefined) return first.then(({ position }) => ({ position, isNew: false }))
      const appended = appendOnce(event, uuid).finally(() => inFlight.delete(uuid))
      inFlight.set(uuid, appended)
      return appended
    },
    onAppended(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function toLogged({ uuid: _uuid, ...event }: NewEvent, position: number): LoggedEvent {
  return { position, ...event }
}
