import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countUpTo,
  createDistribution,
  emptyDistribution,
  measureDistribution,
  mergeDistributions,
  percentileMs,
} from '../../../shared/metrics/distribution.ts'

const durationsMs = fc.array(fc.integer({ min: 0, max: 7_200_000 }))

describe('the figures of a distribution', () => {
  it('are exact, the median between the two in the middle', () => {
    expect(measureDistribution(createDistribution([12_414, 586, 7345, 2393]))).toEqual({
      count: 4,
      sumMs: 22_738,
      meanMs: 5684.5,
      medianMs: 4869,
      p90Ms: 12_414,
      longestMs: 12_414,
    })
  })

  it('of nothing are nothing', () => {
    expect(measureDistribution(emptyDistribution)).toEqual({
      count: 0,
      sumMs: 0,
      meanMs: undefined,
      medianMs: undefined,
      p90Ms: undefined,
      longestMs: undefined,
    })
  })

  it.each([
    [1, 1],
    [10, 1],
    [11, 2],
    [50, 5],
    [90, 9],
    [91, 10],
    [100, 10],
  ])('the %ith percentile of 1 to 10 is %i by nearest rank', (percent, ms) => {
    expect(percentileMs(createDistribution([10, 3, 7, 1, 9, 5, 2, 8, 4, 6]), percent)).toBe(ms)
  })

  it.each([
    [999, 0],
    [1000, 2],
    [2999, 2],
    [3000, 3],
    [4000, 3],
  ])('up to %i ms, the limit included, are %i of 1 s, 1 s and 3 s', (limitMs, count) => {
    expect(countUpTo(createDistribution([3000, 1000, 1000]), limitMs)).toBe(count)
  })

  it('equal the plain computation', () => {
    fc.assert(
      fc.property(durationsMs, fc.integer({ min: 1, max: 100 }), fc.nat(7_200_000), (valuesMs, percent, limitMs) => {
        const distribution = createDistribution(valuesMs)
        const figures = measureDistribution(distribution)
        const sumMs = valuesMs.reduce((sum, ms) => sum + ms, 0)
        expect(figures.sumMs).toBe(sumMs)
        expect(figures.meanMs).toBe(valuesMs.length === 0 ? undefined : sumMs / valuesMs.length)
        expect(figures.longestMs).toBe(valuesMs.length === 0 ? undefined : Math.max(...valuesMs))
        expect(countUpTo(distribution, limitMs)).toBe(valuesMs.filter((ms) => ms <= limitMs).length)
        expect(percentileMs(distribution, percent)).toBe(findPercentile(valuesMs, percent))
        expect(figures.p90Ms).toBe(findPercentile(valuesMs, 90))
        expect(figures.medianMs).toBe(findMedian(valuesMs))
      }),
    )
  })
})

/** The smallest value with enough values at or below it, found by trying each. */
function findPercentile(valuesMs: readonly number[], percent: number): number | undefined {
  const enough = valuesMs.filter(
    (candidate) => 100 * valuesMs.filter((ms) => ms <= candidate).length >= percent * valuesMs.length,
  )
  return enough.length === 0 ? undefined : Math.min(...enough)
}

/** Takes away the shortest and the longest until one or two are left. */
function findMedian(valuesMs: readonly number[]): number | undefined {
  const left = valuesMs.toSorted((a, b) => a - b)
  while (left.length > 2) {
    left.pop()
    left.shift()
  }
  return left.length === 0 ? undefined : left.reduce((sum, ms) => sum + ms, 0) / left.length
}

describe('merged distributions', () => {
  it('are the distribution of all values', () => {
    fc.assert(
      fc.property(fc.array(durationsMs), (lists) => {
        expect(mergeDistributions(lists.map(createDistribution))).toEqual(createDistribution(lists.flat()))
      }),
    )
  })

  it('have every value, also one that is no whole number or longer than 49 days', () => {
    const [some, others] = [[0.5, 5_000_000_000], [3]].map(createDistribution)
    expect(mergeDistributions([some, others].flatMap((one) => one ?? []))).toEqual({
      sortedMs: [0.5, 3, 5_000_000_000],
    })
  })
})
