import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { packEvents } from '../../../entrypoints/lib/store/event-packs.ts'
import type { PersonStore } from '../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../entrypoints/lib/store/open-writable.ts'
import { exportEverything } from '../../../entrypoints/options/export-everything.ts'
import { buildRow } from '../lib/store/row.ts'

const person = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist' } as const

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(person)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${person.accountId}:${person.extensionId}`)
})

const head = { person, exportedAt: '2026-06-01T12:00:00.000Z', settings: { endedCard: 60_000 } }

async function write(): Promise<{
  readonly file: unknown
  readonly shares: readonly number[]
  readonly pieces: number
}> {
  const shares: number[] = []
  const pieces: string[] = []
  for await (const piece of exportEverything(store, head, (share) => shares.push(share))) pieces.push(piece)
  return { file: JSON.parse(pieces.join('')), shares, pieces: pieces.length }
}

it('is one JSON file of all that is kept, with what says how it is to be read', async () => {
  const event = {
    telephonySessionId: 's-1',
    sequence: 2,
    uuid: 'u',
    receivedMs: 5,
    notification: { body: 'as it came' },
  }
  const note = { telephonySessionId: 's-1', text: 'wants the “blue” one\n', tags: ['VIP'], startedMs: 1, writtenMs: 2 }
  const status = {
    telephonySessionId: 's-1',
    asOf: '2026-06-01T12:00:00.000Z',
    receivedMs: 6,
    status: { found: false },
  }
  const contact = { id: 'c', name: 'Ada', company: 'Acme', phoneNumbers: ['1'], numberKeys: ['tel:1'], tags: [] }
  const notice = { telephonySessionId: 's-1', kind: 'sent', rule: 'VIP', receivedMs: 4 } as const
  const record = { numberKey: 'tel:1', url: 'https://crm.example.com/1', title: 'Ada', seenMs: 3 }
  const { name, ...row } = buildRow({ telephonySessionId: 's-1', phoneNumber: '+14085550123', talkMs: 7 })
  await store.put('calls', { ...row, name })
  for (const pack of packEvents([event, { ...event, sequence: 3 }])) await store.put('events', pack)
  await store.put('notes', note)
  await store.put('statuses', status)
  await store.put('contacts', contact)
  await store.put('records', record)
  await store.put('ruleNotices', notice)
  expect((await write()).file).toMatchObject({
    format: 'ringside-everything',
    version: 1,
    ...head,
    calls: [{ telephonySessionId: 's-1', phoneNumber: '+14085550123', talkMs: 7 }],
    notes: [note],
    contacts: [contact],
    records: [record],
    ruleNotices: [notice],
    statuses: [status],
    events: [event, { ...event, sequence: 3 }],
  })
})

it('is a good file of nothing', async () => {
  expect((await write()).file).toMatchObject({ calls: [], notes: [], events: [] })
})

it('comes in pieces, and tells how far it is', async () => {
  const tx = store.transaction('calls', 'readwrite')
  for (let index = 0; index < 1200; index++) void tx.store.put(buildRow({ telephonySessionId: `s-${index}` }))
  await tx.done
  const { file, shares, pieces } = await write()
  expect((file as { calls: unknown[] }).calls).toHaveLength(1200)
  expect(shares).toEqual([500 / 1200, 1000 / 1200, 1])
  expect(pieces).toBeGreaterThan(10)
})
