import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { EventLog, OwnedEvents } from '../log/event-log.ts'
import { ownersWanted, type View } from '../people/view.ts'
import { eventsFrame } from '../wire/event-json.ts'
import { type CatchUpPiece, cutCatchUp } from './catch-up-pieces.ts'
import type { CatchUpTurns } from './catch-up-turns.ts'

/**
 * One client's way from its cursor to the head of the log. Only what is theirs is read, in steps that take turns with those of
 * the other clients, and each frame is waited for until the socket has taken it.
 */
export interface CatchUp {
  /** Up to here the client has everything of theirs. */
  readonly position: number
  /** Goes all the way, or until it is stopped; rejects when the log could not be read. */
  run(): Promise<void>
  stop(): void
}

export type CatchUpFailure =
  /** The client took nothing of a frame for {@link MAX_SEND_MS}. */
  | 'stuck'
  /** It took longer than {@link MAX_CATCH_UP_MS} in all. */
  | 'tooLong'
  /** Events that should have been read next are not kept any more. */
  | 'forgotten'

export interface CatchUpOptions {
  readonly log: EventLog
  readonly catchUpTurns: CatchUpTurns
  readonly clock: Clock
  readonly view: View
  /** The client has everything up to here. */
  readonly afterPosition: number
  /** Sends a frame; `done` is called when the socket has taken it. */
  readonly send: (frame: string, done: () => void) => void
  /** Called where the head is seen to be reached, with nothing in between, so that who joins the fan-out now misses no event. */
  readonly onCaughtUp: () => void
  /** It has stopped, and the client should come again. */
  readonly onFailed: (failure: CatchUpFailure) => void
}

export const MAX_SEND_MS = 10 * SECOND_MS
/** What a client reads is kept from being forgotten, and that must end some day. */
export const MAX_CATCH_UP_MS = 10 * MINUTE_MS
/** A hundred events are read, cut and written in about a millisecond. */
const STEP_EVENTS = 100

interface Step {
  readonly pieces: readonly CatchUpPiece[]
  /** There is nothing else of theirs at or below it. */
  readonly upToPosition: number
}

export function createCatchUp(options: CatchUpOptions): CatchUp {
  const { log, catchUpTurns, clock, view, send } = options
  const pin = log.pin(options.afterPosition)
  let position = options.afterPosition
  let isStopped = false
  /** Waits for the frame under way no longer. */
  let giveUp = () => {}
  const cancelTimeout = clock.after(MAX_CATCH_UP_MS, () => fail('tooLong'))

  function stop(): void {
    isStopped = true
    pin.release()
    cancelTimeout()
    giveUp()
  }

  function fail(failure: CatchUpFailure): void {
    if (isStopped) return
    stop()
    options.onFailed(failure)
  }

  async function readStep(): Promise<Step | undefined> {
    if (isStopped) return undefined
    const { events, upToPosition } = await readAfter(log, view, position)
    // What is pinned is kept; if it is gone all the same, the rest must not be sent without it.
    if (log.oldestPosition > position + 1 || upToPosition <= position) {
      fail('forgotten')
      return undefined
    }
    return { pieces: await cutCatchUp(view, events, log), upToPosition }
  }

  /** Resolves when the socket has taken the frame, or it is not waited for any longer. */
  function sendAndWait(piece: CatchUpPiece): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(MAX_SEND_MS, () => fail('stuck'))
      giveUp = () => {
        cancel()
        resolve()
      }
      position = piece.head
      send(eventsFrame(piece.events, piece.head), giveUp)
    })
  }

  return {
    get position() {
      return position
    },
    async run() {
      while (!isStopped && position < log.headPosition) {
        const step = await catchUpTurns.run(readStep)
        for (const piece of step?.pieces ?? []) if (!isStopped) await sendAndWait(piece)
        if (isStopped || step === undefined) return
        position = step.upToPosition
        pin.moveTo(position)
      }
      if (isStopped) return
      stop()
      options.onCaughtUp()
    },
    stop,
  }
}

/** The next events that the view may show, and up to where there are no others. */
async function readAfter(log: EventLog, view: View, position: number): Promise<OwnedEvents> {
  const owners = ownersWanted(view)
  if (owners !== undefined) return log.readOwned([...owners], position, STEP_EVENTS)
  const events = await log.read(position, STEP_EVENTS)
  // Without the one that should be first there would be a gap.
  const isWhole = events[0]?.position === position + 1
  return { events, upToPosition: isWhole ? (events.at(-1)?.position ?? position) : position }
}
