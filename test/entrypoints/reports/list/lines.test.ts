import { describe, expect, it } from 'vitest'
import { type Line, listLines } from '../../../../entrypoints/reports/list/lines.ts'
import { type GridMove, moveInGrid } from '../../../../entrypoints/reports/list/move-in-grid.ts'
import { groupCustomerCalls } from '../../../../shared/metrics/customer-calls.ts'
import { buildRow } from '../../lib/store/row.ts'

/** Three customers' calls, the newest first: one by itself, one in three parts, one by itself. */
const calls = groupCustomerCalls([
  buildRow({ telephonySessionId: 's-1', startedMs: 1 }),
  buildRow({ telephonySessionId: 's-2', startedMs: 2 }),
  buildRow({ telephonySessionId: 's-3', startedMs: 3, part: { kind: 'consultation', ofId: 's-2' } }),
  buildRow({ telephonySessionId: 's-4', startedMs: 4, part: { kind: 'passage', ofId: 's-2' } }),
  buildRow({ telephonySessionId: 's-5', startedMs: 5 }),
])
const folded = listLines(calls, new Set())
const unfolded = listLines(calls, new Set(['s-2']))

const tell = (lines: readonly Line[]) =>
  lines.map(({ row, level, others, isExpanded }) => [row.telephonySessionId, level, others, isExpanded])

describe('the lines of the list', () => {
  it('are one a customer call, the newest first', () => {
    expect(tell(folded)).toEqual([
      ['s-5', 1, 0, false],
      ['s-2', 1, 2, false],
      ['s-1', 1, 0, false],
    ])
  })

  it('have the other sessions of a call under it when it is unfolded', () => {
    expect(tell(unfolded)).toEqual([
      ['s-5', 1, 0, false],
      ['s-2', 1, 2, true],
      ['s-3', 2, 0, false],
      ['s-4', 2, 0, false],
      ['s-1', 1, 0, false],
    ])
  })

  it('are not unfolded for a call that has no others', () => {
    expect(listLines(calls, new Set(['s-5']))).toEqual(folded)
  })
})

describe('keys', () => {
  const go = (index: number): GridMove => ({ kind: 'go', index })
  it.each<[string, readonly Line[], number, GridMove | undefined]>([
    ['ArrowDown', unfolded, 0, go(1)],
    ['ArrowDown', unfolded, 4, go(4)],
    ['ArrowUp', unfolded, 0, go(0)],
    ['ArrowUp', unfolded, 3, go(2)],
    ['PageDown', unfolded, 1, go(4)],
    ['PageUp', unfolded, 4, go(1)],
    ['Home', unfolded, 3, go(0)],
    ['End', unfolded, 0, go(4)],
    ['Enter', unfolded, 2, { kind: 'open' }],
    ['ArrowRight', folded, 1, { kind: 'toggle', isExpanded: true }],
    ['ArrowRight', unfolded, 1, go(2)],
    ['ArrowRight', folded, 0, undefined],
    ['ArrowLeft', unfolded, 1, { kind: 'toggle', isExpanded: false }],
    ['ArrowLeft', unfolded, 3, go(1)],
    ['ArrowLeft', folded, 0, undefined],
    ['a', unfolded, 0, undefined],
  ])('%s', (key, lines, index, move) => {
    expect(moveInGrid(key, { lines, index, page: 3, isRtl: false })).toEqual(move)
  })

  it('point the other way where one reads from right to left', () => {
    const place = { lines: folded, index: 1, page: 3, isRtl: true }
    expect(moveInGrid('ArrowLeft', place)).toEqual({ kind: 'toggle', isExpanded: true })
    expect(moveInGrid('ArrowRight', place)).toBeUndefined()
  })
})
