import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKnowledge, type Knowledge } from '../../../../entrypoints/background/caller/knowledge.ts'
import type { KnownCaller } from '../../../../entrypoints/lib/caller/known-caller.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { CallRow, Contact, StoredNote } from '../../../../entrypoints/lib/store/schema.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts'
import { eventually } from '../../../support/eventually.ts'
import { ADA_KEY, buildRow, withholdNumber } from './row.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const NOW_MS = Date.parse('2026-06-05T12:00:00Z')
const now = buildRow({ telephonySessionId: 's-now', startedMs: NOW_MS })

let store: PersonStore
let knowledge: Knowledge
let changes: number

beforeEach(async () => {
  store = await openPersonStore(user)
  changes = 0
  knowledge = createKnowledge({ store, language: 'en', onChanged: () => changes++ })
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

const earlier = (telephonySessionId: string, agoMs: number, fields: Partial<CallRow> = {}) =>
  store.put('calls', buildRow({ telephonySessionId, startedMs: NOW_MS - agoMs, phase: 'ended', ...fields }))

const note = (telephonySessionId: string, agoMs: number, fields: Partial<StoredNote>) =>
  store.put('notes', {
    telephonySessionId,
    startedMs: NOW_MS - agoMs,
    writtenMs: NOW_MS,
    numberKey: ADA_KEY,
    text: '',
    tags: [],
    ...fields,
  })

const contact = (id: string, fields: Partial<Contact> = {}) =>
  store.put('contacts', {
    id,
    name: 'Ada Winter',
    company: 'Harbor',
    phoneNumbers: ['+14085550123'],
    numberKeys: [ADA_KEY],
    tags: [],
    ...fields,
  })

/** What is known in the end, after what was known at first. */
async function learn(row: CallRow = now): Promise<KnownCaller> {
  expect(knowledge.of(row)).toBeUndefined()
  return eventually(() => {
    const known = knowledge.of(row)
    if (known === undefined) throw new Error('nothing is known yet')
    return known
  })
}

describe('what is known of a caller', () => {
  it('of one who has never called and is no contact is that this is the first call', async () => {
    expect(await learn()).toEqual({
      contact: undefined,
      names: { contact: undefined, record: undefined, otherCall: undefined },
      calls: 1,
      lastCalls: [],
      lastNote: undefined,
      tags: [],
    })
  })

  it('is the how many-th call it is, this one counted once, and the last three with what was noted', async () => {
    await store.put('calls', now)
    await earlier('s-old', 300 * DAY_MS)
    await earlier('s-first', 7 * DAY_MS)
    await earlier('s-colleague', DAY_MS, {
      outcome: 'answeredElsewhere',
      takenBy: { name: 'Sam Okafor', isMe: false, afterMs: 1000 },
    })
    await note('s-first', 7 * DAY_MS, { text: ' wants the blue one ' })
    await note('s-colleague', DAY_MS, { text: ' ' })
    await earlier('s-last', HOUR_MS, { direction: 'Outbound', outcome: 'answered', talkMs: 90_000 })
    await earlier('s-later', -HOUR_MS)
    await earlier('s-other', HOUR_MS, { numberKey: 'tel:+14085550124' })
    expect(await learn()).toMatchObject({
      calls: 5,
      lastCalls: [
        { telephonySessionId: 's-last', direction: 'Outbound', startedMs: NOW_MS - HOUR_MS, talkMs: 90_000 },
        { telephonySessionId: 's-colleague', takenBy: 'Sam Okafor', note: undefined },
        { telephonySessionId: 's-first', takenBy: undefined, note: 'wants the blue one' },
      ],
    })
  })

  it('is what their number goes by: as a contact, in the CRM, in another call', async () => {
    await contact('c', { name: 'Ada (shop)' })
    await store.put('records', {
      numberKey: ADA_KEY,
      url: 'https://crm.example/1',
      title: 'Ada Winter | CRM',
      seenMs: 1,
    })
    await earlier('s-1', HOUR_MS, { name: 'WINTER ADA' })
    await earlier('s-2', HOUR_MS / 2, { name: 'WIRELESS CALLER' })
    expect((await learn()).names).toEqual({ contact: 'Ada (shop)', record: 'Ada Winter', otherCall: 'WINTER ADA' })
  })

  it('is the last note with words, of an earlier call, and every tag once', async () => {
    await contact('c', { tags: ['VIP', 'Berlin'] })
    await note('s-1', 3 * DAY_MS, { text: 'wants the blue one', tags: ['vip', 'Blue'] })
    await note('s-2', DAY_MS, { text: ' ', tags: ['Late'] })
    await note('s-now', 0, { text: 'this call', tags: ['Now'] })
    await note('s-x', DAY_MS, { text: 'somebody else', numberKey: 'tel:+14085550124' })
    expect(await learn()).toMatchObject({
      lastNote: { text: 'wants the blue one', atMs: NOW_MS - 3 * DAY_MS },
      tags: ['VIP', 'Berlin', 'Blue', 'Late'],
    })
  })

  const shared: readonly (readonly [string, readonly Partial<Contact>[], KnownCaller['contact']])[] = [
    ['one contact', [{}], { name: 'Ada Winter', company: 'Harbor' }],
    ['two of one company', [{}, { name: 'Ben Frost' }], { name: 'Ada Winter or Ben Frost', company: 'Harbor' }],
    [
      'two of different companies',
      [{}, { name: 'Ben Frost', company: undefined }],
      { name: 'Ada Winter or Ben Frost', company: undefined },
    ],
    ['two of one name', [{}, {}], { name: 'Ada Winter', company: 'Harbor' }],
    [
      'a whole floor',
      ['Ada', 'Ben', 'Cleo', 'Dora'].map((name) => ({ name })),
      { name: 'Ada, Ben, or …', company: 'Harbor' },
    ],
  ]
  it.each(shared)('names who may be calling from a number of %s', async (_name, contacts, named) => {
    for (const [index, fields] of contacts.entries()) await contact(`c-${index}`, fields)
    expect((await learn()).contact).toEqual(named)
  })

  it('is nothing when the number is withheld', async () => {
    await contact('c')
    const withheld = withholdNumber(now)
    expect(knowledge.of(withheld)).toBeUndefined()
    await learn({ ...now, telephonySessionId: 's-2' })
    expect(knowledge.of(withheld)).toBeUndefined()
    expect(changes).toBe(1)
  })
})

describe('what becomes known while the card is up', () => {
  it('is drawn when there is something new, and only then', async () => {
    await learn()
    expect(changes).toBe(1)
    await contact('c')
    knowledge.refresh([now])
    await eventually(() => expect(knowledge.of(now)?.contact?.name).toBe('Ada Winter'))
    expect(changes).toBe(2)
    await store.put('calls', now)
    knowledge.refresh([now])
    // Another call is read after this one has been.
    const other = { ...now, telephonySessionId: 's-2' }
    await learn(other)
    expect(changes).toBe(3)
  })

  it('is not missed when the store changes while it is being read', async () => {
    knowledge.of(now)
    await contact('c')
    knowledge.refresh([now])
    knowledge.refresh([now])
    await eventually(() => expect(knowledge.of(now)?.contact?.name).toBe('Ada Winter'))
  })

  it('can be waited for, also by who asks first and while the store changes', async () => {
    await contact('c')
    await knowledge.read([now, withholdNumber({ ...now, telephonySessionId: 's-2' })])
    expect(knowledge.of(now)?.contact?.name).toBe('Ada Winter')
    knowledge.refresh([now])
    await contact('c', { name: 'Ada Frost' })
    knowledge.refresh([now])
    await knowledge.read([now])
    expect(knowledge.of(now)?.contact?.name).toBe('Ada Frost')
  })

  it('follows a number that is told late', async () => {
    await contact('c')
    const withheld = withholdNumber(now)
    expect(knowledge.of(withheld)).toBeUndefined()
    expect((await learn(now)).contact?.name).toBe('Ada Winter')
  })

  it('stays when the store can be read no more', async () => {
    await contact('c')
    await learn()
    store.close()
    knowledge.refresh([now])
    knowledge.refresh([now])
    expect(knowledge.of(now)?.contact?.name).toBe('Ada Winter')
    store = await openPersonStore(user)
  })
})
