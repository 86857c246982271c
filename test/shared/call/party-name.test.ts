import { describe, expect, it } from 'vitest'
import { selectTaker } from '../../../shared/call/answer.ts'
import { selectPartyName } from '../../../shared/call/party-name.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, legOf, outsider } from './cast.ts'

const BEA = { phoneNumber: '+14085550102', name: 'Bea Lindqvist', extensionId: '200' }
const SAM = { phoneNumber: '104', name: 'Sam Okafor', extensionId: '300' }
const bea: StepFields = { id: 'p-2', extensionId: '200', to: BEA }
const sam = (to: object, more: StepFields = {}): StepFields => ({ id: 'p-3', extensionId: '300', to, ...more })

function nameOfTaker(taker: StepFields, ...others: readonly StepFields[]): string | undefined {
  const call = callOf(
    step(2, 0, 'Answered', caller),
    ...others.map((who, index) => step(3 + index, 5, 'Proceeding', who)),
    step(9, 90, 'Answered', taker),
  )
  const leg = selectTaker(call)?.leg
  return leg && selectPartyName(call, leg)
}

describe('C14 who took a call is called', () => {
  it.each([
    ['by the name at their own end', sam(SAM), [bea], 'Sam Okafor'],
    ['nothing, rung in the name of a colleague', sam(BEA), [bea], undefined],
    ['nothing, rung under the number of a colleague', sam({ ...BEA, extensionId: undefined }), [bea], undefined],
    [
      'nothing, rung in the name of a queue',
      sam({ name: 'Sales', extensionId: '900' }, { queueCall: true }),
      [],
      undefined,
    ],
    ['nothing, rung in the name of a queue without an id', sam({ name: 'Sales' }, { queueCall: true }), [], undefined],
    [
      'by the name at their own end, whose no id is told',
      sam({ name: 'Sam Okafor', phoneNumber: '104' }),
      [bea],
      'Sam Okafor',
    ],
    [
      'nothing, rung under a number that the caller says to be another’s',
      sam({ name: 'Front desk', phoneNumber: '+14085550150' }),
      [{ ...caller, id: 'p-5', to: { phoneNumber: '+14085550150', extensionId: '950' } }],
      undefined,
    ],
    [
      'nothing, as a phone outside that is rung in the name of a colleague',
      { ...outsider, id: 'p-9', to: BEA },
      [bea],
      undefined,
    ],
    ['by what another leg calls them', sam(BEA), [bea, { id: 'p-4', extensionId: '400', from: SAM }], 'Sam Okafor'],
    [
      'by the name of somebody outside',
      { ...outsider, to: { phoneNumber: '+12065550147', name: 'Grace Okonkwo' } },
      [],
      'Grace Okonkwo',
    ],
  ])('%s', (_, taker, others, name) => {
    expect(nameOfTaker(taker, ...others)).toBe(name)
  })

  it('as a caller, by where the call comes from', () => {
    const call = callOf(step(2, 0, 'Setup', { ...caller, from: { phoneNumber: '+14085550123', name: 'Ada Winter' } }))
    expect(selectPartyName(call, legOf(call, 'p-1'))).toBe('Ada Winter')
  })
})
