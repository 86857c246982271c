import { describe, expect, it } from 'vitest'
import { inTurn, MAX_ROUNDS, measureRounds, ROUNDS, selectSteady } from './rounds.ts'

const floorOf = (floor: number) => floor

describe('selectSteady', () => {
  it.each([
    ['floors that hold still', [100, 101, 99], [100, 101, 99]],
    ['a floor one fifth off, which is still taken', [100, 120, 80], [100, 120, 80]],
    ['a floor further off, above or below', [100, 121, 79, 100, 100], [100, 100, 100]],
    ['a first round that was the disturbed one', [300, 100, 102], [100, 102]],
  ])('%s', (_, floors, kept) => {
    expect(selectSteady(floors, floorOf)).toEqual(kept)
  })
})

describe('measureRounds', () => {
  /** Measures the given floors one after the other, then the last one for ever. */
  function replay(floors: readonly number[]) {
    const orders: boolean[] = []
    const measure = async (isFloorFirst: boolean) => {
      orders.push(isFloorFirst)
      return floors[Math.min(orders.length, floors.length) - 1] ?? 0
    }
    return { orders, measure }
  }

  it('keeps five rounds after one that warms up', async () => {
    const { orders, measure } = replay([900, 1, 1.01, 1.02, 1.03, 1.04])
    expect(await measureRounds({ name: 'B0', measure, floorOf })).toEqual([1, 1.01, 1.02, 1.03, 1.04])
    expect(orders).toHaveLength(1 + ROUNDS)
  })

  it('changes who comes first', async () => {
    const { orders, measure } = replay([1])
    await measureRounds({ name: 'B0', measure, floorOf })
    expect(orders.slice(1)).toEqual([true, false, true, false, true])
  })

  it('measures another round in place of a disturbed one', async () => {
    const { orders, measure } = replay([1, 1, 5, 1])
    expect(await measureRounds({ name: 'B0', measure, floorOf })).toEqual([1, 1, 1, 1, 1])
    expect(orders).toHaveLength(1 + ROUNDS + 1)
  })

  it('gives up on a floor that does not hold still', async () => {
    let floor = 1
    const measure = async () => {
      floor *= 2
      return floor
    }
    await expect(measureRounds({ name: 'B0', measure, floorOf })).rejects.toThrow(
      `B0 could not be measured: its floor moved by more than 20 % in 12 of ${MAX_ROUNDS} rounds`,
    )
  })
})

describe('inTurn', () => {
  it.each([
    [true, ['floor', 'ours']],
    [false, ['ours', 'floor']],
  ])('floor first: %s', async (isFloorFirst, expected) => {
    const order: string[] = []
    const take = (name: string) => async () => order.push(name)
    await inTurn(isFloorFirst, take('floor'), take('ours'))
    expect(order).toEqual(expected)
  })
})
