import { describe, expect, it } from 'vitest'
import { isWorthCard } from '../../../shared/call/worth-a-card.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { callOf, colleague, MY_EXTENSION_ID, mine } from './cast.ts'

const cases: readonly (readonly [worth: boolean, what: string, origin: string | undefined, fields: StepFields])[] = [
  [true, 'a call', 'Call', {}],
  [true, 'a call of mine', 'Call', { direction: 'Outbound' }],
  [true, 'a call whose origin is not told', undefined, {}],
  [true, 'an origin that nobody knows yet', 'Hologram', {}],
  [true, 'a call that RingCentral places for me', 'RingOut', { ringOutRole: 'Initiator' }],
  [true, 'a call that RingCentral places to me', 'RingOut', { ringOutRole: 'Target' }],
  [true, 'a call in which I am muted for a while', 'Call', { muted: false }],
  [false, 'the room of a conference', 'Conference', {}],
  [false, 'the recording of a greeting', 'GreetingsRecording', {}],
  [false, 'a verification call', 'VerificationCall', {}],
  [false, 'a test call', 'TestCall', {}],
  [false, 'a call that I listen to', 'Call', { muted: true }],
  [false, 'a call in which I have no part', 'Call', { extensionId: '300' }],
]

describe('C11 whether a card is shown', () => {
  it.each(cases)('%s for %s', (worth, _, origin, fields) => {
    const body = { origin: { type: origin } }
    const call = callOf(step(2, 0, 'Proceeding', { ...mine, ...fields }, { body }))
    expect(isWorthCard(call, MY_EXTENSION_ID)).toBe(worth)
  })

  it('not when I left to listen elsewhere', () => {
    const call = callOf(
      step(2, 0, 'Setup', { ...mine, direction: 'Outbound' }),
      step(3, 5, 'Gone', { ...mine, reason: 'Supervising' }),
    )
    expect(isWorthCard(call, MY_EXTENSION_ID)).toBe(false)
  })

  it('to the agent whom somebody listens to', () => {
    const call = callOf(
      step(2, 0, 'Answered', mine),
      step(3, 5, 'Answered', { ...colleague, direction: 'Outbound', muted: true }),
    )
    expect([isWorthCard(call, MY_EXTENSION_ID), isWorthCard(call, '300')]).toEqual([true, false])
  })

  it('when one leg of mine listens and another talks', () => {
    const call = callOf(step(2, 0, 'Answered', mine), step(3, 5, 'Answered', { ...mine, id: 'p-3', muted: true }))
    expect(isWorthCard(call, MY_EXTENSION_ID)).toBe(true)
  })
})
