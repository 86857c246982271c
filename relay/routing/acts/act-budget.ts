import type { Clock } from '../../../shared/clock.ts'
import { MINUTE_MS } from '../../../shared/time.ts'

/**
 * How many requests rules may send as one user: fewer than the fifty that RingCentral takes in a minute, so that people can still
 * act on their calls while a storm of them meets the rules.
 */
export interface ActBudget {
  /** Takes one request: 0. Otherwise how long to wait before asking again, in ms; each who has to wait is told another moment. */
  take(): number
}

export const ACTS_PER_MINUTE = 30

export function createActBudget(clock: Pick<Clock, 'nowMs'>): ActBudget {
  let sentAtMs: readonly number[] = []
  let promisedMs: readonly number[] = []
  return {
    take() {
      const nowMs = clock.nowMs()
      // A clock that was set back must not keep anybody waiting until then.
      const isOfLastMinute = (atMs: number) => atMs > nowMs - MINUTE_MS && atMs <= nowMs
      sentAtMs = sentAtMs.filter(isOfLastMinute)
      promisedMs = promisedMs.filter((atMs) => atMs > nowMs && atMs <= nowMs + MINUTE_MS)
      if (sentAtMs.length < ACTS_PER_MINUTE) {
        sentAtMs = [...sentAtMs, nowMs]
        return 0
      }
      const freedMs = (sentAtMs[promisedMs.length] ?? nowMs) + MINUTE_MS
      promisedMs = [...promisedMs, freedMs]
      return freedMs - nowMs
    },
  }
}
