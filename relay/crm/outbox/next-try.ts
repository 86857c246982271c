import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/** How long after a try that came to nothing the next one is: ten tries over a day. */
const PAUSES_MS: readonly number[] = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  13 * HOUR_MS,
]

/** `undefined` when it was the last try. */
export function pauseAfter(tries: number): number | undefined {
  return PAUSES_MS[tries - 1]
}

/** How long nothing is sent to a CRM that is away, by how often in a row it was. */
export function connectionPauseMs(failures: number): number {
  return Math.min(MINUTE_MS, 2 ** Math.min(failures, 6) * SECOND_MS)
}
