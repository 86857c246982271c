import { describe, expect, it } from 'vitest'
import { type CallView, selectView } from '../../../shared/call/view.ts'
import { START_MS, type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, colleague, MY_EXTENSION_ID, mine, outsider } from './cast.ts'
import { incoming, viewOf } from './view-of.ts'

it('a call in which I have no part is none of mine', () => {
  expect(selectView(callOf(step(2, 0, 'Setup', caller), step(3, 5, 'Setup', colleague)), MY_EXTENSION_ID)).toBe(
    undefined,
  )
})

it('a view tells all of a call that comes in', () => {
  const told = {
    ...mine,
    from: { phoneNumber: '+14085550123', name: 'Ada Winter', extensionId: '7' },
    parkData: '*801',
  }
  expect(viewOf(...incoming, step(5, 90, 'Parked', told))).toEqual({
    telephonySessionId: 's-1',
    currentSessionId: 's-1',
    conferenceWith: [],
    legId: 'p-2',
    legIds: ['p-2'],
    direction: 'Inbound',
    phase: 'parked',
    phaseSinceMs: START_MS + 90,
    startedMs: START_MS + 10,
    counterpart: { name: 'Ada Winter', phoneNumber: '+14085550123', extensionId: '7' },
    queueName: undefined,
    parkedAt: '*801',
    outcome: undefined,
    isOutcomeLikely: false,
  } satisfies CallView)
})

describe('C4 by RingOut the other side', () => {
  const first: StepFields = {
    ...mine,
    ringOutRole: 'Initiator',
    from: { phoneNumber: '+12065550147', name: 'Grace Okonkwo' },
    to: { phoneNumber: '+14085550102', name: 'Bea Lindqvist' },
  }
  const view = viewOf(step(2, 0, 'Proceeding', first, { origin: 'RingOut' }))

  it('is whoever my own phone is rung in the name of', () => {
    expect(view.counterpart).toMatchObject({ name: 'Grace Okonkwo', phoneNumber: '+12065550147' })
  })

  it('is called by me', () => {
    expect(view).toMatchObject({ direction: 'Outbound', phase: 'calling' })
  })

  it('has answered when its own phone has', () => {
    const target = { ...outsider, id: 'p-3', ringOutRole: 'Target' }
    const events = [
      step(2, 0, 'Proceeding', first, { origin: 'RingOut' }),
      step(3, 20, 'Answered', first, { origin: 'RingOut' }),
      step(4, 30, 'Proceeding', target, { origin: 'RingOut' }),
    ]
    expect(viewOf(...events).phase).toBe('calling')
    expect(viewOf(...events, step(5, 80, 'Answered', target))).toMatchObject({
      phase: 'talking',
      phaseSinceMs: START_MS + 80,
    })
  })
})

describe('the queue', () => {
  it('is told of a call that came through one', () => {
    const queueCall = { ...mine, queueCall: true, to: { name: 'Sales' } }
    expect(viewOf(step(3, 10, 'Proceeding', queueCall)).queueName).toBe('Sales')
    const uiCallInfo = { primary: { type: 'QueueName', value: 'Help' } }
    expect(viewOf(step(3, 10, 'Proceeding', { ...queueCall, uiCallInfo })).queueName).toBe('Help')
  })

  it('is not told of another', () => {
    expect(viewOf(step(3, 10, 'Proceeding', { ...mine, to: { name: 'Bea Lindqvist' } })).queueName).toBeUndefined()
  })
})
