import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/**
 * How many status requests the relay may send: fewer than RingCentral takes in a minute, so that the subscription, the daily
 * checks and the people's own requests always find room. Who needs it less leaves more to the others.
 */
export interface RequestBudget {
  /** Takes one request when more than `leaving` are left: 0. Otherwise how long to wait before asking again, in ms. */
  take(leaving: number): number
}

export interface RequestBudgetOptions {
  readonly clock: Clock
  readonly requestsPerMinute: number
}

export function createRequestBudget({ clock, requestsPerMinute }: RequestBudgetOptions): RequestBudget {
  let sentAtMs: readonly number[] = []
  return {
    take(leaving) {
      const nowMs = clock.nowMs()
      // A clock that was set back must not keep anybody waiting until then.
      sentAtMs = sentAtMs.filter((atMs) => atMs > nowMs - MINUTE_MS && atMs <= nowMs)
      const allowed = requestsPerMinute - leaving
      if (sentAtMs.length < allowed) {
        sentAtMs = [...sentAtMs, nowMs]
        return 0
      }
      const freed = sentAtMs[sentAtMs.length - allowed] ?? nowMs
      return freed + MINUTE_MS - nowMs
    },
  }
}
