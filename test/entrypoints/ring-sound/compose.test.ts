import { describe, expect, it } from 'vitest'
import { composeRing, KNOCK_MS, RING_PERIOD_MS } from '../../../entrypoints/ring-sound/compose.ts'

const RATE = 48_000
const samples = composeRing(RATE)
const at = (ms: number) => Math.round((ms * RATE) / 1000)
const loudest = (fromMs: number, untilMs: number) =>
  samples.subarray(at(fromMs), at(untilMs)).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

describe('the ring', () => {
  it.each([44_100, 48_000, 96_000])('is one period long at %i samples a second, and never distorts', (rate) => {
    const ring = composeRing(rate)
    expect(ring).toHaveLength((RING_PERIOD_MS * rate) / 1000)
    const peak = ring.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(peak).toBeCloseTo(0.9, 5)
  })

  it('begins and ends in silence, so that the next period joins without a click', () => {
    expect(samples[0]).toBe(0)
    expect(loudest(RING_PERIOD_MS - 500, RING_PERIOD_MS)).toBeLessThan(0.001)
  })

  it('has a pause in which one can speak', () => {
    expect(loudest(0, 600)).toBeGreaterThan(0.3)
    expect(loudest(KNOCK_MS, KNOCK_MS + 600)).toBeGreaterThan(0.3)
    expect(loudest(2300, RING_PERIOD_MS)).toBeLessThan(0.001)
  })

  it('can be cut off after its first notes without a click: they have died away', () => {
    expect(loudest(KNOCK_MS - 10, KNOCK_MS)).toBeLessThan(0.02)
  })

  it('never jumps between two samples as a click does', () => {
    const jump = samples.reduce(
      (most, sample, index) => Math.max(most, Math.abs(sample - (samples[index - 1] ?? 0))),
      0,
    )
    // A tone of 4.4 kHz at full strength moves by half of it from one sample to the next at this rate.
    expect(jump).toBeLessThan(0.5)
  })
})
