import { describe, expect, it } from 'vitest'
import { selectLikely, selectSlots } from '../../../entrypoints/card/action-slots.ts'
import { type OfferFacts, selectActionKinds } from '../../../shared/call/action-kinds.ts'
import type { Phase } from '../../../shared/call/view.ts'

const PHASES = {
  ringing: true,
  calling: true,
  talking: true,
  onHold: true,
  parked: true,
  voicemail: true,
  fax: true,
  replied: true,
  other: true,
  ended: true,
} satisfies Record<Phase, true>

const FACTS: Omit<OfferFacts, 'phase'> = {
  direction: 'Inbound',
  isQueueCall: false,
  isMuted: false,
  isRecording: false,
  isHandRaised: false,
  hasPhone: true,
  isQuestion: false,
}
const offer = (phase: Phase, facts: Partial<OfferFacts> = {}) => selectActionKinds({ ...FACTS, phase, ...facts })
const kinds = (phase: Phase, offered = offer(phase)) => selectSlots(phase, offered).map(({ kind }) => kind)

describe('the places of actions', () => {
  it.each(Object.keys(PHASES) as readonly Phase[])('have room for all that is offered: %s', (phase) => {
    for (const facts of [
      {},
      { direction: 'Outbound', isMuted: true, isRecording: true, isHandRaised: true },
    ] as const) {
      const offered = offer(phase, facts)
      const placed = kinds(phase, offered).filter((kind) => kind !== undefined)
      // Whom to ask first is chosen in the form of a transfer.
      const own = offered.filter((kind) => kind !== 'askFirst')
      expect(placed.toSorted()).toEqual(own.toSorted())
    }
  })

  it('stay what they are for from hold to mute, with the end of the call last', () => {
    expect(kinds('talking')).toEqual(['hold', 'mute', 'transfer', 'park', 'record', 'raiseHand', 'hangUp'])
    expect(kinds('onHold')).toEqual(['resume', undefined, 'transfer', 'park', undefined, 'raiseHand', 'hangUp'])
    expect(kinds('talking', offer('talking', { isMuted: true, isRecording: true, isHandRaised: true }))).toEqual([
      'hold',
      'unmute',
      'transfer',
      'park',
      'pauseRecording',
      'lowerHand',
      'hangUp',
    ])
    expect(kinds('ringing').at(-1)).toBe('decline')
  })

  it('are kept where RingCentral does not allow what is usually there', () => {
    const offered = offer('talking').filter((kind) => kind !== 'park')
    const slots = selectSlots('talking', offered)
    expect(slots).toHaveLength(7)
    expect(slots[3]).toEqual({ kind: undefined, usual: 'park', isWide: false })
  })

  it('are none where there is nothing to do', () => {
    expect(selectSlots('ended', [])).toEqual([])
    expect(selectSlots('talking', [])).toEqual([])
  })
})

describe('what a call on one line is most likely wanted for', () => {
  it.each([
    ['ringing', 'answer'],
    ['onHold', 'resume'],
    ['parked', 'pickUp'],
    ['calling', 'hangUp'],
    ['talking', 'hangUp'],
    ['ended', undefined],
  ] as const)('%s: %s', (phase, expected) => {
    expect(selectLikely(offer(phase))).toBe(expected)
  })
})
