import { describe, expect, it } from 'vitest'
import { estimateCall, estimateLegs, estimateRing, OWN_LEG_ONLY } from '../../../shared/metrics/estimate.ts'
import { isEstimate, sumFigure } from '../../../shared/metrics/figure.ts'
import { START_MS, step } from '../../support/notification.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, callOf, legOf, mine } from '../call/cast.ts'

const ended = callOf(
  step(2, 0, 'Answered', caller),
  step(4, 9, 'Answered', mine),
  step(6, 50, 'Disconnected', mine),
  step(8, 90, 'Disconnected', caller),
)

describe('F9 events that are known to be missing', () => {
  it('count for a leg that had not ended by then', () => {
    expect(estimateLegs([legOf(ended, 'p-2')], [3, 5, 7, 9])).toEqual([{ because: 'missing', sequences: [3, 5] }])
    expect(estimateLegs([legOf(ended, 'p-1')], [3, 5, 7, 9])).toEqual([{ because: 'missing', sequences: [3, 5, 7] }])
    expect(estimateLegs(ended.legs, [7, 9])).toEqual([{ because: 'missing', sequences: [7] }])
  })

  it('count for a leg that has not ended at all', () => {
    const live = callOf(step(2, 0, 'Answered', mine))
    expect(estimateLegs(live.legs, [99])).toEqual([{ because: 'missing', sequences: [99] }])
  })

  it('count for setup and ring until the leg first talked, or ended', () => {
    const talked = callOf(step(2, 0, 'Proceeding', mine), step(4, 9, 'Answered', mine), step(6, 50, 'Gone', mine))
    expect(estimateRing(talked.legs, [3, 5, 7])).toEqual([{ because: 'missing', sequences: [3] }])
    const unanswered = callOf(step(2, 0, 'Proceeding', mine), step(6, 50, 'Gone', mine))
    expect(estimateRing(unanswered.legs, [3, 5, 7])).toEqual([{ because: 'missing', sequences: [3, 5] }])
  })

  it('count not at all when there are none', () => {
    expect(estimateLegs(ended.legs, [])).toEqual([])
    expect(estimateLegs([], [3])).toEqual([])
  })
})

describe('F9 a leg that was repaired', () => {
  it('makes an estimate as of the last answer that changed it', () => {
    const tracker = trackAll('s-1', [step(2, 0, 'Answered', caller), step(3, 9, 'Answered', mine)])
    const lost = { telephonySessionId: 's-1', found: false, createdMs: undefined, origin: undefined, parties: [] }
    tracker.repair({ ...lost, asOfMs: START_MS + 500 })
    expect(estimateLegs(tracker.call.legs, [])).toEqual([{ because: 'repaired', asOfMs: START_MS + 500 }])
  })
})

describe('F9 what needs both sides', () => {
  it('is an estimate when one person is all there is to see', () => {
    expect(estimateCall(callOf(step(2, 0, 'Answered', mine)), [])).toEqual([OWN_LEG_ONLY])
    const twice = callOf(step(2, 0, 'Answered', mine), step(3, 5, 'Answered', { ...mine, id: 'p-3' }))
    expect(estimateCall(twice, [])).toEqual([OWN_LEG_ONLY])
  })

  it('is none when another is seen, be they two outside people', () => {
    expect(estimateCall(ended, [])).toEqual([])
    const outside = callOf(step(2, 0, 'Answered', caller), step(3, 5, 'Answered', { ...caller, id: 'p-3' }))
    expect(estimateCall(outside, [])).toEqual([])
  })

  it('says every reason', () => {
    expect(estimateCall(callOf(step(2, 0, 'Answered', mine)), [5])).toEqual([
      OWN_LEG_ONLY,
      { because: 'missing', sequences: [5] },
    ])
  })
})

it('figures are an estimate when any of them is', () => {
  const exact = sumFigure([])
  const rough = sumFigure([], [OWN_LEG_ONLY])
  expect([isEstimate(exact), isEstimate(rough), isEstimate(exact, undefined, rough), isEstimate()]).toEqual([
    false,
    true,
    true,
    false,
  ])
})
