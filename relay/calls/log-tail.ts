import type { EventLog, LoggedEvent } from '../log/event-log.ts'

/** The events of the log from a position on, as fast as they are taken: from memory where they have just become durable. */
export interface LogTail {
  /** The next ones in order; none when everything was given. Rejects when the log could not be read. */
  next(): Promise<readonly LoggedEvent[]>
  /** All up to here were given. */
  readonly position: number
  readonly isAtHead: boolean
  /** Resolves when there is something new, or {@link wake} is called. */
  sleep(): Promise<void>
  wake(): void
  close(): void
}

/** So many are read, decoded and folded in two or three milliseconds. */
const READ_EVENTS = 100
/** What became durable while nobody took it; what is more than that is read from the log again. */
const MAX_FRESH_EVENTS = 2000

export function openLogTail(log: EventLog, afterPosition: number): LogTail {
  const pin = log.pin(afterPosition)
  let position = afterPosition
  let fresh: LoggedEvent[] = []
  let wake = () => {}
  const unsubscribe = log.onAppended((appended) => {
    if (fresh.length < MAX_FRESH_EVENTS) fresh.push(...appended)
    wake()
  })

  async function read(): Promise<readonly LoggedEvent[]> {
    const known = fresh
    fresh = []
    if (known[0]?.position === position + 1) return known
    if (position >= log.headPosition) return []
    const events = await log.read(position, READ_EVENTS)
    if (events[0] !== undefined && events[0].position !== position + 1)
      throw new Error('Events of the log are gone before they were read')
    return events
  }

  return {
    async next() {
      const events = await read()
      position = events.at(-1)?.position ?? position
      pin.moveTo(position)
      return events
    },
    get position() {
      return position
    },
    get isAtHead() {
      return position >= log.headPosition
    },
    sleep: () =>
      fresh.length > 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = resolve
          }),
    wake: () => wake(),
    close() {
      unsubscribe()
      pin.release()
      wake()
    },
  }
}
