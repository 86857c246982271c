import { describe, expect, it } from 'vitest'
import { selectServiceLevel } from '../../../shared/live/service-level.ts'
import { countWait, type WaitsDraft } from '../../../shared/live/waits.ts'

function waitsOf(...waitsMs: readonly number[]): WaitsDraft {
  const waits: WaitsDraft = new Map()
  for (const waitMs of waitsMs) countWait(waits, waitMs, 1)
  return waits
}

function tallyOf(answeredMs: readonly number[], abandonedMs: readonly number[], redirected = 0) {
  const [answered, abandoned] = [answeredMs.length, abandonedMs.length]
  return {
    offered: answered + abandoned + redirected,
    answered,
    abandoned,
    redirected,
    answeredWaits: waitsOf(...answeredMs),
    abandonedWaits: waitsOf(...abandonedMs),
  }
}

describe('the service level', () => {
  const tally = tallyOf([4_000, 20_000, 20_001, 61_000], [3_000, 5_000, 5_001], 2)

  it('B3 is the share of callers who were answered in time, to the millisecond', () => {
    expect(selectServiceLevel(tally, { slaSeconds: 20 })).toEqual({ inTime: 2, counted: 4, share: 0.5 })
    expect(selectServiceLevel(tally, { slaSeconds: 21 })).toEqual({ inTime: 3, counted: 4, share: 0.75 })
  })

  it('B3 counts who hung up when the account does, but for those who did so at once', () => {
    const settings = { slaSeconds: 20, slaCountsAbandoned: true }
    expect(selectServiceLevel(tally, settings)).toEqual({ inTime: 2, counted: 7, share: 2 / 7 })
    expect(selectServiceLevel(tally, { ...settings, abandonedAfterSeconds: 5 })).toEqual({
      inTime: 2,
      counted: 5,
      share: 0.4,
    })
  })

  it('B3 is unknown without a limit, and has no share where nobody counts', () => {
    expect(selectServiceLevel(tally, { slaCountsAbandoned: true })).toBeUndefined()
    expect(selectServiceLevel(tallyOf([], [9_000]), { slaSeconds: 20 })).toEqual({
      inTime: 0,
      counted: 0,
      share: undefined,
    })
  })
})
