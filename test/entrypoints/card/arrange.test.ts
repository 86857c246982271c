import { describe, expect, it } from 'vitest'
import { arrangeCards } from '../../../entrypoints/card/arrange.ts'
import type { CardCall } from '../../../entrypoints/lib/contract/card-call.ts'
import { buildCardCall } from '../../support/card-call.ts'

const arrange = (...calls: readonly Partial<CardCall>[]) =>
  arrangeCards(calls.map((changes, index) => buildCardCall({ telephonySessionId: `s-${index}`, ...changes }))).map(
    ({ form }) => form,
  )

const RINGING = { phase: 'ringing' } as const
const TALKING = { phase: 'talking' } as const
const ENDED = { phase: 'ended' } as const

describe('a card in use', () => {
  const build = (...calls: readonly (readonly [id: string, changes: Partial<CardCall>])[]) =>
    calls.map(([telephonySessionId, changes]) => buildCardCall({ telephonySessionId, ...changes }))
  const forms = (arranged: ReturnType<typeof arrangeCards>) =>
    arranged.map(({ call, form }) => `${call.telephonySessionId} ${form}`)
  const inUse = new Set(['used'])
  const before = arrangeCards(
    build(['used', { phase: 'ended' }], ['other', { phase: 'ended' }], ['third', { phase: 'ended' }]),
  )

  it.each([
    [
      'is not squeezed to a line by those who call, and the newest of them is whole',
      [
        ['new-2', RINGING],
        ['new-1', RINGING],
        ['used', { phase: 'ended' }],
        ['other', { phase: 'ended' }],
      ],
      ['new-2 whole', 'new-1 line', 'used whole', 'other line'],
    ],
    [
      'keeps its place when another would go first',
      [
        ['other', RINGING],
        ['third', RINGING],
        ['used', { phase: 'ended' }],
      ],
      ['used whole', 'other whole', 'third line'],
    ],
    ['stays whole when it is folded elsewhere', [['used', { isFolded: true }]], ['used whole']],
    [
      'beside whom I talk to leaves room for who rings',
      [
        ['new', RINGING],
        ['talk', TALKING],
        ['used', { phase: 'ended' }],
      ],
      ['new whole', 'talk whole', 'used whole'],
    ],
  ] as const)('%s', (_what, calls, expected) => {
    expect(forms(arrangeCards(build(...calls), before, inUse))).toEqual(expected)
  })

  it('that was a line stays one under the hands of whoever has the keys on it', () => {
    expect(forms(arrangeCards(build(['third', { phase: 'ended' }]), before, new Set(['third'])))).toEqual([
      'third line',
    ])
  })

  it('is arranged as all are when it comes', () => {
    expect(forms(arrangeCards(build(['fresh', RINGING]), [], new Set(['fresh'])))).toEqual(['fresh whole'])
  })
})

describe('in a low window', () => {
  const arrangeLow = (...calls: readonly Partial<CardCall>[]) =>
    arrangeCards(
      calls.map((changes, index) => buildCardCall({ telephonySessionId: `s-${index}`, ...changes })),
      [],
      new Set(),
      1,
    ).map(({ form }) => form)

  it.each([
    ['who rings is a line while I talk', [RINGING, TALKING], ['line', 'whole']],
    ['who rings is whole while another waits', [RINGING, { phase: 'onHold' }], ['whole', 'line']],
  ] as const)('%s', (_what, calls, expected) => {
    expect(arrangeLow(...calls)).toEqual(expected)
  })
})

describe('several calls', () => {
  it.each([
    ['one is whole', [RINGING], ['whole']],
    ['two are whole', [RINGING, TALKING], ['whole', 'whole']],
    ['of those that ring the newest is whole', [RINGING, RINGING, { phase: 'onHold' }], ['whole', 'line', 'whole']],
    ['who is on hold is a line while I talk', [TALKING, { phase: 'onHold' }, RINGING], ['whole', 'line', 'whole']],
    ['of those on hold the newest is whole', [{ phase: 'onHold' }, { phase: 'onHold' }], ['whole', 'line']],
    ['what is over is a line while another goes on', [TALKING, ENDED, ENDED], ['whole', 'line', 'line']],
    ['what is over is whole while nothing goes on', [ENDED, ENDED, ENDED], ['whole', 'whole', 'line']],
    [
      'whom I talk to stays whole, however many call',
      [RINGING, RINGING, RINGING, TALKING],
      ['whole', 'line', 'line', 'whole'],
    ],
    [
      'what I folded is in the pill, and leaves its room',
      [{ ...RINGING, isFolded: true }, RINGING, TALKING],
      ['pill', 'whole', 'whole'],
    ],
    ['what I opened stays open', [RINGING, RINGING, { phase: 'onHold', isFolded: false }], ['whole', 'line', 'whole']],
  ] as const)('%s', (_what, calls, expected) => {
    expect(arrange(...calls)).toEqual(expected)
  })
})
