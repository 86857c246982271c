import { describe, expect, it } from 'vitest'
import { selectRole } from '../../../shared/call/roles.ts'
import { selectCounterpart } from '../../../shared/call/view.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { callOf, legOf, meCalling, mine } from './cast.ts'
import { incoming, viewOf } from './view-of.ts'

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
