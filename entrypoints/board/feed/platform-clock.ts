import type { Clock } from '../../../shared/clock.ts'
import { createRelayClock } from '../../lib/relay/relay-clock.ts'

/**
 * RingCentral's clock, seen from the browser: since when somebody waits is told by that one. The relay tells its own with every
 * ping; the quickest delivery of all shows how far RingCentral's is from it, and never makes a wait longer than it can be.
 */
export interface PlatformClock {
  /** What the relay's clock showed at this moment. */
  setRelay(relayNowMs: number): void
  /** An event, when it happened by RingCentral's clock, and when the relay got it by its own. */
  seeDelivery(timestampMs: number, receivedMs: number): void
  /** Ms since the epoch. */
  nowMs(): number
  /** How far it is ahead of this computer's, ms. */
  aheadMs(): number
}

export function createPlatformClock(browserClock: Clock): PlatformClock {
  const relay = createRelayClock(browserClock)
  let delayMs = Number.POSITIVE_INFINITY
  const nowMs = () => relay.nowMs() - (Number.isFinite(delayMs) ? delayMs : 0)
  return {
    setRelay: relay.set,
    seeDelivery: (timestampMs, receivedMs) => {
      delayMs = Math.min(delayMs, receivedMs - timestampMs)
    },
    nowMs,
    aheadMs: () => nowMs() - browserClock.nowMs(),
  }
}
