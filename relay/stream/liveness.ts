import { type Clock, every } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'

/** Whether a client is still at the other end of a connection, and whether it sends more than any client needs to. */
export interface Liveness {
  /** Anything came from the client: a message, or a ping or pong of the WebSocket. `false`: it sends too much. */
  note(): boolean
  /** Begins to ping. */
  start(): void
  stop(): void
}

export interface LivenessOptions {
  readonly clock: Clock
  /** The time has come for a ping. */
  readonly onPing: () => void
  /** Nothing has come since the last pings: the client is gone. */
  readonly onSilent: () => void
}

export const PING_INTERVAL_MS = 20 * SECOND_MS
/** Messages between two pings; a client of ours sends one, and its WebSocket another. */
export const MAX_MESSAGES = 100
/** Pings without any sign of life before the connection counts as dead. */
const MAX_SILENT_PINGS = 2

export function createLiveness({ clock, onPing, onSilent }: LivenessOptions): Liveness {
  let silentPings = 0
  let messages = 0
  let stop = () => {}

  function check(): void {
    if (silentPings >= MAX_SILENT_PINGS) {
      onSilent()
      return
    }
    silentPings += 1
    messages = 0
    onPing()
  }

  return {
    note() {
      silentPings = 0
      messages += 1
      return messages <= MAX_MESSAGES
    },
    start() {
      stop = every(clock, PING_INTERVAL_MS, check)
    },
    stop: () => stop(),
  }
}
