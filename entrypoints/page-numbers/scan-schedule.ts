/** How long the page has to have been quiet. */
const QUIET_MS = 150
/** A page that is never quiet is read all the same. */
const MAX_WAIT_MS = 1000
/** Between two looks there is at least this many times what the last one took: reading never is a burden. */
const REST_FACTOR = 15

/** When to look at a page that changes: soon after it has become quiet, never so often that the page would notice. */
export interface ScanSchedule {
  /** How long to wait from `nowMs`, when a change has just been seen. */
  waitMs(nowMs: number): number
  /** A look is done that took so long of the page's time. */
  rest(nowMs: number, tookMs: number): void
}

/** All times by one clock, ms. */
export function createScanSchedule(): ScanSchedule {
  let firstChangeMs: number | undefined
  let notBeforeMs = 0
  return {
    waitMs: (nowMs) => {
      firstChangeMs ??= nowMs
      const quietMs = Math.min(nowMs + QUIET_MS, firstChangeMs + MAX_WAIT_MS)
      return Math.max(0, quietMs - nowMs, notBeforeMs - nowMs)
    },
    rest: (nowMs, tookMs) => {
      firstChangeMs = undefined
      notBeforeMs = nowMs + tookMs * REST_FACTOR
    },
  }
}
