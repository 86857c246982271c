import { describe, expect, it } from 'vitest'
import { BRIEF_CARD_MS, PUT_AWAY_MS, selectCardEnd } from '../../../../entrypoints/background/calls/card-end.ts'

const ended = { phase: 'ended', phaseSinceMs: 1_000_000, delayMs: 40, outcome: 'answered', isDismissed: false } as const
const END_MS = 1_000_040
const NEVER = Number.POSITIVE_INFINITY

describe('the card of a call goes by itself', () => {
  it.each([
    ['never while it goes on', { ...ended, phase: 'talking' as const }, 60_000, undefined],
    ['when the time is over that the person chose', ended, 60_000, END_MS + 60_000],
    ['never, if they chose so', ended, NEVER, NEVER],
    [
      'soon, when a colleague took it',
      { ...ended, outcome: 'answeredElsewhere' as const },
      NEVER,
      END_MS + BRIEF_CARD_MS,
    ],
    ['soon, when the caller gave up', { ...ended, outcome: 'callerGaveUp' as const }, 60_000, END_MS + BRIEF_CARD_MS],
    ['soon, when it went to voicemail', { ...ended, outcome: 'voicemail' as const }, 60_000, END_MS + BRIEF_CARD_MS],
    ['in their time, when it was missed', { ...ended, outcome: 'missed' as const }, 300_000, END_MS + 300_000],
    ['no later than soon, if they chose less', { ...ended, outcome: 'callerGaveUp' as const }, 5000, END_MS + 5000],
    ['in their time after it was used last', { ...ended, usedMs: END_MS + 90_000 }, 60_000, END_MS + 150_000],
    ['not sooner for having been used before its end', { ...ended, usedMs: END_MS - 9000 }, 60_000, END_MS + 60_000],
    ['a minute after, once it was put away', { ...ended, isDismissed: true }, NEVER, END_MS + PUT_AWAY_MS],
  ])('%s', (_what, call, endedCardMs, expected) => {
    expect(selectCardEnd(call, endedCardMs)).toBe(expected)
  })
})
