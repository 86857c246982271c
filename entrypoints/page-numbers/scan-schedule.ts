/** How long the page must have been quiet. */
const QUIET_MS = 150
/** The longest wait on a page that is never quiet. */
const MAX_WAIT_MS = 1000
/** Minimum rest between two scans, as a multiple of what the last one took, so that scanning is never a burden. */
const REST_FACTOR = 15

/** The schedule of scans of a changing page: soon after it has become quiet, and never often enough to slow it down. */
export interface ScanSchedule {
  /** How long to wait from `nowMs`, when a change has just been seen. */
  waitMs(nowMs: number): number
  /** Called after a scan, with how long it took. */
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
