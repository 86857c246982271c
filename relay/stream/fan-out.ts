import { describeError } from '../errors.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { membersWanted, type View } from '../people/view.ts'
import { eventsFrame } from '../wire/event-json.ts'
import { rememberIndexes, revealTo, type SessionReader } from './visibility.ts'
import { buildTextFrame } from './websocket-frame.ts'

/** Somebody who has caught up and now hears of events as they become durable. */
export interface Listener {
  readonly view: View
  /** Position up to which they have everything of theirs; events at or below it are not sent again. */
  readonly position: number
  /** Takes the frame that brings theirs of the events up to `head`; called only when there are some. */
  send(frame: Buffer, head: number): void
  /** Their events could not be read: they must start again from their cursor. */
  fail(): void
}

/** Passes durable events on, in order, to those who may see them. */
export interface FanOut {
  /** Everything up to here has been passed on: who has joined has everything of theirs at or below it. */
  readonly position: number
  /** Takes on a listener that has everything up to the log's head; the function that is returned lets it go. */
  join(listener: Listener): () => void
  close(): void
}

/** All who see the same: what they are sent is found out and written once. */
interface Audience {
  readonly view: View
  readonly listeners: Set<Listener>
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

export function createFanOut(log: EventLog, logger: Logger, metrics: Pick<Metrics, 'observeFanOut'>): FanOut {
  const audiences = new Map<string, Audience>()
  /** The audiences that see a session when this extension has a part in it. */
  const byMember = new Map<string, Set<Audience>>()
  /** Those that see every session. */
  const ofAll = new Set<Audience>()
  let waiting: Batch[] = []
  let isPassingOn = false
  let position = log.headPosition

  async function passOn(): Promise<void> {
    isPassingOn = true
    while (waiting.length > 0) {
      const batches = waiting
      waiting = []
      const events = batches.flatMap((batch) => batch.events)
      try {
        await passOnEvents(events)
      } catch (error) {
        logger.error(
          { err: describeError(error) },
          'Events could not be read from the log; clients start again from their cursor',
        )
        for (const { listeners } of audiences.values()) for (const listener of listeners) listener.fail()
      }
      position = events.at(-1)?.position ?? position
      for (const { durableAtMs } of batches) metrics.observeFanOut(performance.now() - durableAtMs)
    }
    isPassingOn = false
  }

  async function passOnEvents(events: readonly LoggedEvent[]): Promise<void> {
    const revealed = new Map<Audience, Revealed[]>()
    const sessions = rememberIndexes(log)
    for (const event of events) {
      for (const audience of await interestedIn(event, sessions)) {
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

    /** To one who joined while this was being read, and has caught up with some of it or all. */
    function sendRest(listener: Listener, all: readonly Revealed[]): void {
      const rest = all.filter((one) => one.position > listener.position)
      if (rest.length > 0) listener.send(frameOf(rest), head)
    }
  }

  async function interestedIn(event: LoggedEvent, sessions: SessionReader): Promise<Iterable<Audience>> {
    const interested = new Set(ofAll)
    const add = (extensionId: string): void => {
      for (const audience of byMember.get(extensionId) ?? []) interested.add(audience)
    }
    event.extensionIds.forEach(add)
    for (const { extensionIds } of await sessions.readSessionIndex(event.telephonySessionId)) extensionIds.forEach(add)
    return interested
  }

  function open(key: string, view: View): Audience {
    const audience: Audience = { view, listeners: new Set() }
    audiences.set(key, audience)
    for (const set of setsOf(view)) set.add(audience)
    return audience
  }

  function close(key: string, audience: Audience): void {
    audiences.delete(key)
    for (const set of setsOf(audience.view)) set.delete(audience)
    for (const extensionId of membersWanted(audience.view) ?? []) {
      if (byMember.get(extensionId)?.size === 0) byMember.delete(extensionId)
    }
  }

  /** Where an audience of this view is looked for. */
  function setsOf(view: View): readonly Set<Audience>[] {
    const members = membersWanted(view)
    if (members === undefined) return [ofAll]
    return Array.from(members, (extensionId) => {
      const set = byMember.get(extensionId) ?? new Set()
      byMember.set(extensionId, set)
      return set
    })
  }

  const unsubscribe = log.onAppended((events) => {
    // Whoever joins later has caught up with these.
    if (audiences.size === 0 && !isPassingOn) {
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
    join(listener) {
      const key = keyOf(listener.view)
      const audience = audiences.get(key) ?? open(key, listener.view)
      audience.listeners.add(listener)
      return () => {
        audience.listeners.delete(listener)
        if (audience.listeners.size === 0 && audiences.get(key) === audience) close(key, audience)
      }
    },
    close: unsubscribe,
  }
}

/** The same for views in which the same is seen. */
function keyOf(view: View): string {
  const watched = view.kind === 'watched' ? [...view.watched].sort() : []
  return [view.kind, view.extensionId, ...watched].join(' ')
}
