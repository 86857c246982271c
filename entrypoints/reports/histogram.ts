import { countUpTo, type Distribution, percentileMs } from '../../shared/metrics/distribution.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'

/** Values from `fromMs`, not included, up to `toMs`, included; but the first takes in its beginning. */
export interface Bin {
  readonly fromMs: number
  /** `undefined`: everything above. */
  readonly toMs: number | undefined
  readonly count: number
}

/** Widths that read well on a clock. */
const WIDTHS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  HOUR_MS,
]
const MAX_BINS = 10

/**
 * The values in bins of one width, so that nine in ten are in no more than ten of them; what is longer is one bin at the end,
 * lest one forgotten hold press everything else into the first bar.
 */
export function createHistogram(distribution: Distribution): readonly Bin[] {
  const { sortedMs } = distribution
  const usualMs = percentileMs(distribution, 90) ?? 0
  const longestMs = sortedMs.at(-1) ?? 0
  if (sortedMs.length === 0) return []
  const widthMs = WIDTHS_MS.find((width) => usualMs <= width * MAX_BINS) ?? HOUR_MS
  const bins = Math.min(Math.max(1, Math.ceil(usualMs / widthMs)), MAX_BINS)
  const limits = Array.from({ length: bins }, (_, index) => (index + 1) * widthMs)
  const upTo = limits.map((limit) => countUpTo(distribution, limit))
  const regular = limits.map((toMs, index) => ({
    fromMs: toMs - widthMs,
    toMs,
    count: (upTo[index] ?? 0) - (upTo[index - 1] ?? 0),
  }))
  const lastMs = bins * widthMs
  if (longestMs <= lastMs) return regular
  return [...regular, { fromMs: lastMs, toMs: undefined, count: sortedMs.length - countUpTo(distribution, lastMs) }]
}
