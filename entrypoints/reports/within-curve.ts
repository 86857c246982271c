import { percentileMs } from '../../shared/metrics/distribution.ts'
import type { Tally } from '../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'

export interface WithinPoint {
  readonly limitMs: number
  readonly count: number
  /** Of the incoming calls that were the person's to answer, 0 to 1. */
  readonly share: number
}

/** The limits in the table under the curve. */
const LIMITS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120]
/** The shortest and the longest that the curve may be. */
const SHORTEST_MS = 30 * SECOND_MS
const LONGEST_MS = 5 * MINUTE_MS

/** The share that was answered within each second, until all were or nobody waits longer; empty without calls to answer. */
export function traceWithin(tally: Tally, goalMs: number): readonly WithinPoint[] {
  const longestMs = percentileMs(tally.answeredRing, 99) ?? 0
  const endMs = Math.min(Math.max(longestMs, goalMs * 1.5, SHORTEST_MS), Math.max(LONGEST_MS, goalMs))
  const seconds = Math.ceil(endMs / SECOND_MS)
  return pointsAt(
    tally,
    Array.from({ length: seconds + 1 }, (_, second) => second * SECOND_MS),
  )
}

/** The same at a few round limits and at the goal. */
export function listWithin(tally: Tally, goalMs: number): readonly WithinPoint[] {
  const limits = new Set([...LIMITS_S.map((seconds) => seconds * SECOND_MS), goalMs])
  return pointsAt(
    tally,
    [...limits].sort((a, b) => a - b),
  )
}

function pointsAt(tally: Tally, limitsMs: readonly number[]): readonly WithinPoint[] {
  return limitsMs.flatMap((limitMs) => {
    const { count, shareOfOffered } = selectAnsweredWithin(tally, limitMs)
    return shareOfOffered === undefined ? [] : [{ limitMs, count, share: shareOfOffered }]
  })
}
