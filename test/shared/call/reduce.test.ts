import { describe, expect, it } from 'vitest'
import { at, buildEnvelope, buildParty, decode, START_MS, step } from '../../support/notification.ts'
import { caller, callOf, mine } from './cast.ts'

const events = [
  step(2, 0, 'Setup', caller),
  step(3, 10, 'Setup', mine),
  step(4, 30, 'Proceeding', mine),
  step(5, 60, 'Answered', mine),
]

it('H4 folding step by step comes to what folding at once does', () => {
  const { legs } = callOf(...events)
  expect(legs).toEqual(callOf(...events.toReversed()).legs)
  expect(legs.map(({ current }) => current?.state)).toEqual(['setup', 'talk'])
})

describe('H6 all parties of one event change at once', () => {
  it('so that each has its own leg', () => {
    const parties = [
      buildParty({ ...caller, status: { code: 'Answered' } }),
      buildParty({ ...mine, status: { code: 'Hold' } }),
    ]
    const call = callOf(decode(buildEnvelope({ parties })))
    expect(call.legs.map(({ current }) => [current?.state, current?.from.sequence])).toEqual([
      ['talk', 2],
      ['hold', 2],
    ])
  })

  it('and an event without parties changes nothing', () => {
    const none = decode(buildEnvelope({ sequence: 1, eventTime: at(9), parties: [], origin: 'TestCall' }))
    const { legs, origin, startedMs } = callOf(...events, none)
    expect({ legs, origin, startedMs }).toEqual({ legs: callOf(...events).legs, origin: 'Call', startedMs: START_MS })
    expect(callOf(none)).toMatchObject({ legs: [], origin: undefined, startedMs: undefined })
  })
})

describe('a call', () => {
  it('started with its first event by sequence', () => {
    expect(callOf(step(3, 5, 'Setup', mine), step(2, 10, 'Setup', caller)).startedMs).toBe(START_MS + 10)
  })

  it('has the origin that was told first', () => {
    const call = callOf(
      step(2, 0, 'Setup', caller, { body: { origin: undefined } }),
      step(3, 5, 'Setup', mine, { origin: 'RingOut' }),
      step(4, 9, 'Answered', mine, { origin: 'Call' }),
    )
    expect(call.origin).toBe('RingOut')
  })

  it('of which nothing was told is empty', () => {
    expect(callOf()).toMatchObject({
      telephonySessionId: 's-1',
      origin: undefined,
      legs: [],
      startedMs: undefined,
      lostAsOfMs: undefined,
    })
  })
})
