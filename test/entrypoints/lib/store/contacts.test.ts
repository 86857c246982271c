import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findContacts, readContacts, readContactsByNumber } from '../../../../entrypoints/lib/store/contacts.ts'
import { readTags } from '../../../../entrypoints/lib/store/notes.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { Contact } from '../../../../entrypoints/lib/store/schema.ts'
import {
  deleteContact,
  deleteContacts,
  writeContacts,
  writeContactTags,
} from '../../../../entrypoints/lib/store/write-contacts.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const contact = (id: string, fields: Partial<Contact> = {}): Contact => ({
  id,
  name: `Contact ${id}`,
  company: undefined,
  phoneNumbers: ['+14085550123'],
  numberKeys: ['tel:+14085550123'],
  tags: [],
  ...fields,
})

async function readIds(): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const piece of readContacts(store)) ids.push(...piece.map(({ id }) => id))
  return ids
}

describe('contacts in the store', () => {
  it('are each read once and by name, however many share one', async () => {
    const named = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => contact(`${name}-${index}`, { name }))
    const all = [...named(300, 'Ada'), ...named(2500, 'Ben'), ...named(1300, 'Cleo')]
    await writeContacts(store, all)
    const ids = await readIds()
    expect(ids).toHaveLength(all.length)
    expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)))
    expect(ids.map((id) => id.split('-')[0]).filter((name, index, names) => name !== names[index - 1])).toEqual([
      'Ada',
      'Ben',
      'Cleo',
    ])
  })

  it('are read no further when nobody wants them any more', async () => {
    await writeContacts(store, [contact('a')])
    expect(await findContacts(store, '', 10, AbortSignal.abort())).toEqual([])
  })

  const queries: readonly (readonly [query: string, found: readonly string[]])[] = [
    ['', ['ada', 'jurgen']],
    ['jurgen MULL', ['jurgen']],
    ['harbor', ['ada']],
    ['ada harbor', ['ada']],
    ['vip', ['jurgen']],
    ['(408) 555', ['ada']],
    ['+1 408', ['ada']],
    ['49 30', ['jurgen']],
    ['555 ada', []],
    ['nobody', []],
  ]
  it.each(queries)('are found by "%s"', async (query, found) => {
    await writeContacts(store, [
      contact('ada', { name: 'Ada Winter', company: 'Harbor Couriers' }),
      contact('jurgen', {
        name: 'Jürgen Müller',
        phoneNumbers: ['030 1234567'],
        numberKeys: ['tel:+49301234567'],
        tags: ['VIP'],
      }),
    ])
    expect((await findContacts(store, query, 10)).map(({ id }) => id)).toEqual(found)
    expect(await findContacts(store, query, 1)).toHaveLength(Math.min(1, found.length))
  })

  it('have the tags that were given last, and are gone when they are removed', async () => {
    await writeContacts(store, [contact('a', { tags: ['Old'] }), contact('b', { tags: ['Other'] })])
    await writeContactTags(store, 'a', ['VIP', 'New'])
    await writeContactTags(store, 'nobody', ['Lost'])
    expect(new Set(await readTags(store))).toEqual(new Set(['VIP', 'New', 'Other']))
    await deleteContact(store, 'b')
    expect((await readContactsByNumber(store, 'tel:+14085550123')).map(({ id }) => id)).toEqual(['a'])
    await deleteContacts(store)
    expect(await readIds()).toEqual([])
  })
})
