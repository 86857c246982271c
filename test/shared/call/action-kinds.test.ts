import { describe, expect, it } from 'vitest'
import { type ActionKind, isEffective, type OfferFacts, selectActionKinds } from '../../../shared/call/action-kinds.ts'
import type { Phase } from '../../../shared/call/view.ts'

const plain: OfferFacts = {
  direction: 'Inbound',
  phase: 'ringing',
  isQueueCall: false,
  isMuted: false,
  isRecording: false,
  isHandRaised: false,
  hasPhone: true,
  isQuestion: false,
}

describe('what is offered', () => {
  const rows: readonly (readonly [what: string, facts: Partial<OfferFacts>, offered: readonly ActionKind[]])[] = [
    ['it rings', { phase: 'ringing' }, ['answer', 'decline', 'voicemail', 'forward']],
    ['it rings, and no phone is at hand', { phase: 'ringing', hasPhone: false }, ['decline', 'voicemail', 'forward']],
    ['a queue rings', { phase: 'ringing', isQueueCall: true }, ['answer', 'decline', 'forward']],
    ['the other side is called', { phase: 'calling' }, ['hangUp']],
    [
      'they talk',
      { phase: 'talking' },
      ['hold', 'mute', 'transfer', 'askFirst', 'park', 'record', 'raiseHand', 'hangUp'],
    ],
    [
      'they talk, muted and recorded',
      { phase: 'talking', isMuted: true, isRecording: true },
      ['hold', 'unmute', 'transfer', 'askFirst', 'park', 'pauseRecording', 'raiseHand', 'hangUp'],
    ],
    [
      'they talk, and a hand is raised',
      { phase: 'talking', isHandRaised: true },
      ['hold', 'mute', 'transfer', 'askFirst', 'park', 'record', 'lowerHand', 'hangUp'],
    ],
    [
      'it is on hold',
      { phase: 'onHold', isRecording: true },
      ['resume', 'transfer', 'askFirst', 'park', 'raiseHand', 'hangUp'],
    ],
    ['somebody is called to be asked', { phase: 'calling', isQuestion: true }, ['returnToCaller', 'hangUp']],
    [
      'somebody is asked',
      { phase: 'talking', isQuestion: true },
      ['connect', 'returnToCaller', 'hold', 'mute', 'record', 'raiseHand', 'hangUp'],
    ],
    [
      'who is asked is on hold',
      { phase: 'onHold', isQuestion: true },
      ['connect', 'returnToCaller', 'resume', 'raiseHand', 'hangUp'],
    ],
    ['it is parked', { phase: 'parked' }, ['pickUp']],
    ['it is parked, and no phone is at hand', { phase: 'parked', hasPhone: false }, []],
    ['the caller leaves a message', { phase: 'voicemail' }, []],
    ['I leave a message', { phase: 'voicemail', direction: 'Outbound' }, ['hangUp']],
    ['a fax comes in', { phase: 'fax' }, []],
    ['I have called a fax', { phase: 'fax', direction: 'Outbound' }, ['hangUp']],
    ['the caller hears my message', { phase: 'replied' }, []],
    ['nobody knows what it does', { phase: 'other' }, []],
    ['it is over', { phase: 'ended' }, []],
  ]
  it.each(rows)('%s', (_what, facts, offered) => {
    expect(selectActionKinds({ ...plain, ...facts })).toEqual(offered)
  })
})

const PHASES: readonly Phase[] = [
  'ringing',
  'calling',
  'talking',
  'onHold',
  'parked',
  'voicemail',
  'fax',
  'replied',
  'other',
  'ended',
]
const EITHER = [true, false] as const
const ALL_FACTS: readonly OfferFacts[] = PHASES.flatMap((phase) =>
  (['Inbound', 'Outbound'] as const).flatMap((direction) =>
    EITHER.flatMap((isQueueCall) =>
      EITHER.flatMap((isMuted) =>
        EITHER.flatMap((isRecording) =>
          EITHER.flatMap((isHandRaised) =>
            EITHER.flatMap((hasPhone) =>
              EITHER.map((isQuestion) => ({
                phase,
                direction,
                isQueueCall,
                isMuted,
                isRecording,
                isHandRaised,
                hasPhone,
                isQuestion,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
)

describe('an effect', () => {
  it('is still to come for whatever is offered, or there would be nothing to ask for', () => {
    for (const facts of ALL_FACTS) {
      for (const kind of selectActionKinds(facts)) expect([kind, isEffective(kind, facts)]).toEqual([kind, false])
    }
  })

  it('needs no waiting for once the call is over', () => {
    const kinds = new Set(ALL_FACTS.flatMap(selectActionKinds))
    const over = { phase: 'ended', isMuted: false, isRecording: false, isHandRaised: false } as const
    expect(kinds.size).toBe(19)
    for (const kind of kinds) expect([kind, isEffective(kind, over)]).toEqual([kind, true])
  })

  const rows: readonly (readonly [ActionKind, Partial<OfferFacts>])[] = [
    ['answer', { phase: 'talking' }],
    ['voicemail', { phase: 'voicemail' }],
    ['hold', { phase: 'onHold' }],
    ['resume', { phase: 'talking' }],
    ['mute', { phase: 'talking', isMuted: true }],
    ['unmute', { phase: 'talking', isMuted: false }],
    ['record', { phase: 'talking', isRecording: true }],
    ['pauseRecording', { phase: 'talking', isRecording: false }],
    ['raiseHand', { phase: 'talking', isHandRaised: true }],
    ['lowerHand', { phase: 'talking', isHandRaised: false }],
    ['park', { phase: 'parked' }],
    ['pickUp', { phase: 'talking' }],
  ]
  it.each(rows)('of %s shows in the state that it leads to', (kind, facts) => {
    expect(isEffective(kind, { ...plain, ...facts })).toBe(true)
  })

  it('of giving the call away is none while it is only put on hold for it', () => {
    for (const kind of ['transfer', 'askFirst', 'park', 'hangUp'] as const) {
      expect(isEffective(kind, { ...plain, phase: 'onHold' })).toBe(false)
    }
  })
})
