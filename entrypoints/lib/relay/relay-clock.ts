import type { Clock } from '../../../shared/clock.ts'

/**
 * The relay's clock, seen from the browser. A computer's clock may be off by an hour or jump; the relay tells its own with
 * every ping, so all live times are made from that. Until the relay has told its it is the browser's own.
 */
export interface RelayClock extends Clock {
  /** Takes in what the relay's clock showed at this moment, ms since the epoch. */
  set(relayNowMs: number): void
}

export function createRelayClock(browserClock: Clock): RelayClock {
  let aheadMs = 0
  return {
    ...browserClock,
    set: (relayNowMs) => {
      aheadMs = relayNowMs - browserClock.nowMs()
    },
    nowMs: () => browserClock.nowMs() + aheadMs,
  }
}
