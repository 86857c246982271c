import { assert } from '../assert.ts'
import { compactNumbers } from './compact-numbers.ts'

/**
 * How long something took, in each case in which it happened: all the values, so that every figure is exact and two
 * distributions merge into what they would have been as one. A year of one person's calls is some ten thousand numbers.
 */
export interface Distribution {
  /** Milliseconds, ascending. */
  readonly sortedMs: readonly number[]
}

/** Nothing is rounded. A figure is `undefined` where there is no value to take it from. */
export interface DistributionFigures {
  readonly count: number
  readonly sumMs: number
  readonly meanMs: number | undefined
  /** The value in the middle; the mean of the two in the middle when their number is even. */
  readonly medianMs: number | undefined
  /** See {@link percentileMs}. */
  readonly p90Ms: number | undefined
  readonly longestMs: number | undefined
}

export const emptyDistribution: Distribution = { sortedMs: [] }

/** Values in any order, ms. */
export function createDistribution(valuesMs: readonly number[]): Distribution {
  return { sortedMs: sortValues(new Float64Array(valuesMs)) }
}

/** What is left when values are taken out. Throws when one of them is not there. */
export function subtractDistribution(from: Distribution, taken: Distribution): Distribution {
  if (taken.sortedMs.length === 0) return from
  let next = 0
  // Both ascend: each value that is to go is met once.
  const sortedMs = from.sortedMs.filter((ms) => {
    const isTaken = ms === taken.sortedMs[next]
    if (isTaken) next++
    return !isTaken
  })
  const missing = taken.sortedMs[next]
  assert(missing === undefined, `a value of ${missing} ms should be there before it is taken out`)
  return { sortedMs }
}

/** All values of all of them, sorted again: the platform does that in half the time that merging two by two takes. */
export function mergeDistributions(distributions: readonly Distribution[]): Distribution {
  const lists = distributions.map(({ sortedMs }) => sortedMs).filter(({ length }) => length > 0)
  if (lists.length < 2) return { sortedMs: lists[0] ?? [] }
  const values = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let filled = 0
  for (const list of lists) {
    values.set(list, filled)
    filled += list.length
  }
  return { sortedMs: sortValues(values) }
}

export function measureDistribution(distribution: Distribution): DistributionFigures {
  const { sortedMs } = distribution
  const count = sortedMs.length
  const sumMs = sortedMs.reduce((sum, ms) => sum + ms, 0)
  return {
    count,
    sumMs,
    meanMs: count === 0 ? undefined : sumMs / count,
    medianMs: medianMs(sortedMs),
    p90Ms: percentileMs(distribution, 90),
    longestMs: sortedMs.at(-1),
  }
}

/**
 * The percentile by nearest rank: the smallest value that at least `percent` of a hundred values do not exceed, so always
 * one that occurred. `percent`: whole, from 1 to 100.
 */
export function percentileMs({ sortedMs }: Distribution, percent: number): number | undefined {
  return sortedMs[Math.ceil((percent * sortedMs.length) / 100) - 1]
}

/** How many values are `limitMs` or less. */
export function countUpTo({ sortedMs }: Distribution, limitMs: number): number {
  let low = 0
  let high = sortedMs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const value = sortedMs[middle]
    if (value !== undefined && value <= limitMs) low = middle + 1
    else high = middle
  }
  return low
}

function medianMs(sortedMs: readonly number[]): number | undefined {
  const upper = sortedMs[sortedMs.length >>> 1]
  const lower = sortedMs[(sortedMs.length - 1) >>> 1]
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2
}

function sortValues(valuesMs: Float64Array): readonly number[] {
  const sorted = compactNumbers(valuesMs).sort()
  // Three times as fast as by its iterator.
  const sortedMs = new Array<number>(sorted.length)
  for (let index = 0; index < sorted.length; index++) sortedMs[index] = sorted[index] ?? 0
  return sortedMs
}
