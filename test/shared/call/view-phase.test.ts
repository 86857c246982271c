import { describe, expect, it } from 'vitest'
import { START_MS, step } from '../../support/notification.ts'
import { colleague, meCalling, mine, outsider } from './cast.ts'
import { incoming, phasesOf, viewOf } from './view-of.ts'

const outgoing = [step(2, 0, 'Setup', meCalling), step(3, 10, 'Proceeding', outsider)]

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
