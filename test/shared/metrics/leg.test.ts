import { describe, expect, it } from 'vitest'
import { LEG_STATES } from '../../../shared/call/state.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import { countHolds, measureLeg, measureState } from '../../../shared/metrics/leg.ts'
import { step } from '../../support/notification.ts'
import { loadStream } from '../../support/streams.ts'
import { callOf, onlyLegOf } from '../call/cast.ts'

/** One leg through every state, some of them twice. */
const codes = [
  ...['Setup', 'Proceeding', 'Answered', 'Hold', 'Answered', 'Hold', 'Parked'],
  ...['VoiceMail', 'FaxReceive', 'Levitating', 'Answered'],
]
const events = codes.map((code, index) => step(index + 2, 2 ** index, code))
const leg = onlyLegOf(...events, step(20, 5000, 'Disconnected'))

const explain = ({ stretches }: Figure) =>
  stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)

describe("F1 a leg's time in a state", () => {
  it('is the sum of its intervals in it', () => {
    const figures = measureLeg(leg)
    expect(LEG_STATES.map((state) => [state, figures[state].ms])).toEqual([
      ['setup', 1],
      ['ring', 2],
      ['talk', 4 + 16 + 5000 - 1024],
      ['hold', 8 + 32],
      ['parked', 64],
      ['voicemail', 128],
      ['fax', 256],
      ['other', 512],
    ])
  })

  it('is nothing for one that it was never in', () => {
    expect(measureState(onlyLegOf(step(2, 0, 'Setup'), step(3, 9, 'Gone')), 'ring')).toEqual({
      ms: 0,
      stretches: [],
      estimates: [],
    })
  })
})

describe("F1 a leg's total", () => {
  it('is from its first event to its end', () => {
    expect(measureLeg(leg).total).toMatchObject({
      ms: 4999,
      stretches: [{ from: { sequence: 2 }, to: { sequence: 20 } }],
    })
  })

  it('is what its states add up to', () => {
    const figures = measureLeg(leg)
    expect(LEG_STATES.reduce((ms, state) => ms + figures[state].ms, 0)).toBe(figures.total?.ms)
  })

  it('is unknown until it has ended', () => {
    expect(measureLeg(onlyLegOf(...events)).total).toBeUndefined()
  })

  it('is nothing for one that was first heard of as it ended', () => {
    expect(measureLeg(onlyLegOf(step(2, 0, 'Disconnected'))).total?.ms).toBe(0)
  })
})

describe('F1 the recorded calls have their golden times', () => {
  it.each([
    ['pstn-to-user', 0, { setup: 143, ring: 0, talk: 30729, hold: 0, total: 30872 }],
    ['pstn-to-user', 1, { setup: 8663, ring: 0, talk: 0, hold: 0, total: 8663 }],
    ['pstn-to-user', 2, { setup: 29, ring: 7345, talk: 12414, hold: 2393, total: 22181 }],
    ['user-to-pstn', 0, { setup: 3539, ring: 3734, talk: 12843, hold: 3275, total: 23391 }],
    ['user-to-pstn', 1, { setup: 0, ring: 7209, talk: 16160, hold: 0, total: 23369 }],
    ['user-to-user', 0, { setup: 58, ring: 0, talk: 16344, hold: 4319, total: 20721 }],
    ['user-to-user', 1, { setup: 61, ring: 6674, talk: 13977, hold: 0, total: 20712 }],
  ] as const)('%s, leg %i', (name, index, golden) => {
    const recorded = callOf(...loadStream(name)).legs[index]
    const { setup, ring, talk, hold, total } = measureLeg(recorded ?? leg)
    expect({ setup: setup.ms, ring: ring.ms, talk: talk.ms, hold: hold.ms, total: total?.ms }).toEqual(golden)
  })
})

describe('F8 the evidence', () => {
  it('is each interval from what began it to what closed it', () => {
    const { talk, hold, ring } = measureLeg(leg)
    expect(explain(ring)).toEqual(['Proceeding #3 → Answered #4'])
    expect(explain(hold)).toEqual(['Hold #5 → Answered #6', 'Hold #7 → Parked #8'])
    expect(explain(talk)).toEqual(['Answered #4 → Hold #5', 'Answered #6 → Hold #7', 'Answered #12 → Disconnected #20'])
  })

  it('has nothing of what has not ended', () => {
    const { talk, other } = measureLeg(onlyLegOf(...events))
    expect(talk.ms).toBe(4 + 16)
    expect(explain(talk)).toHaveLength(2)
    expect(other.ms).toBe(512)
  })
})

describe('F9 a figure of a leg says that events are missing', () => {
  const because = (...sequences: number[]) => [{ because: 'missing', sequences }]

  it('before its end, each of them', () => {
    const { holdCount, ...figures } = measureLeg(leg, [1, 21])
    for (const figure of Object.values(figures)) expect(figure?.estimates).toEqual(because(1))
    expect(holdCount).toBe(2)
  })

  it('and setup and ring only of those before it first talked', () => {
    const { holdCount, setup, ring, ...others } = measureLeg(leg, [1, 15])
    expect([setup.estimates, ring.estimates]).toEqual([because(1), because(1)])
    for (const figure of Object.values(others)) expect(figure?.estimates).toEqual(because(1, 15))
    expect(holdCount).toBe(2)
  })
})

describe('holds', () => {
  it('are counted, finished or not', () => {
    expect(countHolds(leg)).toBe(2)
    expect(countHolds(onlyLegOf(step(2, 0, 'Hold'), step(3, 5, 'Answered'), step(4, 9, 'Hold')))).toBe(2)
    expect(countHolds(onlyLegOf(step(2, 0, 'Answered')))).toBe(0)
  })

  it('that are repeated are one', () => {
    expect(countHolds(onlyLegOf(step(2, 0, 'Hold'), step(3, 5, 'Hold'), step(4, 9, 'Gone')))).toBe(1)
  })
})
