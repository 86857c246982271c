import type { Clock } from '../shared/clock.ts'
import { MINUTE_MS } from '../shared/time.ts'

/**
 * The time that decides what ends for good: what is forgotten, and who is signed out.
 *
 * The machine's clock alone may be days ahead, at a start or for a minute, and what was erased by it does not come back when
 * it is set right. RingCentral dates its answers, and the time since the last one is known from a clock that nobody sets. So
 * the machine's clock is believed while it agrees with RingCentral's, and nothing ends before both say so. An answer whose
 * date agrees with neither clock is one odd answer.
 */
export interface ConfirmedTime {
  /** ms since the epoch: the machine's clock, or RingCentral's where the two are far apart. */
  nowMs(): number
  /** The earliest that it may be now, in ms since the epoch; minus infinity until RingCentral has said what time it is. */
  earliestMs(): number
  /** Takes down the date of an answer of RingCentral's that has just come, ms since the epoch. */
  confirm(dateMs: number): void
}

/** Farther apart than this, one of the two clocks is wrong. */
const MAX_APART_MS = 5 * MINUTE_MS

function isApart(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) > MAX_APART_MS
}

export function createConfirmedTime(clock: Pick<Clock, 'nowMs' | 'elapsedMs'>): ConfirmedTime {
  let confirmed: { readonly dateMs: number; readonly atElapsedMs: number } | undefined

  const platformMs = (): number | undefined => confirmed && confirmed.dateMs + clock.elapsedMs() - confirmed.atElapsedMs

  /** RingCentral's time where the machine's clock contradicts it. */
  function contradiction(): number | undefined {
    const ms = platformMs()
    return isApart(ms, clock.nowMs()) ? ms : undefined
  }

  return {
    nowMs: () => contradiction() ?? clock.nowMs(),
    earliestMs() {
      if (confirmed === undefined) return Number.NEGATIVE_INFINITY
      return Math.min(clock.nowMs(), contradiction() ?? Number.POSITIVE_INFINITY)
    },
    confirm(dateMs) {
      const isOdd = confirmed !== undefined && isApart(dateMs, platformMs()) && isApart(dateMs, clock.nowMs())
      if (!isOdd) confirmed = { dateMs, atElapsedMs: clock.elapsedMs() }
    },
  }
}

/** The machine's clock alone, for callers that do not ask RingCentral. */
export function machineTime(clock: Pick<Clock, 'nowMs'>): ConfirmedTime {
  return { nowMs: () => clock.nowMs(), earliestMs: () => clock.nowMs(), confirm: () => undefined }
}
