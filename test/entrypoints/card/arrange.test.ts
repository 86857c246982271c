import { describe, expect, it } from 'vitest'
import { arrangeCards } from '../../../entrypoints/card/arrange.ts'
import type { CardCall } from '../../../entrypoints/lib/card-facts/card-call.ts'
import { buildCardCall } from '../../support/card-call.ts'

const arrange = (...calls: readonly Partial<CardCall>[]) =>
  arrangeCards(calls.map((changes, index) => buildCardCall({ telephonySessionId: `s-${index}`, ...changes }))).map(
    ({ form }) => form,
  )

const RINGING = { phase: 'ringing' } as const
const TALKING = { phase: 'talking' } as const

describe('several calls', () => {
  it.each([
    ['one is whole', [RINGING], ['whole']],
    ['two are whole', [RINGING, TALKING], ['whole', 'whole']],
    ['a third is a line', [RINGING, RINGING, { phase: 'onHold' }], ['whole', 'whole', 'line']],
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
    ['what I opened stays open', [RINGING, RINGING, { phase: 'onHold', isFolded: false }], ['whole', 'whole', 'whole']],
  ] as const)('%s', (_what, calls, expected) => {
    expect(arrange(...calls)).toEqual(expected)
  })
})
