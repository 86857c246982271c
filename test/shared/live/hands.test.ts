import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHands } from '../../../shared/live/hands.ts'
import type { Hand } from '../../../shared/protocol/desk.ts'

const BEA = '400102'
const call = (id: string, currentSessionId = id) => ({ telephonySessionId: id, currentSessionId })
const hand = (raised: boolean, telephonySessionId = 's-1', from = BEA): Hand => ({
  ...{ kind: 'hand', telephonySessionId, from, raised },
})

describe('a hand', () => {
  it('is up from when it was raised until it is lowered', () => {
    const hands = createHands()
    expect(hands.raisedSince(BEA, [call('s-1')])).toBeUndefined()
    hands.take(hand(true), 5, 1_000)
    expect(hands.raisedSince(BEA, [call('s-1')])).toBe(1_000)
    hands.take(hand(false), 6, 2_000)
    expect(hands.raisedSince(BEA, [call('s-1')])).toBeUndefined()
  })

  it('that is raised again has been up since it was raised first', () => {
    const hands = createHands()
    hands.take(hand(true), 5, 1_000)
    hands.take(hand(true), 7, 9_000)
    expect(hands.raisedSince(BEA, [call('s-1')])).toBe(1_000)
  })

  it('is about a call, wherever that goes on, and means nothing in another', () => {
    const hands = createHands()
    hands.take(hand(true, 's-2'), 5, 1_000)
    expect(hands.raisedSince(BEA, [call('s-1', 's-2')])).toBe(1_000)
    expect(hands.raisedSince(BEA, [call('s-1')])).toBeUndefined()
    expect(hands.raisedSince('400104', [call('s-2')])).toBeUndefined()
    expect(hands.raisedSince(BEA, [])).toBeUndefined()
  })

  it('goes with its session', () => {
    const hands = createHands()
    hands.take(hand(true), 5, 1_000)
    hands.forget(['s-1'])
    expect(hands.raisedSince(BEA, [call('s-1')])).toBeUndefined()
  })

  it('is none in a whisper', () => {
    const hands = createHands()
    const whisper = {
      kind: 'whisper',
      telephonySessionId: 's-1',
      from: '400101',
      to: BEA,
      text: 'Offer a discount',
    } as const
    expect(hands.take(whisper, 5, 1_000)).toBe(false)
    expect(hands.raisedSince(BEA, [call('s-1')])).toBeUndefined()
  })

  it('is up or down by the last word in the log, in whatever order and however often they arrive', () => {
    const words = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(words, fc.infiniteStream(fc.nat()), (raised, draws) => {
        const told = raised.map((isUp, index) => ({ isUp, position: index + 1 }))
        const disordered = [...told, ...told]
          .map((one) => ({ one, place: draws.next().value as number }))
          .sort((a, b) => a.place - b.place)
        const hands = createHands()
        for (const { one } of disordered) hands.take(hand(one.isUp), one.position, one.position)
        expect(hands.raisedSince(BEA, [call('s-1')]) !== undefined).toBe(raised.at(-1))
      }),
    )
  })
})
