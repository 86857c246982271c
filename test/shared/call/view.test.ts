import { describe, expect, it } from 'vitest'
import { selectRole } from '../../../shared/call/roles.ts'
import { type CallView, selectCounterpart, selectView } from '../../../shared/call/view.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { START_MS, type StepFields, step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream, type StreamName } from '../../support/streams.ts'
import { caller, callOf, colleague, legOf, MY_EXTENSION_ID, meCalling, mine, outsider } from './cast.ts'

function viewOf(...notifications: readonly TelephonyNotification[]): CallView {
  const view = selectView(callOf(...notifications), MY_EXTENSION_ID)
  if (view === undefined) throw new Error('I should have a part in the call')
  return view
}

function phasesOf(name: StreamName, extensionId = AGENT_EXTENSION_ID) {
  const stream = loadStream(name)
  return stream.map((_, index) => selectView(callOf(...stream.slice(0, index + 1)), extensionId)?.phase)
}

const incoming = [step(2, 0, 'Answered', caller), step(3, 10, 'Setup', mine), step(4, 40, 'Proceeding', mine)]
const outgoing = [step(2, 0, 'Setup', meCalling), step(3, 10, 'Proceeding', outsider)]

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

describe("C9 the caller's name", () => {
  const line = (type: string, value: string) => ({ type, value })
  const cases: readonly (readonly [what: string, fields: StepFields, name: string | undefined])[] = [
    ["is the party's", { from: { name: 'Ada Winter' } }, 'Ada Winter'],
    [
      'is the one that the platform gives for display, before any other',
      {
        queueCall: true,
        from: { name: 'Sales - Ada' },
        uiCallInfo: { primary: line('QueueName', 'Sales'), additional: line('CallerIdName', 'Ada Winter') },
      },
      'Ada Winter',
    ],
    [
      "is the party's without the queue's name before it",
      {
        queueCall: true,
        from: { name: 'Sales - Ada Winter' },
        uiCallInfo: { primary: line('QueueName', 'Sales'), additional: line('CallerIdNumber', '+14085550123') },
      },
      'Ada Winter',
    ],
    [
      'is that too where only the called one says which queue it is',
      { queueCall: true, from: { name: 'Sales - Ada Winter' }, to: { name: 'Sales' } },
      'Ada Winter',
    ],
    [
      'is told once, however often the hyphen is',
      { queueCall: true, from: { name: 'Sales - Ada - Winter' }, to: { name: 'Sales' } },
      'Ada - Winter',
    ],
    [
      "is unknown when the queue's is all that is told",
      { queueCall: true, from: { name: 'Sales' }, to: { name: 'Sales' } },
      undefined,
    ],
    [
      "is unknown when nothing follows the queue's",
      { queueCall: true, from: { name: 'Sales - ' }, to: { name: 'Sales' } },
      undefined,
    ],
    [
      "is the party's when it begins otherwise",
      { queueCall: true, from: { name: 'Salesforce - Ada' }, to: { name: 'Sales' } },
      'Salesforce - Ada',
    ],
    ['is whole outside a queue', { from: { name: 'Sales - Ada Winter' }, to: { name: 'Sales' } }, 'Sales - Ada Winter'],
    [
      'is whole where the queue has no name',
      { queueCall: true, from: { name: 'Ada Winter' }, to: { extensionId: '900' } },
      'Ada Winter',
    ],
    ['is unknown when nothing is told', { from: undefined }, undefined],
  ]
  it.each(cases)('%s', (_, fields, name) => {
    expect(viewOf(step(3, 10, 'Proceeding', { ...mine, ...fields })).counterpart.name).toBe(name)
  })
})

