import type { View } from '../people/view.ts'
import type { ClientSocket } from './client-socket.ts'
import { type Closing, TOO_MUCH_UNSENT, UNREADABLE } from './close-reasons.ts'
import type { FanOut, Listener } from './fan-out.ts'
import { SendProgress } from './send-progress.ts'

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

/** A client that has caught up: it is sent each of its events as that becomes durable. */
export class Live implements Listener {
  readonly view: View
  position: number
  readonly leave: () => void
  private readonly socket: ClientSocket
  private readonly fanOut: FanOut
  private readonly options: LiveOptions
  private readonly progress: SendProgress

  /** Joins the fan-out, until it leaves. */
  constructor(socket: ClientSocket, fanOut: FanOut, options: LiveOptions) {
    this.view = options.view
    this.position = options.afterPosition
    this.socket = socket
    this.fanOut = fanOut
    this.options = options
    this.progress = new SendProgress(socket, options.maxSendMs)
    this.leave = fanOut.join(this)
  }

  /** All of the client's events at or below it have been sent. */
  get headPosition(): number {
    return Math.max(this.position, this.fanOut.position)
  }

  /** Looks, each second; `true` when nothing of what was sent has been taken for `maxSendMs`. */
  isStuck(): boolean {
    return this.progress.isStuck()
  }

  send(frame: Buffer, head: number): void {
    this.position = head
    this.socket.sendFrame(frame)
    this.options.onSent()
    if (this.socket.bufferedAmount > MAX_UNSENT_BYTES) this.options.onFailed(TOO_MUCH_UNSENT)
  }

  fail(): void {
    this.options.onFailed(UNREADABLE)
  }
}
