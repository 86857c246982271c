import { describe, expect, it } from 'vitest'
import { isOver, selectAnsweredAt, selectHungUpBy, selectView } from '../../../shared/call/select.ts'
import { emptyTrackedCall, trackNotification } from '../../../shared/call/track.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream } from '../../support/streams.ts'

const caller = { id: 'p-1', direction: 'Outbound', extensionId: undefined }
const mine = { id: 'p-2', direction: 'Inbound', extensionId: '200' }
const colleague = { id: 'p-3', direction: 'Inbound', extensionId: '300' }

function follow(notifications: readonly TelephonyNotification[]) {
  return notifications.reduce(trackNotification, emptyTrackedCall('s-1')).call
}

const viewOf = (...notifications: readonly TelephonyNotification[]) => selectView(follow(notifications), '200')

describe('phases, event by event', () => {
  it('of a call that comes in', () => {
    const stream = loadStream('pstn-to-user')
    const phases = stream.map((_, index) => selectView(follow(stream.slice(0, index + 1)), AGENT_EXTENSION_ID)?.phase)
    expect(phases).toEqual([
      ...[undefined, undefined, undefined, undefined],
      ...['ringing', 'ringing', 'talking', 'onHold', 'talking', 'ended', 'ended'],
    ])
  })

  it('of a call that goes out to a number', () => {
    const stream = loadStream('user-to-pstn')
    const phases = stream.map((_, index) => selectView(follow(stream.slice(0, index + 1)), AGENT_EXTENSION_ID)?.phase)
    expect(phases).toEqual([
      ...['calling', 'calling', 'calling', 'calling', 'talking', 'onHold', 'talking', 'ended', 'ended'],
    ])
  })

  it('of a call that goes out to a colleague, whose phone has yet to ring when the own leg is Answered', () => {
    const stream = loadStream('user-to-user')
    const phases = stream.map((_, index) => selectView(follow(stream.slice(0, index + 1)), '400104')?.phase)
    expect(phases.slice(0, 5)).toEqual(['calling', 'calling', 'calling', 'calling', 'talking'])
  })

  it('begin to ring when the phone rings, not when the call reached the extension', () => {
    const view = viewOf(step(2, 0, 'Setup', mine), step(3, 400, 'Proceeding', mine))
    expect(view).toMatchObject({ phase: 'ringing', phaseSinceMs: (view?.startedMs ?? 0) + 400 })
  })
})

describe('the other side', () => {
  it('is the caller of a call to me, without the queue in the name where the platform tells it apart', () => {
    const fields = {
      ...mine,
      queueCall: true,
      from: { phoneNumber: '+14085550123', name: 'Support - Ada Winter' },
      to: { name: 'Support' },
      uiCallInfo: {
        primary: { type: 'QueueName', value: 'Support' },
        additional: { type: 'CallerIdName', value: 'Ada Winter' },
      },
    }
    expect(viewOf(step(5, 0, 'Proceeding', fields))).toMatchObject({
      counterpart: { name: 'Ada Winter', phoneNumber: '+14085550123' },
      queueName: 'Support',
    })
  })

  it('is unknown when the number is withheld', () => {
    expect(viewOf(step(2, 0, 'Setup', { ...mine, from: undefined }))?.counterpart).toEqual({
      name: undefined,
      phoneNumber: undefined,
    })
  })
})

describe('outcomes', () => {
  const ring = [step(2, 0, 'Setup', caller), step(3, 5, 'Proceeding', mine)]
  const cases: readonly (readonly [outcome: string, events: readonly TelephonyNotification[]])[] = [
    ['answered', [...ring, step(4, 9, 'Answered', mine), step(5, 20, 'Disconnected', mine)]],
    [
      'transferred',
      [...ring, step(4, 9, 'Answered', mine), step(5, 20, 'Disconnected', { ...mine, reason: 'BlindTransfer' })],
    ],
    ['missed', [...ring, step(4, 9, 'Disconnected', mine)]],
    [
      'answeredElsewhere',
      [
        ...ring,
        step(4, 5, 'Proceeding', colleague),
        step(5, 9, 'Answered', colleague),
        step(6, 9, 'Disconnected', mine),
      ],
    ],
    ['answeredElsewhere', [...ring, step(4, 9, 'Disconnected', { ...mine, reason: 'AgentAnswered' })]],
    ['voicemail', [...ring, step(4, 9, 'VoiceMail', mine), step(5, 20, 'Disconnected', mine)]],
    [
      'notAnswered',
      [
        step(2, 0, 'Setup', { ...mine, direction: 'Outbound' }),
        step(3, 9, 'Disconnected', { ...mine, direction: 'Outbound' }),
      ],
    ],
  ]
  it.each(cases)('%s', (outcome, events) => {
    expect(viewOf(...events)?.outcome).toBe(outcome)
  })
})

describe('the end', () => {
  it('comes when all have left', () => {
    const stream = loadStream('user-to-user')
    expect(stream.map((_, index) => isOver(follow(stream.slice(0, index + 1))))).toEqual([
      ...Array(8).fill(false),
      true,
    ])
  })

  it('has not come when the last to leave handed the call over', () => {
    const left = step(4, 20, 'Disconnected', { ...mine, reason: 'BlindTransfer' })
    expect(isOver(follow([step(3, 9, 'Answered', mine), left]))).toBe(false)
  })

  it('was brought by whoever left first of those who talked', () => {
    expect(selectHungUpBy(follow(loadStream('pstn-to-user')))?.extensionId).toBe(AGENT_EXTENSION_ID)
    expect(selectHungUpBy(follow(loadStream('user-to-user')))?.extensionId).toBe('400104')
  })
})

it("takes the called party's Answered for the answer, not the caller's", () => {
  expect(selectAnsweredAt(follow(loadStream('pstn-to-user')))?.sequence).toBe(8)
  expect(selectAnsweredAt(follow(loadStream('user-to-user')))?.sequence).toBe(6)
})
