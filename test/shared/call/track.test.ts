import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Tracker } from '../../../shared/call/track.ts'
import type { SessionStatus } from '../../../shared/protocol/status.ts'
import { at, START_MS, step } from '../../support/notification.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, legOf, mine } from './cast.ts'

const events = [
  step(2, 0, 'Setup', caller),
  step(3, 10, 'Setup', mine),
  step(4, 20, 'Answered', caller),
  step(5, 30, 'Proceeding', mine),
  step(6, 90, 'Answered', mine),
  step(7, 150, 'Hold', mine),
  step(8, 130, 'Answered', mine),
  step(9, 200, 'Disconnected', mine),
  step(10, 210, 'Disconnected', caller),
]

const lost: SessionStatus = {
  telephonySessionId: 's-1',
  asOfMs: START_MS + 5000,
  found: false,
  createdMs: undefined,
  origin: undefined,
  parties: [],
}

describe('H4 what a session comes to', () => {
  const inOrder = trackAll('s-1', events)

  it('is the same in every order and with every repetition', () => {
    const anyArrival = fc
      .tuple(fc.constant(events), fc.array(fc.constantFrom(...events), { maxLength: 10 }))
      .map((parts) => parts.flat())
      .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }))
    fc.assert(
      fc.property(anyArrival, (arrivals) => {
        const { call, history } = trackAll('s-1', arrivals)
        expect(call).toEqual(inOrder.call)
        expect(history).toEqual(inOrder.history)
      }),
    )
  })

  it('is the same when a late event takes back what was believed', () => {
    const tracker = trackAll('s-1', [step(2, 0, 'Setup'), step(4, 90, 'Answered')])
    expect(legOf(tracker.call, 'p-1').intervals).toMatchObject([{ state: 'setup', to: { sequence: 4 } }])
    tracker.take(step(3, 10, 'Disconnected'))
    expect(legOf(tracker.call, 'p-1')).toMatchObject({ end: { at: { sequence: 3 } }, eventsAfterEnd: 1 })
  })

  it('is the same when a better content replaces one in the middle', () => {
    const better = step(3, 10, 'Answered', mine, { timestamp: at(900) })
    const replaced = trackAll('s-1', [...events, better])
    expect(replaced.call).toEqual(trackAll('s-1', [better, ...events]).call)
    expect(legOf(replaced.call, 'p-2').intervals[0]?.state).toBe('talk')
  })

  it('is the same whether an answer came before the events or after them', () => {
    const before = new Tracker('s-1')
    before.repair(lost)
    for (const event of events.slice(0, 5)) before.take(event)
    const after = trackAll('s-1', events.slice(0, 5))
    after.repair(lost)
    expect(before.call).toEqual(after.call)
    expect(before.call.lostAsOfMs).toBe(lost.asOfMs)
  })
})

describe('what comes in', () => {
  it('is news once', () => {
    const tracker = new Tracker('s-1')
    const event = step(2, 0, 'Setup')
    expect([tracker.take(event), tracker.take(event)]).toEqual([true, false])
    expect([tracker.repair(lost), tracker.repair({ ...lost })]).toEqual([true, false])
  })

  it('changes nothing when it is not', () => {
    const tracker = trackAll('s-1', events)
    const before = structuredClone({ call: tracker.call, history: tracker.history })
    for (const event of events) tracker.take(event)
    expect({ call: tracker.call, history: tracker.history }).toEqual(before)
  })
})

it('a tracker that was told nothing has an empty call of its session', () => {
  const { call, history } = new Tracker('s-7')
  expect(call).toMatchObject({ telephonySessionId: 's-7', legs: [], startedMs: undefined })
  expect(history).toMatchObject({ telephonySessionId: 's-7', entries: [], statuses: [] })
})
