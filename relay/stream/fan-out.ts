import { describeError } from '../errors.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import type { View } from '../people/view.ts'
import { eventsFrame } from '../wire/event-json.ts'
import { type Audience, createAudiences } from './audiences.ts'
import { rememberIndexes, revealTo, type SessionReader } from './visibility.ts'
import { buildTextFrame } from './websocket-frame.ts'

/** A client that has caught up and is now sent events as they become durable. */
export interface Listener {
  readonly view: View
  /** Position up to which the client has all of its events; those at or below it are not sent again. */
  readonly position: number
  /** Sends the frame with the client's events up to `head`; called only when there are some. */
  send(frame: Buffer, head: number): void
  /** Events could not be read: the client must start again from its cursor. */
  fail(): void
}

/** Passes durable events on, in order, to those who may see them. */
export interface FanOut {
  /** Everything up to here has been passed on: listeners have all of their events at or below it. */
  readonly position: number
  /** Takes on a listener that has everything up to the log's head; the returned function lets it go. */
  join(listener: Listener): () => void
  close(): void
}

/** What one event brings to an audience. */
interface Revealed {
  readonly position: number
  readonly events: readonly string[]
}

interface Batch {
  readonly events: readonly LoggedEvent[]
  /** When they became durable, by `performance.now()`. */
  readonly durableAtMs: number
}

/** What passing events on needs of the log. */
export type FanOutLog = SessionReader & Pick<EventLog, 'headPosition' | 'onAppended' | 'onRenamed'>

export function createFanOut(log: FanOutLog, logger: Logger, metrics: Pick<Metrics, 'observeFanOut'>): FanOut {
  const audiences = createAudiences<Listener>()
  let waiting: Batch[] = []
  /** Grows when the log becomes another: what was being passed on then counts no more. Who listens is made to begin again. */
  let generation = 0
  let isPassingOn = false
  let position = log.headPosition

  async function passOn(): Promise<void> {
    isPassingOn = true
    while (waiting.length > 0) {
      const batches = waiting
      const begunIn = generation
      waiting = []
      const events = batches.flatMap((batch) => batch.events)
      try {
        await passOnEvents(events)
      } catch (error) {
        logger.error(
          { err: describeError(error) },
          'Events could not be read from the log; clients start again from their cursor',
        )
        for (const listener of audiences.all()) listener.fail()
      }
      if (generation === begunIn) position = events.at(-1)?.position ?? position
      for (const { durableAtMs } of batches) metrics.observeFanOut(performance.now() - durableAtMs)
    }
    isPassingOn = false
  }

  async function passOnEvents(events: readonly LoggedEvent[]): Promise<void> {
    const revealed = new Map<Audience<Listener>, Revealed[]>()
    const sessions = rememberIndexes(log)
    for (const event of events) {
      for (const audience of await audiences.interestedIn(event, sessions)) {
        const theirs = await revealTo(audience.view, event, sessions)
        if (theirs.length === 0) continue
        const known = revealed.get(audience) ?? []
        known.push({ position: event.position, events: theirs })
        revealed.set(audience, known)
      }
    }
    const head = events.at(-1)?.position ?? 0
    const firstPosition = events[0]?.position ?? 0
    // Several audiences may be sent the same: the bytes are made once.
    const frames = new Map<string, Buffer>()
    const frameOf = (theirs: readonly Revealed[]): Buffer => {
      const text = eventsFrame(
        theirs.flatMap((one) => one.events),
        head,
      )
      const frame = frames.get(text) ?? buildTextFrame(text)
      frames.set(text, frame)
      return frame
    }
    for (const [audience, all] of revealed) {
      const frame = frameOf(all)
      for (const listener of audience.listeners) {
        if (listener.position < firstPosition) listener.send(frame, head)
        else sendRest(listener, all)
      }
    }

    /** Sends to a listener that joined while this was being read, and has caught up with some or all of it. */
    function sendRest(listener: Listener, all: readonly Revealed[]): void {
      const rest = all.filter((one) => one.position > listener.position)
      if (rest.length > 0) listener.send(frameOf(rest), head)
    }
  }

  log.onRenamed(() => {
    generation += 1
    waiting = []
    position = log.headPosition
  })

  const unsubscribe = log.onAppended((events) => {
    // Listeners that join later have caught up with these.
    if (audiences.isEmpty && !isPassingOn) {
      position = events.at(-1)?.position ?? position
      return
    }
    waiting.push({ events, durableAtMs: performance.now() })
    if (!isPassingOn) void passOn()
  })

  return {
    get position() {
      return position
    },
    join: audiences.add,
    close: unsubscribe,
  }
}
