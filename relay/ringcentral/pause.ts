import type { Clock } from '../../shared/clock.ts'

/** A time during which something must not be done. */
export interface Pause {
  /** Begins the pause, or begins it again, for so long from now. */
  begin(durationMs: number): void
  /** 0 when it is over. */
  readonly remainingMs: number
}

export function createPause(clock: Clock): Pause {
  let sinceMs = 0
  let durationMs = 0
  return {
    begin(nextDurationMs) {
      sinceMs = clock.nowMs()
      durationMs = nextDurationMs
    },
    get remainingMs() {
      const nowMs = clock.nowMs()
      // The clock was set back: how much has passed is not known, so it begins again and does not last until then.
      if (nowMs < sinceMs) sinceMs = nowMs
      return Math.max(0, sinceMs + durationMs - nowMs)
    },
  }
}
