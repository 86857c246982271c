import { type Clock, every } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'

export const PING_INTERVAL_MS = 20 * SECOND_MS
/** Messages between two pings; a client of ours sends one, and its WebSocket another. */
export const MAX_MESSAGES = 100
/** Pings without any sign of life before the connection counts as dead. */
const MAX_SILENT_PINGS = 2

/** Whose life is looked after. */
export interface Living {
  /** The time has come for a ping. */
  onPing(): void
  /** Nothing has come since the last pings: the client is gone. */
  onSilent(): void
}

/** Whether a client is still at the other end of a connection, and whether it sends more than any client needs to. */
export class Liveness {
  private silentPings = 0
  private messages = 0
  private cancel: (() => void) | undefined

  /** Anything came from the client: a message, or a ping or pong of the WebSocket. `false`: it sends too much. */
  note(): boolean {
    this.silentPings = 0
    this.messages += 1
    return this.messages <= MAX_MESSAGES
  }

  /** Begins to ping. */
  start(clock: Clock, living: Living): void {
    this.cancel = every(clock, PING_INTERVAL_MS, () => this.check(living))
  }

  stop(): void {
    this.cancel?.()
  }

  private check(living: Living): void {
    if (this.silentPings >= MAX_SILENT_PINGS) {
      living.onSilent()
      return
    }
    this.silentPings += 1
    this.messages = 0
    living.onPing()
  }
}
