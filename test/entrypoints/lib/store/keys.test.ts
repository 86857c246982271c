import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countContactsReadElsewhere, readContactsByNumber } from '../../../../entrypoints/lib/store/contacts.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { Contact, StoredNote } from '../../../../entrypoints/lib/store/schema.ts'
import { followNumberReading, readContactsAgain } from '../../../../entrypoints/lib/store/write-keys.ts'
import { buildRow } from './row.ts'

const user = { accountId: '400100', extensionId: '400102' } as const
const guess = (country: string) => ({ country, isCountryKnown: false })
const known = (country: string) => ({ country, isCountryKnown: true })

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const call = (id: string, phoneNumber: string | undefined, numberKey?: string) =>
  store.put(
    'calls',
    buildRow({ telephonySessionId: id, phoneNumber, ...(numberKey === undefined ? {} : { numberKey }) }),
  )
const note = (id: string, numberKey: string) =>
  store.put('notes', {
    telephonySessionId: id,
    startedMs: 0,
    writtenMs: 0,
    text: 'Hello',
    tags: [],
    numberKey,
  } satisfies StoredNote)
const contact = (id: string, phoneNumbers: readonly string[], numberKeys: readonly string[], country?: string) =>
  store.put('contacts', {
    id,
    name: id,
    company: undefined,
    phoneNumbers,
    numberKeys,
    tags: [],
    ...(country && { country }),
  } satisfies Contact)

const keyOfCall = async (id: string) => (await store.get('calls', id))?.numberKey
const keyOfNote = async (id: string) => (await store.get('notes', id))?.numberKey
const keysOf = async (id: string) => (await store.get('contacts', id))?.numberKeys

describe('keys that an earlier version wrote', () => {
  it.each([
    ['+5213355550187', 'raw:+5213355550187', 'tel:+523355550187'],
    ['+14085550187*12', 'raw:+14085550187*12', 'tel:+14085550187'],
    ['911', 'ext:911', 'raw:911'],
    ['Private Number', 'raw:privatenumber', undefined],
    ['+10000000000', 'tel:+10000000000', undefined],
    ['+266696687', 'raw:+266696687', undefined],
    ['anonymous@anonymous.invalid', 'raw:anonymous@anonymousinvalid', undefined],
    ['+14085550187', 'tel:+14085550187', 'tel:+14085550187'],
    ['102', 'ext:102', 'ext:102'],
    ['*67+14085550187', 'raw:*67+14085550187', 'tel:+14085550187'],
    [undefined, undefined, undefined],
  ])('of a call with %s: %s is %s now, and so is its note', async (phoneNumber, before, after) => {
    await call('s-1', phoneNumber, before)
    if (before !== undefined) await note('s-1', before)
    await followNumberReading(store, known('US'))
    expect(await keyOfCall('s-1')).toBe(after)
    expect(await keyOfNote('s-1')).toBe(after)
    // The index knows them by the key of now, and by no other.
    const found =
      before === undefined
        ? []
        : await store.getAllKeysFromIndex('calls', 'byNumber', IDBKeyRange.bound([before], [before, []]))
    expect(found).toEqual(before === after && before !== undefined ? ['s-1'] : [])
  })

  it('of a part of a call are none: it is not another call with that number', async () => {
    const part = { kind: 'consultation', ofId: 's-1' } as const
    await store.put('calls', buildRow({ telephonySessionId: 's-2', phoneNumber: '+14085550187', part }))
    await followNumberReading(store, known('US'))
    expect(await keyOfCall('s-2')).toBeUndefined()
  })

  it('of a note whose call is gone are made of the key', async () => {
    await note('s-1', 'raw:+5213355550187')
    await note('s-2', 'raw:blocked')
    await followNumberReading(store, known('US'))
    expect(await keyOfNote('s-1')).toBe('tel:+523355550187')
    expect(await store.get('notes', 's-2')).toMatchObject({ text: 'Hello' })
    expect(await keyOfNote('s-2')).toBeUndefined()
  })

  it('of contacts are made of what is written, and no contact and no number is lost', async () => {
    await contact('Klara', ['493023125177.0', '+49 30 23125178'], ['tel:+4930231251770', 'tel:+493023125178'])
    await contact('Luis', ['+52 1 33 5555 0187', '33 5555 0187'], ['raw:+5213355550187', 'raw:3355550187'])
    await contact('Nobody', ['No Caller ID'], ['raw:nocallerid'])
    await followNumberReading(store, known('DE'))
    expect(await keysOf('Klara')).toEqual(['tel:+493023125177', 'tel:+493023125178'])
    expect((await keysOf('Luis'))?.[0]).toBe('tel:+523355550187')
    expect(await store.get('contacts', 'Nobody')).toMatchObject({ phoneNumbers: ['No Caller ID'], numberKeys: [] })
    expect(await readContactsByNumber(store, 'tel:+493023125177')).toHaveLength(1)
  })

  it('of records that a page showed go with the number, or are forgotten', async () => {
    const url = 'https://crm.example.com/1'
    await store.put('records', { numberKey: 'raw:+5213355550187', url, title: 'Luis', seenMs: 1 })
    await store.put('records', { numberKey: 'raw:withheld', url, title: 'Nobody', seenMs: 1 })
    await followNumberReading(store, known('US'))
    expect(await store.getAll('records')).toEqual([{ numberKey: 'tel:+523355550187', url, title: 'Luis', seenMs: 1 }])
  })

  it('are read again once', async () => {
    await followNumberReading(store, known('US'))
    await call('s-1', '911', 'ext:911')
    await followNumberReading(store, known('US'))
    expect(await keyOfCall('s-1')).toBe('ext:911')
  })
})

