import type { PingMessage, SubscriptionState } from '../../shared/protocol/wire.ts'
import { formatInstant } from '../../shared/time.ts'

export interface PingFacts {
  readonly nowMs: number
  /** Everything of the client's at or below it has been sent. */
  readonly headPosition: number
  /** Frames of events that were sent. */
  readonly sentFrames: number
  readonly subscription: SubscriptionState
}

/** The message that a client gets every 20 seconds: what it should have, and how the subscription stands. */
export function writePing({ nowMs, headPosition, sentFrames, subscription }: PingFacts): PingMessage {
  return { type: 'ping', now: formatInstant(nowMs), head: headPosition, sent: sentFrames, subscription }
}
