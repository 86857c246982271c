import { describeError } from './errors.ts'
import { eventsFrame } from './event-json.ts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import type { Logger } from './log.ts'
import { rememberIndexes, revealTo, type SessionReader, type View } from './visibility.ts'

/** Somebody who has caught up and now hears of events as they become durable. */
export interface Listener {
  readonly view: View
  /** Position up to which they have everything of theirs; events at or below it are not sent again. */
  readonly position: number
  /** Takes the frame that brings theirs of the events up to `head`; called only when there are some. */
  send(frame: Buffer, head: number): void
  /** Moves them on over events that brought them nothing. */
  advance(head: number): void
  /** Their events could not be read: they must start again from their cursor. */
  fail(): void
}

/** Passes durable events on, in order, to those who may see them. */
export interface FanOut {
  /** Takes on a listener that has everything up to the log's head; the function that is returned lets it go. */
  join(listener: Listener): () => void
  close(): void
}

export function createFanOut(log: EventLog, logger: Logger): FanOut {
  const everything = new Set<Listener>()
  const byExtension = new Map<string, Set<Listener>>()
  let waiting: LoggedEvent[] = []
  let isPassingOn = false

  async function passOn(): Promise<void> {
    isPassingOn = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await passOnBatch(batch)
      } catch (error) {
        logger.error(
          { err: describeError(error) },
          'Events could not be read from the log; clients start again from their cursor',
        )
        for (const listener of allListeners()) listener.fail()
      }
    }
    isPassingOn = false
  }

  async function passOnBatch(batch: readonly LoggedEvent[]): Promise<void> {
    const revealed = new Map<Listener, string[]>()
    const sessions = rememberIndexes(log)
    for (const event of batch) {
      for (const listener of await interestedIn(event, sessions)) {
        if (event.position <= listener.position) continue
        const events = revealed.get(listener) ?? []
        events.push(...(await revealTo(listener.view, event, sessions)))
        revealed.set(listener, events)
      }
    }
    const head = batch.at(-1)?.position ?? 0
    // Many listeners get the same frame: its bytes are made once.
    const frames = new Map<string, Buffer>()
    // Whoever joined during the reading above has caught up with at least this batch.
    for (const listener of allListeners()) {
      if (listener.position >= head) continue
      const events = revealed.get(listener) ?? []
      if (events.length === 0) {
        listener.advance(head)
        continue
      }
      const text = eventsFrame(events, head)
      const frame = frames.get(text) ?? Buffer.from(text)
      frames.set(text, frame)
      listener.send(frame, head)
    }
  }

  async function interestedIn(event: LoggedEvent, sessions: SessionReader): Promise<Iterable<Listener>> {
    const members = new Set(event.extensionIds)
    for (const { extensionIds } of await sessions.readSessionIndex(event.telephonySessionId)) {
      for (const extensionId of extensionIds) members.add(extensionId)
    }
    return [...everything, ...[...members].flatMap((extensionId) => [...(byExtension.get(extensionId) ?? [])])]
  }

  function allListeners(): Listener[] {
    return [...everything, ...[...byExtension.values()].flatMap((listeners) => [...listeners])]
  }

  const unsubscribe = log.onAppended((events) => {
    // Whoever joins later has caught up with these.
    if (everything.size === 0 && byExtension.size === 0) return
    waiting.push(...events)
    if (!isPassingOn) void passOn()
  })

  return {
    join(listener) {
      const { view } = listener
      if (view.kind === 'account') {
        everything.add(listener)
        return () => everything.delete(listener)
      }
      const { extensionId } = view
      const listeners = byExtension.get(extensionId) ?? new Set()
      byExtension.set(extensionId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && byExtension.get(extensionId) === listeners) byExtension.delete(extensionId)
      }
    },
    close: unsubscribe,
  }
}
