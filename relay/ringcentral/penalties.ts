import type { Clock } from '../../shared/clock.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { type RateGroup, RingCentralError } from './api.ts'
import { createPause, type Pause } from './pause.ts'
import { MIN_PENALTY_MS } from './verdicts.ts'

/**
 * Keeps quiet while RingCentral refuses a rate group: every request during the penalty would restart it, so what is
 * asked meanwhile is refused here, by the same error.
 */
export interface Penalties {
  /** Throws a {@link RingCentralError} with the time that is left when the group is being refused. */
  check(group: RateGroup): void
  /** RingCentral answered 429; it asked for so long a pause, or did not say. */
  begin(group: RateGroup, retryAfterMs: number | undefined): void
}

export function createPenalties(clock: Clock): Penalties {
  const pauses = new Map<RateGroup, Pause>()
  return {
    check(group) {
      const remainingMs = pauses.get(group)?.remainingMs ?? 0
      if (remainingMs === 0) return
      throw new RingCentralError(
        `RingCentral limits requests: the next of the group ${group} may be sent in ${Math.ceil(remainingMs / SECOND_MS)} s`,
        { status: 429, codes: [], retryAfterMs: remainingMs, isUnsent: true },
      )
    },
    begin(group, retryAfterMs) {
      const pause = pauses.get(group) ?? createPause(clock)
      pauses.set(group, pause)
      pause.begin(retryAfterMs ?? MIN_PENALTY_MS)
    },
  }
}
