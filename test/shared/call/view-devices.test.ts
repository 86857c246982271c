import { describe, expect, it } from 'vitest'
import { START_MS, step } from '../../support/notification.ts'
import { caller, mine } from './cast.ts'
import { incoming, viewOf } from './view-of.ts'

describe('C7 of several legs of mine', () => {
  const second = { ...mine, id: 'p-10' }

  it('the first that has not ended is shown, and all are listed as the platform counted them', () => {
    const view = viewOf(step(2, 0, 'Hold', second), step(3, 5, 'Proceeding', mine))
    expect(view).toMatchObject({ legId: 'p-2', legIds: ['p-2', 'p-10'], phase: 'ringing' })
  })

  it('the last is shown when all have ended, and the call began with the first', () => {
    const view = viewOf(
      step(2, 0, 'Proceeding', mine),
      step(3, 5, 'Disconnected', mine),
      step(4, 50, 'Proceeding', second),
      step(5, 90, 'Disconnected', second),
    )
    expect(view).toMatchObject({
      legId: 'p-10',
      phase: 'ended',
      phaseSinceMs: START_MS + 90,
      startedMs: START_MS,
    })
  })
})

describe('C7 while another phone of mine rings', () => {
  const second = { ...mine, id: 'p-10' }
  const rings = [...incoming, step(5, 90, 'Answered', mine), step(7, 200, 'Proceeding', second)]

  it.each(['Answered', 'Hold'])('a call that I am in (%s) goes on until that is answered', (code) => {
    const phase = code === 'Hold' ? 'onHold' : 'talking'
    const events = [...rings, step(6, 100, code, mine)]
    expect(viewOf(...events)).toMatchObject({ legId: 'p-2', phase })
    expect(viewOf(...events, step(8, 300, 'Disconnected', second))).toMatchObject({ legId: 'p-2', phase })
    expect(viewOf(...events, step(8, 300, 'Answered', second))).toMatchObject({ legId: 'p-10', phase: 'talking' })
  })

  it('a call that is parked rings again, and is parked still when that was in vain', () => {
    const events = [...rings, step(6, 100, 'Parked', mine)]
    expect(viewOf(...events)).toMatchObject({ legId: 'p-10', phase: 'ringing' })
    expect(viewOf(...events, step(8, 300, 'Disconnected', second))).toMatchObject({ legId: 'p-2', phase: 'parked' })
  })

  it('one that rang before is over', () => {
    const events = [...incoming, step(7, 200, 'Proceeding', second)]
    expect(viewOf(...events)).toMatchObject({ legId: 'p-10', phase: 'ringing' })
    expect(viewOf(...events, step(8, 300, 'Disconnected', second)).phase).toBe('ended')
  })
})

describe('C8 a call that goes on on another device of mine', () => {
  const from = { phoneNumber: '+14085550123', name: 'Ada Winter' }
  const to = { phoneNumber: '+14085550102', name: 'Bea Lindqvist' }
  const talking = [...incoming, step(5, 90, 'Answered', { ...mine, from, to })]

  describe.each(['CallSwitch', 'CallFlip'])('by %s', (reason) => {
    const switched = [...talking, step(6, 200, 'Disconnected', { ...mine, from, to, reason })]
    // The other device's leg is told nothing of the caller but a number.
    const next = { ...mine, id: 'p-3', direction: 'Outbound', from: to, to: { phoneNumber: from.phoneNumber } }

    it('keeps its phase between the two', () => {
      expect(viewOf(...switched)).toMatchObject({ phase: 'talking', outcome: undefined })
    })

    it('keeps its direction, its caller and its beginning', () => {
      expect(viewOf(...switched, step(7, 210, 'Answered', next))).toMatchObject({
        legId: 'p-3',
        phase: 'talking',
        direction: 'Inbound',
        startedMs: START_MS + 10,
        counterpart: from,
      })
    })

    it('is over when the other device leaves', () => {
      const left = [step(8, 300, 'Disconnected', next), step(9, 310, 'Disconnected', caller)]
      expect(viewOf(...switched, step(7, 210, 'Answered', next), ...left)).toMatchObject({
        phase: 'ended',
        outcome: 'answered',
      })
    })
  })

  it('keeps being on hold between the two', () => {
    const held = step(6, 200, 'Hold', mine)
    expect(viewOf(...talking, held, step(7, 300, 'Disconnected', { ...mine, reason: 'CallSwitch' })).phase).toBe(
      'onHold',
    )
  })

  it('has ended when the call is over before the other device comes', () => {
    const left = [step(6, 200, 'Disconnected', { ...mine, reason: 'CallSwitch' }), step(7, 210, 'Disconnected', caller)]
    expect(viewOf(...talking, ...left)).toMatchObject({ phase: 'ended', phaseSinceMs: START_MS + 200 })
  })

  it('is not one that I passed to somebody else', () => {
    expect(viewOf(...talking, step(6, 200, 'Disconnected', { ...mine, reason: 'BlindTransfer' })).phase).toBe('ended')
  })
})
