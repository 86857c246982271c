import { expect, test } from 'vitest'
import { createRandom } from './random.ts'
import { createTidyTiming, createUntidyTiming, LATENESS_MS, STAMP_MS, type Timing } from './untidiness.ts'

function drawMany(seed: number, count: number): Timing[] {
  const drawTiming = createUntidyTiming(createRandom(seed))
  return Array.from({ length: count }, () => drawTiming())
}

test('the same seed gives the same schedule, another seed another one', () => {
  expect(drawMany(7, 500)).toEqual(drawMany(7, 500))
  expect(drawMany(7, 500)).not.toEqual(drawMany(8, 500))
})

test('stamps and lateness stay within their bounds, and nothing is sent before it was made', () => {
  for (const { stampMs, sentAfterMs } of drawMany(1, 5_000)) {
    expect(stampMs).toBeGreaterThanOrEqual(STAMP_MS.min)
    expect(stampMs).toBeLessThanOrEqual(STAMP_MS.max)
    for (const ms of sentAfterMs) {
      expect(ms).toBeGreaterThanOrEqual(stampMs)
      expect(ms).toBeLessThanOrEqual(LATENESS_MS.max)
    }
  }
})

test('about one event in fifty comes twice', () => {
  const repeated = drawMany(1, 50_000).filter(({ sentAfterMs }) => sentAfterMs.length === 2).length
  expect(repeated).toBeGreaterThan(900)
  expect(repeated).toBeLessThan(1_100)
})

test('events that happen together overtake each other', () => {
  const sent = drawMany(1, 100).map(({ sentAfterMs }) => sentAfterMs[0] ?? 0)
  expect(sent).not.toEqual(sent.toSorted((a, b) => a - b))
})

test('a recorded stamp is kept', () => {
  const { stampMs, sentAfterMs } = createUntidyTiming(createRandom(1))(113)
  expect(stampMs).toBe(113)
  expect(Math.min(...sentAfterMs)).toBeGreaterThanOrEqual(113)
})

test('tidy: everything once and equally late', () => {
  const drawTiming = createTidyTiming()
  expect([drawTiming(), drawTiming(14), drawTiming(113)].map(({ sentAfterMs }) => sentAfterMs)).toEqual([
    [STAMP_MS.max],
    [STAMP_MS.max],
    [STAMP_MS.max],
  ])
})
