import type { PingMessage, SubscriptionState } from '../../shared/protocol/wire.ts'
import { formatInstant } from '../../shared/time.ts'

export interface PingFacts extends Pick<PingMessage, 'head' | 'sent'> {
  readonly nowMs: number
}

/** What a client is told every 20 seconds: what it should have, and how the subscription stands. */
export function writePing(subscription: SubscriptionState, { head, sent, nowMs }: PingFacts): PingMessage {
  return { type: 'ping', now: formatInstant(nowMs), head, sent, subscription }
}
