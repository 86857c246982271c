import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, expect, it } from 'vitest'
import { isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { readLiveCalls } from '../../../../entrypoints/lib/store/read.ts'
import type { PersonSchema } from '../../../../entrypoints/lib/store/schema.ts'
import { UPGRADES } from '../../../../entrypoints/lib/store/upgrades.ts'
import { followTimeZone } from '../../../../entrypoints/lib/store/write-days.ts'
import { tallyCalls } from '../../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { buildRow } from './row.ts'

const user = { accountId: '400100', extensionId: '400102' } as const
const name = `ringside:${user.accountId}:${user.extensionId}`

afterEach(() => deleteDB(name))

/** The shape of a store: what is in it, under which keys and indexes. */
async function readShape() {
  const store = await openPersonStore(user)
  const tx = store.transaction([...store.objectStoreNames])
  const shape = [...store.objectStoreNames].map((one) => {
    const { keyPath, indexNames } = tx.objectStore(one)
    return { one, keyPath, indexes: [...indexNames] }
  })
  const calls = await store.getAllKeys('calls')
  store.close()
  return { shape, calls }
}

it.each(UPGRADES.map((_, index) => index + 1))(
  'a store of version %i becomes one of today, with all that was in it',
  async (version) => {
    const fresh = await readShape()
    await deleteDB(name)
    const old = await openDB<PersonSchema>(name, version, {
      upgrade: async (store, _oldVersion, _newVersion, tx) => {
        for (const step of UPGRADES.slice(0, version)) await step(store, tx)
      },
    })
    await old.put('calls', buildRow({ telephonySessionId: 's-1' }))
    old.close()
    expect(await readShape()).toEqual({ ...fresh, calls: ['s-1'] })
  },
)

it('finds the calls that go on in a store in which only those with a card could be found', async () => {
  const old = await openDB<PersonSchema>(name, 2, {
    upgrade: async (store, _oldVersion, _newVersion, tx) => {
      for (const step of UPGRADES.slice(0, 2)) await step(store, tx)
    },
  })
  await old.put('calls', buildRow({ telephonySessionId: 's-1' }))
  await old.put('calls', buildRow({ telephonySessionId: 's-2', phase: 'talking', outcome: undefined, active: 1 }))
  await old.put('calls', buildRow({ telephonySessionId: 's-3', phase: 'onHold', outcome: undefined }))
  old.close()
  const store = await openPersonStore(user)
  expect((await readLiveCalls(store)).map(({ telephonySessionId }) => telephonySessionId)).toEqual(['s-2', 's-3'])
  store.close()
})

it('what counted as a call of its own and is a part of one is marked, and the days are counted again', async () => {
  const context = { calendar: createCalendar('Europe/Berlin'), timeZone: 'Europe/Berlin' }
  const before = await openDB<PersonSchema>(name, 2, {
    upgrade: async (store, _oldVersion, _newVersion, tx) => {
      for (const step of UPGRADES.slice(0, 2)) await step(store, tx)
    },
  })
  const rows = [
    buildRow({ telephonySessionId: 'in', startedMs: 1, phoneNumber: '+14085550123', peerIds: ['asked'], talkMs: 5 }),
    buildRow({ telephonySessionId: 'asked', startedMs: 2, phoneNumber: '104', peerIds: ['in'], talkMs: 3 }),
    buildRow({ telephonySessionId: 'other', startedMs: 3, outcome: 'missed' }),
  ]
  for (const row of rows) await before.put('calls', row)
  const hours = [{ hour: 1, tally: tallyCalls(rows.filter(isFinished)) }]
  await before.put('days', { day: '1970-01-01', countedBy: 'Europe/Berlin 2', hours })
  before.close()
  const store = await openPersonStore(user)
  expect(await store.get('calls', 'asked')).toMatchObject({ part: { kind: 'consultation', ofId: 'in' } })
  await followTimeZone(store, context)
  const [day, ...others] = await store.getAll('days')
  expect(others).toEqual([])
  expect(day?.hours.map(({ tally }) => tally)).toMatchObject([{ calls: 2, answered: 1, missed: 1 }])
  store.close()
})
