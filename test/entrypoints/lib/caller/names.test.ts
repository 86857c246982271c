import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readLastName, readNames, readNamesOf } from '../../../../entrypoints/lib/caller/read-names.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { buildRow } from '../store/row.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const keyOf = (index: number) => `tel:+1408555${String(index).padStart(4, '0')}`
const call = (index: number, startedMs: number, name?: string) =>
  buildRow({ telephonySessionId: `s-${index}-${startedMs}`, numberKey: keyOf(index), startedMs, name })
const contact = (index: number, name: string) =>
  store.put('contacts', {
    id: `c-${name}`,
    name,
    company: undefined,
    phoneNumbers: [],
    numberKeys: [keyOf(index)],
    tags: [],
  })
const record = (index: number, title: string) =>
  store.put('records', { numberKey: keyOf(index), url: `https://crm.example/${title}`, title, seenMs: 1 })

it.each([5, 400])('the owners of %i numbers are known by contacts, records and other calls', async (count) => {
  await contact(0, 'Ada Winter')
  await contact(0, 'Ben Frost')
  await record(1, 'Cleo North | Sample CRM')
  for (const row of [call(2, 1, 'DORA EAST'), call(2, 2), call(2, 3, 'WIRELESS CALLER'), call(3, 1, '+14085550003')])
    await store.put('calls', row)
  const rows = Array.from({ length: count }, (_, index) => call(index, 9))
  const names = await readNames(store, rows, 'en')
  expect(names.size).toBe(count)
  expect([0, 1, 2, 3].map((index) => names.get(keyOf(index)))).toEqual([
    { contact: 'Ada Winter or Ben Frost', record: undefined, otherCall: undefined },
    { contact: undefined, record: 'Cleo North', otherCall: undefined },
    { contact: undefined, record: undefined, otherCall: 'DORA EAST' },
    { contact: undefined, record: undefined, otherCall: undefined },
  ])
})

it('the last name of a number is that of the latest call that has one, later ones too', async () => {
  for (const row of [call(1, 1, 'ADA'), call(1, 5, 'WINTER ADA'), call(1, 7)]) await store.put('calls', row)
  expect(await readLastName(store, keyOf(1))).toBe('WINTER ADA')
  expect(await readLastName(store, keyOf(2))).toBe(undefined)
})

it('nothing is known of a withheld number', async () => {
  expect(await readNamesOf(store, { name: undefined }, 'en')).toEqual({
    contact: undefined,
    record: undefined,
    otherCall: undefined,
  })
})
