import type { View } from '../people/view.ts'
import type { ClientSocket } from './client-socket.ts'
import { type Closing, TOO_MUCH_UNSENT, UNREADABLE } from './close-reasons.ts'
import type { FanOut } from './fan-out.ts'
import { createSendProgress } from './send-progress.ts'

/** A client that has caught up: it is sent each of its events as that becomes durable. */
export interface Live {
  /** All of the client's events at or below it have been sent. */
  readonly headPosition: number
  /** Looks, each second; `true` when nothing of what was sent has been taken for `maxSendMs`. */
  isStuck(): boolean
  leave(): void
}

export interface LiveOptions {
  readonly view: View
  /** The client has everything up to here, and here is the head of the log. */
  readonly afterPosition: number
  readonly maxSendMs: number
  readonly onSent: () => void
  /** More than {@link MAX_UNSENT_BYTES} wait to be taken, or events could not be read: the client must come again from its cursor. */
  readonly onFailed: (closing: Closing) => void
}

/** Beyond this a live client is too slow. */
export const MAX_UNSENT_BYTES = 1024 * 1024

export function goLive(socket: ClientSocket, fanOut: FanOut, options: LiveOptions): Live {
  let position = options.afterPosition
  const progress = createSendProgress(socket, options.maxSendMs)
  progress.reset()
  const leave = fanOut.join({
    view: options.view,
    get position() {
      return position
    },
    send(frame, head) {
      position = head
      socket.sendFrame(frame)
      options.onSent()
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) options.onFailed(TOO_MUCH_UNSENT)
    },
    fail: () => options.onFailed(UNREADABLE),
  })
  return {
    get headPosition() {
      return Math.max(position, fanOut.position)
    },
    isStuck: progress.isStuck,
    leave,
  }
}
