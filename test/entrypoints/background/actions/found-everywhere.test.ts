import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { suggest } from '../../../../entrypoints/background/actions/suggestions.ts'
import { createWhoFilter } from '../../../../entrypoints/lib/caller/who-filter.ts'
import { findContacts } from '../../../../entrypoints/lib/store/contacts.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
let store: PersonStore

beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

it.each([
  ['Jörg Müller', 'jorg'],
  ['Jörg Müller'.normalize('NFD'), 'jörg'],
  ['Zoë', 'ZOE'],
  ['Åse Ångström', 'angstrom'],
  ['İlkay', 'ilkay'],
  ['Ａｄａ Winter', 'ada'],
  ['Sophie Raﬃn', 'raffin'],
  ['Bob O’Brien', 'O’Brien'],
  ['Anne-Marie Winter', 'anne-marie'],
])('%s is found by %s in the settings, in the field for a transfer and in the reports', async (name, typed) => {
  const phoneNumber = '+14085550123'
  const contact = { id: 'c-1', name, company: undefined, phoneNumbers: [phoneNumber], numberKeys: [], tags: [] }
  await store.put('contacts', contact)
  expect(await findContacts(store, typed, 10)).toEqual([contact])
  const context = { store, country: 'US', colleagues: [], nameNumber: () => '' }
  expect(await suggest(typed, context)).toMatchObject([{ name }])
  expect(createWhoFilter(typed, 'US')({ name, phoneNumber })).toBe(true)
})