describe("C9 the caller's number", () => {
  it('is withheld when none is told', () => {
    expect(viewOf(step(3, 10, 'Proceeding', { ...mine, from: undefined })).counterpart).toEqual({
      name: undefined,
      phoneNumber: undefined,
      extensionId: undefined,
    })
  })

  it('is the one for display when the party tells none', () => {
    const uiCallInfo = { additional: { type: 'CallerIdNumber', value: '+14085550123' } }
    expect(viewOf(step(3, 10, 'Proceeding', { ...mine, from: {}, uiCallInfo })).counterpart.phoneNumber).toBe(
      '+14085550123',
    )
    expect(
      viewOf(step(3, 10, 'Proceeding', { ...mine, from: { phoneNumber: '102' }, uiCallInfo })).counterpart.phoneNumber,
    ).toBe('102')
  })

  it('is that of the one who is called, in a call of mine', () => {
    const to = { phoneNumber: '+12065550147', name: 'Grace Okonkwo', extensionId: undefined }
    const told = { ...meCalling, from: { phoneNumber: '+14085550102', name: 'Bea Lindqvist' }, to }
    expect(viewOf(step(2, 0, 'Setup', told)).counterpart).toMatchObject({ ...to })
  })

  it('is not that for display in a call of mine', () => {
    const uiCallInfo = {
      primary: { type: 'CallerIdName', value: 'I' },
      additional: { type: 'CallerIdNumber', value: '1' },
    }
    expect(viewOf(step(2, 0, 'Setup', { ...meCalling, to: {}, uiCallInfo })).counterpart).toMatchObject({
      name: undefined,
      phoneNumber: undefined,
    })
  })

  it('can be asked of any leg', () => {
    const call = callOf(...incoming)
    expect(selectRole(call, legOf(call, 'p-1'))).toBe('person')
    expect(selectCounterpart(legOf(call, 'p-1')).phoneNumber).toBe('+14085550102')
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

describe('C10 the phase of a call that comes in', () => {
  it.each([
    ['Setup', 'ringing'],
    ['Proceeding', 'ringing'],
    ['Answered', 'talking'],
    ['Hold', 'onHold'],
    ['Parked', 'parked'],
    ['VoiceMail', 'voicemail'],
    ['VoiceMailScreening', 'voicemail'],
    ['FaxReceive', 'fax'],
    ['Levitating', 'other'],
    ['Disconnected', 'ended'],
    ['Gone', 'ended'],
  ])('after %s is %s', (code, phase) => {
    expect(viewOf(step(3, 10, code, mine)).phase).toBe(phase)
  })

  it('is ringing since the phone rings, not since the call reached the extension', () => {
    expect(viewOf(...incoming)).toMatchObject({ phase: 'ringing', phaseSinceMs: START_MS + 40 })
    expect(viewOf(...incoming.slice(0, 2))).toMatchObject({ phase: 'ringing', phaseSinceMs: START_MS + 10 })
  })

  it('has an outcome once it has ended', () => {
    expect(viewOf(...incoming).outcome).toBeUndefined()
    expect(viewOf(...incoming, step(5, 99, 'Disconnected', mine)).outcome).toBe('missed')
  })

  it('is as expected in the recorded call, event by event', () => {
    expect(phasesOf('pstn-to-user')).toEqual([
      ...[undefined, undefined, undefined, undefined],
      ...['ringing', 'ringing', 'talking', 'onHold', 'talking', 'ended', 'ended'],
    ])
  })
})

describe('C10 a call of mine is calling until a called person answers', () => {
  it('since it began', () => {
    const events = [...outgoing, step(4, 30, 'Proceeding', meCalling)]
    expect(viewOf(...events)).toMatchObject({ phase: 'calling', phaseSinceMs: START_MS })
  })

  it('whatever my own leg says', () => {
    expect(viewOf(...outgoing, step(4, 30, 'Answered', meCalling))).toMatchObject({
      phase: 'calling',
      phaseSinceMs: START_MS,
    })
  })

  it('and then it is talking since that answer, or since my own leg says so if that is later', () => {
    const early = [...outgoing, step(4, 30, 'Answered', meCalling), step(5, 80, 'Answered', outsider)]
    expect(viewOf(...early)).toMatchObject({ phase: 'talking', phaseSinceMs: START_MS + 80 })
    const late = [...outgoing, step(4, 80, 'Answered', outsider), step(5, 95, 'Answered', meCalling)]
    expect(viewOf(...late)).toMatchObject({ phase: 'talking', phaseSinceMs: START_MS + 95 })
  })

  it('and a menu or a queue that answers is no person', () => {
    const menu = { ...outsider, extensionId: '900' }
    const events = [
      step(2, 0, 'Setup', meCalling),
      step(3, 10, 'Answered', menu),
      step(4, 20, 'Answered', meCalling),
      step(5, 50, 'Disconnected', { ...menu, reason: 'CallerInputRedirect' }),
      step(6, 60, 'Proceeding', colleague),
    ]
    expect(viewOf(...events).phase).toBe('calling')
    expect(viewOf(...events, step(7, 90, 'Answered', colleague))).toMatchObject({
      phase: 'talking',
      phaseSinceMs: START_MS + 90,
    })
  })

  it('and with my own leg alone to see its Answered is all there is to go by', () => {
    const alone = [step(2, 0, 'Setup', meCalling), step(4, 30, 'Answered', meCalling)]
    expect(viewOf(...alone)).toMatchObject({ phase: 'talking', phaseSinceMs: START_MS + 30 })
  })

  it('and by RingOut it is my own phone that answers, also when that is all there is to see', () => {
    const first = { ...mine, ringOutRole: 'Initiator' }
    const events = [step(2, 0, 'Proceeding', first, { origin: 'RingOut' }), step(3, 30, 'Answered', first)]
    expect(viewOf(...events)).toMatchObject({ phase: 'calling', phaseSinceMs: START_MS })
  })

  it('and held since I pressed it', () => {
    const answered = [...outgoing, step(4, 30, 'Answered', outsider), step(5, 31, 'Answered', meCalling)]
    expect(viewOf(...answered, step(6, 90, 'Hold', meCalling))).toMatchObject({
      phase: 'onHold',
      phaseSinceMs: START_MS + 90,
    })
  })

  it('as in the recorded calls, event by event', () => {
    expect(phasesOf('user-to-pstn')).toEqual([
      ...['calling', 'calling', 'calling', 'calling', 'talking', 'onHold', 'talking', 'ended', 'ended'],
    ])
    expect(phasesOf('user-to-user', '400104')).toEqual([
      ...['calling', 'calling', 'calling', 'calling', 'talking', 'onHold', 'talking', 'ended', 'ended'],
    ])
  })
})

it('C10 leaving a message on a colleague’s voicemail is that, and no calling', () => {
  const phases = phasesOf('voicemail-of-a-colleague')
  expect(phases).toEqual([...Array(4).fill('calling'), 'voicemail', 'ended', 'ended'])
})

it('C10 a call of mine goes on calling while another phone of the other side rings beside a voicemail', () => {
  const phone2 = { ...outsider, id: 'p-3' }
  const both = [...outgoing, step(4, 20, 'VoiceMail', phone2)]
  expect(viewOf(...both).phase).toBe('calling')
  expect(viewOf(...both, step(5, 30, 'Disconnected', outsider)).phase).toBe('voicemail')
})
