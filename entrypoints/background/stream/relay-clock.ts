/**
 * The relay's clock, seen from the browser. A computer's clock may be off by an hour or jump; the relay tells its own with
 * every ping, so all live times are made from that.
 */
export interface RelayClock {
  /** Takes in what the relay's clock showed at this moment, ms since the epoch. */
  set(relayNowMs: number): void
  /** Ms since the epoch. The browser's own clock until the relay has told its. */
  nowMs(): number
}

export function createRelayClock(browserNowMs: () => number): RelayClock {
  let aheadMs = 0
  return {
    set: (relayNowMs) => {
      aheadMs = relayNowMs - browserNowMs()
    },
    nowMs: () => browserNowMs() + aheadMs,
  }
}
