import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  readAddress,
  SHOWN_FIRST,
  type Shown,
  STATE_FILTERS,
  writeAddress,
} from '../../../../entrypoints/board/model/address.ts'
import { COLUMNS } from '../../../../entrypoints/board/model/columns.ts'

it('what is shown is in the address, and comes back from it', () => {
  const shown: fc.Arbitrary<Shown> = fc.record({
    mode: fc.constantFrom('desk' as const, 'wall' as const),
    queueId: fc.option(fc.constantFrom('400195', '7'), { nil: undefined }),
    state: fc.option(fc.constantFrom(...STATE_FILTERS), { nil: undefined }),
    sort: fc.record({ by: fc.constantFrom(...COLUMNS), isDescending: fc.boolean() }),
  })
  fc.assert(
    fc.property(shown, (wanted) => {
      expect(readAddress(writeAddress(wanted))).toEqual(wanted)
    }),
  )
})

it('is short where nothing was chosen', () => {
  expect(writeAddress(SHOWN_FIRST)).toBe('')
})

it.each(['mode=ceiling', 'queue=<b>', 'state=asleep', 'sort=-', 'sort=nonsense', '%%%', `queue=${'9'.repeat(40)}`])(
  'makes nothing of %s',
  (address) => {
    expect(readAddress(address)).toEqual(SHOWN_FIRST)
  },
)
