import type { LoggedEvent } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { rememberIndexes, revealTo, type SessionReader } from './visibility.ts'

/** Content of one frame while a client catches up. */
export interface CatchUpPiece {
  /** JSON of wire events. */
  readonly events: readonly string[]
  /** Up to here they have everything of theirs with it. */
  readonly head: number
}

/** A frame ends with the event that makes it this long, so that none keeps a socket busy for long. */
const PIECE_CHARS = 256 * 1024

/** Cuts what events of the log bring to a view into pieces; none where nothing of it is theirs. */
export async function cutCatchUp(
  view: View,
  batch: readonly LoggedEvent[],
  log: SessionReader,
): Promise<readonly CatchUpPiece[]> {
  const sessions = rememberIndexes(log)
  const pieces: CatchUpPiece[] = []
  let events: string[] = []
  let chars = 0
  for (const event of batch) {
    const revealed = await revealTo(view, event, sessions)
    events.push(...revealed)
    for (const { length } of revealed) chars += length
    if (chars >= PIECE_CHARS || (events.length > 0 && event === batch.at(-1))) {
      pieces.push({ events, head: event.position })
      events = []
      chars = 0
    }
  }
  return pieces
}
