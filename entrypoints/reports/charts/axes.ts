import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/** Steps of a scale that read well. */
export const COUNT_STEPS: number[] = [1, 10, 100, 1000, 10_000, 100_000].flatMap((one) => [one, one * 2, one * 5])
export const TIME_STEPS: number[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((hours) => hours * HOUR_MS),
]
export const SHARE_STEPS: number[] = [0.1, 0.2, 0.25, 0.5]

/** Parts of a day in hours; days and weeks can be counted by them as well. */
const EVENLY = [1, 2, 3, 4, 6, 8, 12, 24, 48]

/** Which of `count` places on an axis are named, so that names `labelPx` wide do not touch; the first one always is. */
export function choosePlaces(count: number, widthPx: number, labelPx: number): number[] {
  const needed = Math.ceil((count * labelPx) / Math.max(widthPx, 1))
  const every = EVENLY.find((step) => step >= needed) ?? Math.max(needed, 1)
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every)
}
