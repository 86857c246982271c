import { describe, expect, it } from 'vitest'
import { selectClockMs, selectFigures } from '../../../entrypoints/card/figures.ts'
import type { CardCall } from '../../../entrypoints/lib/contract/card-call.ts'
import { buildCardCall } from '../../support/card-call.ts'

type Row = readonly [what: string, changes: Partial<CardCall>, isLost: boolean, expected: readonly string[]]

/** `talk 5000`, with a `+` when it is running. */
const read = (changes: Partial<CardCall>, isLost: boolean) =>
  selectFigures(buildCardCall(changes), isLost).map(({ name, ms, isRunning }) => `${name} ${ms}${isRunning ? '+' : ''}`)

describe('figures on the card', () => {
  const rows: readonly Row[] = [
    ['none while it rings', { phase: 'ringing', phaseMs: 4000 }, false, []],
    ['none of a message that is left', { phase: 'voicemail', ringMs: 4000 }, false, []],
    ['no talk while talking: the clock has it', { phase: 'talking', phaseMs: 5000, ringMs: 4000 }, false, []],
    [
      'talk while on hold, whose clock has the hold',
      { phase: 'onHold', phaseMs: 100, talkMs: 7000 },
      false,
      ['talk 7000'],
    ],
    [
      'all holds, while on hold again',
      { phase: 'onHold', phaseMs: 100, talkMs: 7000, holdMs: 2000 },
      false,
      ['talk 7000', 'hold 2100+'],
    ],
    [
      'all holds, when nobody knows how long this one is',
      { phase: 'onHold', phaseMs: 100, talkMs: 7000, holdMs: 2000 },
      true,
      ['talk 7000', 'hold undefined'],
    ],
    [
      'hold beside the talk that goes on',
      { phase: 'talking', phaseMs: 1000, talkMs: 7000, holdMs: 2000 },
      false,
      ['hold 2000'],
    ],
    ['what a parked call had', { phase: 'parked', phaseMs: 900, talkMs: 7000 }, false, ['talk 7000']],
    [
      'no two-way talk that is the talk',
      { phase: 'talking', phaseMs: 5000, twoWayTalkMs: 4500, isTwoWayTalk: true },
      false,
      [],
    ],
    [
      'two-way talk once it is shorter',
      { phase: 'talking', phaseMs: 5000, twoWayTalkMs: 3000, isTwoWayTalk: true },
      false,
      ['twoWayTalk 3000+'],
    ],
    [
      'two-way talk that stands still, because the other side holds',
      { phase: 'talking', phaseMs: 5000, twoWayTalkMs: 3000 },
      false,
      ['twoWayTalk 3000'],
    ],
    ['nothing that nobody knows', { phase: 'talking', phaseMs: 5000, talkMs: 7000, holdMs: 2000 }, true, ['hold 2000']],
    [
      'no two-way talk that nobody knows',
      { phase: 'talking', phaseMs: 5000, twoWayTalkMs: 3000, isTwoWayTalk: true },
      true,
      [],
    ],
    [
      'all three when it is over',
      { phase: 'ended', outcome: 'answered', ringMs: 7345, talkMs: 12_414, holdMs: 2393, twoWayTalkMs: 12_414 },
      false,
      ['ring 7345', 'talk 12414', 'hold 2393'],
    ],
    [
      'also when the stream is down',
      { phase: 'ended', ringMs: 7345, talkMs: 12_414 },
      true,
      ['ring 7345', 'talk 12414'],
    ],
    [
      'the ring of a call that nobody took',
      { phase: 'ended', outcome: 'missed', ringMs: 25_000 },
      false,
      ['ring 25000'],
    ],
    ['none of a call that never rang', { phase: 'ended', outcome: 'failed' }, false, []],
    [
      'no two-way talk that others had after me',
      { phase: 'ended', outcome: 'transferred', ringMs: 6000, talkMs: 14_000, twoWayTalkMs: 47_000 },
      false,
      ['ring 6000', 'talk 14000'],
    ],
  ]
  it.each(rows)('%s', (_what, changes, isLost, expected) => {
    expect(read(changes, isLost)).toEqual(expected)
  })
})

describe('the clock beside the state', () => {
  const rows: readonly (readonly [string, Partial<CardCall>, boolean, number | undefined])[] = [
    ['how long it has rung', { phase: 'ringing', phaseMs: 4000 }, false, 4000],
    ['how long this hold has lasted', { phase: 'onHold', phaseMs: 4000, holdMs: 9000 }, false, 4000],
    ['all of the talk time', { phase: 'talking', phaseMs: 4000, talkMs: 6000 }, false, 10_000],
    ['not when it is over', { phase: 'ended', phaseMs: 4000 }, false, undefined],
    ['not when nobody knows', { phase: 'ringing', phaseMs: 4000 }, true, undefined],
    ['not when nobody knows, while talking', { phase: 'talking', phaseMs: 4000 }, true, undefined],
  ]
  it.each(rows)('%s', (_what, changes, isLost, expected) => {
    expect(selectClockMs(buildCardCall(changes), isLost)).toBe(expected)
  })
})
