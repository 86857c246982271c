import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ExtensionRow } from '../../../../entrypoints/board/feed/contract.ts'
import { COLUMNS, type Column } from '../../../../entrypoints/board/model/columns.ts'
import { createOrderedRows } from '../../../../entrypoints/board/model/ordered-rows.ts'
import { createRowCompare } from '../../../../entrypoints/board/model/row-order.ts'
import { EXTENSION_STATES } from '../../../../shared/live/types.ts'
import { buildRow } from '../rows.ts'

function compareBy(by: Column) {
  return createRowCompare({
    hasFigures: () => true,
    sort: { by, isDescending: false },
    nameOf: (id) => id,
    nameWith: ({ calls }) => calls[0]?.counterpart.name ?? '',
    nameQueue: ({ calls }) => calls[0]?.queueName ?? '',
    compareWords: new Intl.Collator('en').compare,
  })
}

it('a list that was kept up change by change is the list that is sorted as a whole', () => {
  const facts = fc.record({
    state: fc.constantFrom(...EXTENSION_STATES),
    sinceMs: fc.nat(5),
    handSinceMs: fc.option(fc.nat(2), { nil: undefined }),
  })
  const change = fc.tuple(fc.nat(11).map(String), facts)
  const column = fc.constantFrom(...COLUMNS)
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }), column, (frames, by) => {
      const rows = new Map(Array.from({ length: 10 }, (_, index) => [String(index), buildRow(String(index))]))
      const isShown = ({ standing }: ExtensionRow) => standing.state !== 'parked'
      const compare = compareBy(by)
      const kept = createOrderedRows(rows.keys(), { rowOf: (id) => rows.get(id), isShown, compare })
      for (const frame of frames) {
        for (const [id, next] of frame) rows.set(id, buildRow(id, next))
        const before = kept.ids
        const isOther = kept.update(frame.map(([id]) => id))
        expect(kept.ids).toEqual(
          [...rows.values()]
            .filter(isShown)
            .sort(compare)
            .map(({ extensionId }) => extensionId),
        )
        expect(isOther).toBe(kept.ids.join() !== before.join())
      }
    }),
  )
})

it('among thousands who stays and who moves is found without a look at everybody', () => {
  const rows = new Map(
    Array.from({ length: 4000 }, (_, index) => [String(index), buildRow(String(index), { today: { calls: index } })]),
  )
  let compared = 0
  const kept = createOrderedRows(rows.keys(), {
    rowOf: (id) => rows.get(id),
    isShown: () => true,
    compare: (a, b) => {
      compared++
      return a.today.calls - b.today.calls
    },
  })
  const before = kept.ids
  compared = 0
  rows.set('2000', buildRow('2000', { today: { calls: 2000, missed: 1 } }))
  expect(kept.update(['2000'])).toBe(false)
  expect(kept.ids).toBe(before)
  rows.set('2000', buildRow('2000', { today: { calls: 5000 } }))
  expect(kept.update(['2000'])).toBe(true)
  expect(kept.ids.at(-1)).toBe('2000')
  // Twice out and in again, each found by halves.
  expect(compared).toBeLessThanOrEqual(4 * 13)
})
