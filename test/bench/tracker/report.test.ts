import { describe, expect, it } from 'vitest'
import { renderMemory, renderSpeeds, renderVerdicts } from './report.ts'
import type { Verdict } from './verdict.ts'

const RUN = { liveCalls: 10, unmeasuredEvents: 60_000, measuredEvents: 100_000 }

describe('the tables', () => {
  it.each([
    [499_999, 'MISSED'],
    [500_000, 'met'],
  ])('call a median of %i events a second %s', (median, word) => {
    const rounds = [median - 1, median, median + 1].map((ours) => ({ ours, floor: 4_000_000, peer: 2000 }))
    const table = renderSpeeds([{ liveCalls: 10, run: RUN, peerRun: { ...RUN, measuredEvents: 300 }, rounds }])
    expect(table).toContain(word)
    expect(table).toContain('the peer 300 events after 60,000')
  })

  it('tell each wrong by its kind, and a dash for what a side does not tell', () => {
    const right = { calls: 5, revived: 0, ghosts: 0, wrongStates: 0 }
    const ours: Verdict = {
      complete: right,
      lossy: right,
      measuredParties: 9,
      wrongTimes: 0,
      refusedEvents: 0,
      repairs: 0,
      heldSessions: 0,
    }
    const peer: Verdict = { ...ours, lossy: { ...right, ghosts: 17 }, wrongTimes: undefined }
    const table = renderVerdicts({ seed: 1, calls: 10 }, { ours, floor: peer, peer })
    expect(table).toMatch(/never over \(ghosts\) +0 +17 +17/)
    expect(table).toMatch(/wrong time \(of 9\) +0 +– +–/)
  })

  it('tell memory in kilobytes a call', () => {
    const bytes = {
      liveBytes: 10_040,
      finishedBytes: 12_500,
      rememberedBytes: 96,
      forgottenBytes: 0,
      eventsPerCall: 9.7,
    }
    expect(renderMemory(bytes)).toBe(
      'B3 memory of ours for a call of 9.7 events: 10.0 kB live, 12.5 kB finished, 0.1 kB let go, 0.0 kB forgotten',
    )
  })
})
