import { describe, expect, it } from 'vitest'
import type { ExtensionRow } from '../../../../entrypoints/board/feed/contract.ts'
import { COLUMNS, type Column, sortNext } from '../../../../entrypoints/board/model/columns.ts'
import { createRowCompare } from '../../../../entrypoints/board/model/row-order.ts'
import { buildRow } from '../rows.ts'

const NAMES: Readonly<Record<string, string>> = { '1': 'Ines', '2': 'Bea', '3': 'Sam', '4': 'Ágnes' }

function compareBy(by: Column, isDescending = false, isPartly: readonly string[] = []) {
  return createRowCompare({
    sort: { by, isDescending },
    nameOf: (id) => NAMES[id] ?? id,
    nameWith: ({ calls }) => calls[0]?.counterpart.name ?? '',
    nameQueue: ({ calls }) => calls[0]?.queueName ?? '',
    hasFigures: ({ extensionId }) => !isPartly.includes(extensionId),
    compareWords: new Intl.Collator('en').compare,
  })
}

const order = (rows: readonly ExtensionRow[], by: Column, isDescending?: boolean) =>
  rows.toSorted(compareBy(by, isDescending)).map(({ extensionId }) => extensionId)

describe('people', () => {
  it('who keep somebody waiting come first, the longest first; who is free comes last', () => {
    const rows = [
      buildRow('1', { state: 'idle', sinceMs: 10 }),
      buildRow('2', { state: 'talking', sinceMs: 20 }),
      buildRow('3', { state: 'holding', sinceMs: 30 }),
      buildRow('4', { state: 'holding', sinceMs: 20 }),
    ]
    expect(order(rows, 'state')).toEqual(['4', '3', '2', '1'])
    expect(order(rows, 'state', true)).toEqual(['1', '2', '4', '3'])
  })

  it.each(COLUMNS)('whose hand is up are on top, whatever the order: by %s', (column) => {
    const rows = [
      buildRow('1', { state: 'holding', sinceMs: 1, today: { calls: 9, missed: 9, talkMs: 9, holdMs: 9 } }),
      buildRow('2', { state: 'talking', sinceMs: 5, handSinceMs: 200 }),
      buildRow('3', { state: 'talking', sinceMs: 6, handSinceMs: 100 }),
    ]
    expect(order(rows, column)).toEqual(['3', '2', '1'])
    expect(order(rows, column, true)).toEqual(['3', '2', '1'])
  })

  it('are in the order of the alphabet of the reader', () => {
    expect(
      order(
        ['1', '2', '3', '4'].map((id) => buildRow(id)),
        'who',
      ),
    ).toEqual(['4', '2', '1', '3'])
  })

  it('who talk to nobody come last, either way', () => {
    const with_ = (id: string, name: string) =>
      buildRow(id, {
        state: 'talking',
        call: { counterpart: { name, phoneNumber: undefined, extensionId: undefined } },
      })
    const rows = [buildRow('1'), with_('2', 'Ada'), with_('3', 'Grace')]
    expect(order(rows, 'with')).toEqual(['2', '3', '1'])
    expect(order(rows, 'with', true)).toEqual(['3', '2', '1'])
  })

  it('are counted by the number in the column', () => {
    const rows = [3, 1, 2].map((calls, index) => buildRow(String(index), { today: { calls } }))
    expect(order(rows, 'calls', true)).toEqual(['0', '2', '1'])
  })

  it('whose figures are not known come last, either way', () => {
    const rows = [3, 1, 2].map((calls, index) => buildRow(String(index), { today: { calls } }))
    const byCalls = (isDescending: boolean) =>
      rows.toSorted(compareBy('calls', isDescending, ['0'])).map(({ extensionId }) => extensionId)
    expect(byCalls(true)).toEqual(['2', '1', '0'])
    expect(byCalls(false)).toEqual(['1', '2', '0'])
  })
})

it('a column of figures begins with the largest, one of words with the first, and a second click turns it', () => {
  expect(sortNext({ by: 'state', isDescending: false }, 'talk')).toEqual({ by: 'talk', isDescending: true })
  expect(sortNext({ by: 'talk', isDescending: true }, 'talk')).toEqual({ by: 'talk', isDescending: false })
  expect(sortNext({ by: 'talk', isDescending: true }, 'who')).toEqual({ by: 'who', isDescending: false })
})
