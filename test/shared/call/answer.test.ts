import { describe, expect, it } from 'vitest'
import { selectAnsweredAt, selectCalled, selectRung } from '../../../shared/call/answer.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { loadStream } from '../../support/streams.ts'
import { caller, callOf, colleague, meCalling, mine, outsider } from './cast.ts'

const menu: StepFields = { id: 'p-9', direction: 'Inbound', extensionId: '900' }

describe("C1 the answer is a called person's", () => {
  it("not the caller's own, which says that the call reached something", () => {
    const ringing = [step(2, 0, 'Setup', caller), step(3, 5, 'Setup', mine), step(4, 9, 'Answered', caller)]
    expect(selectAnsweredAt(callOf(...ringing))).toBeUndefined()
    expect(selectAnsweredAt(callOf(...ringing, step(5, 90, 'Answered', mine)))).toMatchObject({ sequence: 5 })
  })

  it.each(['AgentAnswered', 'CallerInputRedirect'])('not that of a passage that ends with %s', (reason) => {
    const passage = [step(2, 0, 'Answered', menu), step(3, 9, 'Disconnected', { ...menu, reason })]
    expect(selectAnsweredAt(callOf(...passage))).toBeUndefined()
    expect(selectAnsweredAt(callOf(...passage, step(4, 20, 'Answered', mine)))).toMatchObject({ sequence: 4 })
  })

  it('not that of one who listens', () => {
    expect(selectAnsweredAt(callOf(step(2, 0, 'Answered', { ...mine, muted: true })))).toBeUndefined()
  })

  it('the first of several, by sequence', () => {
    const call = callOf(
      step(2, 0, 'Proceeding', mine),
      step(3, 5, 'Proceeding', colleague),
      step(4, 9, 'Answered', colleague),
      step(5, 9, 'Answered', mine),
    )
    expect(selectAnsweredAt(call)).toMatchObject({ sequence: 4 })
  })

  it('the first of one that is held and resumed', () => {
    const call = callOf(step(2, 0, 'Answered', mine), step(3, 5, 'Hold', mine), step(4, 9, 'Answered', mine))
    expect(selectAnsweredAt(call)).toMatchObject({ sequence: 2 })
  })

  it.each([
    ['pstn-to-user', 8],
    ['user-to-pstn', 5],
    ['user-to-user', 6],
  ] as const)('as in the recorded call %s', (name, sequence) => {
    expect(selectAnsweredAt(callOf(...loadStream(name)))).toMatchObject({ sequence })
  })
})

describe('those who are called', () => {
  it('are people, as the platform counted them', () => {
    const call = callOf(
      step(2, 0, 'Setup', caller),
      step(3, 1, 'Disconnected', { ...menu, reason: 'CallerInputRedirect' }),
      step(4, 2, 'Setup', { ...mine, id: 'p-10' }),
      step(5, 3, 'Setup', colleague),
      step(6, 4, 'Answered', { ...colleague, id: 'p-4', muted: true }),
    )
    expect(selectCalled(call).map(({ id }) => id)).toEqual(['p-3', 'p-10'])
  })

  it('are not who took the call over from another device', () => {
    const call = callOf(
      step(2, 0, 'Answered', mine),
      step(3, 5, 'Disconnected', { ...mine, reason: 'CallSwitch' }),
      step(4, 5, 'Answered', { ...mine, id: 'p-3', direction: 'Outbound' }),
    )
    expect(selectCalled(call).map(({ id }) => id)).toEqual(['p-2'])
  })
})

describe('the phone that rang', () => {
  const ringing = [
    step(2, 0, 'Setup', meCalling),
    step(3, 5, 'Proceeding', outsider),
    step(4, 9, 'Proceeding', colleague),
  ]

  it('is the first that was called while nobody answered', () => {
    expect(selectRung(callOf(...ringing))?.id).toBe('p-2')
  })

  it('is the one that was answered', () => {
    expect(selectRung(callOf(...ringing, step(5, 20, 'Answered', colleague)))?.id).toBe('p-3')
  })

  it('is unknown with nobody called to see', () => {
    expect(selectRung(callOf(step(2, 0, 'Setup', meCalling)))).toBeUndefined()
  })
})