describe('the country', () => {
  it('that becomes known puts right what a guess got wrong', async () => {
    await contact('Asha', ['98765 43287', '+44 20 7946 0018'], ['tel:+19876543287', 'tel:+442079460018'])
    await call('s-1', '98765 43287', 'tel:+19876543287')
    await note('s-1', 'tel:+19876543287')
    await followNumberReading(store, guess('US'))
    expect(await keysOf('Asha')).toEqual(['tel:+19876543287', 'tel:+442079460018'])
    await followNumberReading(store, known('IN'))
    expect(await keysOf('Asha')).toEqual(['tel:+919876543287', 'tel:+442079460018'])
    expect(await keyOfCall('s-1')).toBe('tel:+919876543287')
    expect(await keyOfNote('s-1')).toBe('tel:+919876543287')
    expect(await store.get('contacts', 'Asha')).toMatchObject({ country: 'IN' })
  })

  it('that becomes another leaves right what was read in the first', async () => {
    await contact('Klara', ['030 901877'], ['tel:+4930901877'], 'DE')
    await call('s-1', '030 901877', 'tel:+4930901877')
    await note('s-1', 'tel:+4930901877')
    await followNumberReading(store, known('DE'))
    await followNumberReading(store, known('AT'))
    expect(await keysOf('Klara')).toEqual(['tel:+4930901877'])
    expect(await keyOfCall('s-1')).toBe('tel:+4930901877')
    expect(await keyOfNote('s-1')).toBe('tel:+4930901877')
  })

  it('that is not known for a while, signed in at an older relay, changes nothing', async () => {
    await contact('Klara', ['030 901877'], ['tel:+4930901877'], 'DE')
    await followNumberReading(store, known('DE'))
    await followNumberReading(store, guess('US'))
    await followNumberReading(store, known('DE'))
    expect(await keysOf('Klara')).toEqual(['tel:+4930901877'])
  })

  it('goes for contacts of another when the person says so', async () => {
    await contact('Klara', ['030 901877'], ['tel:+4930901877'], 'DE')
    await contact('Max', ['+43 1 9018777'], ['tel:+4319018777'], 'DE')
    expect(await countContactsReadElsewhere(store, 'DE')).toBe(0)
    expect(await countContactsReadElsewhere(store, 'AT')).toBe(1)
    await readContactsAgain(store, 'AT')
    expect(await keysOf('Klara')).toEqual(['tel:+4330901877'])
    expect(await countContactsReadElsewhere(store, 'AT')).toBe(0)
  })
})
