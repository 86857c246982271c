import 'fake-indexeddb/auto'
import { afterEach, expect, expectTypeOf, it } from 'vitest'
import { openReadableStore, type PersonStore, type ReadableStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCall } from '../../../../entrypoints/lib/store/read.ts'
import type { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import type { writeNote } from '../../../../entrypoints/lib/store/write-notes.ts'
import type { letCallsGo, wipe } from '../../../../entrypoints/lib/store/write-retention.ts'
import { buildRow } from './row.ts'

/** What a view has of the store can't be written to: `npm run check` fails when one of these lines would compile. */

const user = { accountId: '400100', extensionId: '400102' } as const
let store: ReadableStore | undefined
afterEach(() => store?.close())

it('reads what the background wrote, from the same store', async () => {
  const writable = await openPersonStore(user)
  await writable.put('calls', buildRow({ telephonySessionId: 's-1' }))
  writable.close()
  store = await openReadableStore(user)
  expect(await readCall(store, 's-1')).toMatchObject({ telephonySessionId: 's-1' })
  expectTypeOf<PersonStore>().toExtend<ReadableStore>()
})

it('has no way to write, itself or by a transaction', () => {
  expectTypeOf<ReadableStore>().not.toExtend<PersonStore>()
  for (const way of ['put', 'add', 'delete', 'clear', 'createObjectStore'] as const)
    expectTypeOf<ReadableStore>().not.toHaveProperty(way)
  const planted = (readable: ReadableStore) => {
    // @ts-expect-error a store of a view is not opened for writing
    readable.transaction('calls', 'readwrite')
    const tx = readable.transaction('calls')
    // @ts-expect-error nor does a transaction lead to one that is
    void tx.db
    // @ts-expect-error and its stores take nothing
    void tx.store.put(buildRow({ telephonySessionId: 's-1' }))
    // @ts-expect-error nor do those of several
    void readable.transaction(['calls', 'notes']).objectStore('notes').clear()
  }
  expect(planted).toBeTypeOf('function')
})

it('is refused by what writes', () => {
  expectTypeOf<Parameters<typeof writeChange>[0]>().toEqualTypeOf<PersonStore>()
  expectTypeOf<Parameters<typeof writeNote>[0]>().toEqualTypeOf<PersonStore>()
  expectTypeOf<Parameters<typeof letCallsGo>[0]>().toEqualTypeOf<PersonStore>()
  expectTypeOf<Parameters<typeof wipe>[0]>().toEqualTypeOf<PersonStore>()
})
