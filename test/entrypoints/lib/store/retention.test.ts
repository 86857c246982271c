import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { packEvents } from '../../../../entrypoints/lib/store/event-packs.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { CallRow, StoredEvent } from '../../../../entrypoints/lib/store/schema.ts'
import { readUnsentNotes, settleNote } from '../../../../entrypoints/lib/store/unsent-notes.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { writeNote } from '../../../../entrypoints/lib/store/write-notes.ts'
import {
  letCallsGo,
  letEventsGo,
  letNotesGo,
  letOldestEventsGo,
  letOthersGo,
  wipe,
} from '../../../../entrypoints/lib/store/write-retention.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { DAY_MS } from '../../../../shared/time.ts'
import { buildRow } from './row.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const UTC = { calendar: createCalendar('UTC'), timeZone: 'UTC' }

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  const names = [...store.objectStoreNames]
  const tx = store.transaction(names, 'readwrite')
  await Promise.all([...names.map((name) => tx.objectStore(name).clear()), tx.done])
  store.close()
})

const event = (telephonySessionId: string, sequence: number, receivedMs = 0): StoredEvent => ({
  telephonySessionId,
  sequence,
  uuid: `${telephonySessionId}-${sequence}`,
  receivedMs,
  notification: {},
})

/** So many calls, one a day, with three events each. */
async function fill(count: number, fields: (day: number) => Partial<CallRow> = () => ({})): Promise<void> {
  const days = Array.from({ length: count }, (_, day) => day)
  await writeChange(
    store,
    {
      events: days.flatMap((day) => [1, 2, 3].map((sequence) => event(`s-${day}`, sequence))),
      statuses: [],
      calls: days.map((day) =>
        buildRow({ telephonySessionId: `s-${day}`, startedMs: day * DAY_MS, talkMs: 5, ...fields(day) }),
      ),
      cursor: undefined,
    },
    UTC,
  )
}

const sessionsWithEvents = async () =>
  new Set((await store.getAll('events')).map(({ telephonySessionId }) => telephonySessionId))
const goneCalls = async () =>
  (await store.getAll('calls')).filter(({ eventsGone }) => eventsGone === 1).map(({ startedMs }) => startedMs / DAY_MS)

it('lets events go and keeps the figures, of any number of calls', async () => {
  await fill(450)
  expect(await letEventsGo(store, 430 * DAY_MS)).toBe(430)
  expect((await sessionsWithEvents()).size).toBe(20)
  expect(await store.count('calls')).toBe(450)
  expect((await goneCalls()).length).toBe(430)
  expect(await letEventsGo(store, 430 * DAY_MS)).toBe(0)
})

it('keeps the events of a call that is live, and of one whose card is up', async () => {
  await fill(3, (day) =>
    day === 0 ? { phase: 'talking', outcome: undefined, active: 1 } : day === 1 ? { active: 1 } : {},
  )
  await letEventsGo(store, 10 * DAY_MS)
  expect(await sessionsWithEvents()).toEqual(new Set(['s-0', 's-1']))
})

it('lets the events of others go by when they came', async () => {
  for (const one of [event('s-old', 1, 5), event('s-old', 2, 500), event('s-new', 1, 400)]) {
    for (const pack of packEvents([one])) await store.put('events', pack)
  }
  expect(await letEventsGo(store, 100)).toBe(1)
  expect(await sessionsWithEvents()).toEqual(new Set(['s-new']))
})

it('lets what is no call of the person go, of any number of sessions, and of theirs nothing', async () => {
  await fill(2)
  const ids = Array.from({ length: 450 }, (_, index) => `other-${index}`)
  await writeChange(
    store,
    { events: [...ids.map((id) => event(id, 1, 5)), event('new', 1, 500)], statuses: [], calls: [], cursor: undefined },
    UTC,
  )
  await store.put('statuses', { telephonySessionId: 'asked', asOf: '2026-03-09T10:00:00Z', receivedMs: 5, status: {} })
  await store.put('statuses', { telephonySessionId: 's-0', asOf: '2026-03-09T10:00:00Z', receivedMs: 5, status: {} })
  expect(await letOthersGo(store, 100)).toBe(451)
  expect(await sessionsWithEvents()).toEqual(new Set(['s-0', 's-1', 'new']))
  expect((await store.getAll('statuses')).map(({ telephonySessionId }) => telephonySessionId)).toEqual(['s-0'])
  expect(await letOthersGo(store, 100)).toBe(0)
})

it('lets the oldest events go first when there is no room, and tells how far that went', async () => {
  await fill(10)
  expect(await letOldestEventsGo(store, 4, 100 * DAY_MS)).toBe(3 * DAY_MS)
  expect((await goneCalls()).toSorted()).toEqual([0, 1, 2, 3])
  expect(await letOldestEventsGo(store, 4, 5 * DAY_MS)).toBe(4 * DAY_MS)
  expect(await letOldestEventsGo(store, 4, 5 * DAY_MS)).toBe(undefined)
})

it('lets events go where there is no room for as much as a mark, and marks their calls when there is', async () => {
  await fill(3)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    this.transaction.abort()
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  })
  expect(await letOldestEventsGo(store, 2, 100 * DAY_MS)).toBe(DAY_MS)
  put.mockRestore()
  expect(await sessionsWithEvents()).toEqual(new Set(['s-2']))
  expect(await goneCalls()).toEqual([])
  expect(await letOldestEventsGo(store, 2, 100 * DAY_MS)).toBe(DAY_MS)
  expect(await sessionsWithEvents()).toEqual(new Set(['s-2']))
  expect(await goneCalls()).toEqual([0, 1])
})

it('lets calls go with their events and out of their days', async () => {
  await fill(450)
  await store.put('notes', { telephonySessionId: 's-1', text: 'blue', tags: [], startedMs: DAY_MS, writtenMs: DAY_MS })
  expect(await letCallsGo(store, 440 * DAY_MS, UTC)).toBe(440)
  expect(await store.count('calls')).toBe(10)
  expect((await sessionsWithEvents()).size).toBe(10)
  expect(await store.count('days')).toBe(10)
  // A note is let go by its own time.
  expect(await store.count('notes')).toBe(1)
})

it('lets notes go by when they were written last', async () => {
  const note = { text: 'blue', tags: [], startedMs: 0 }
  await store.put('notes', { ...note, telephonySessionId: 's-1', writtenMs: 5 })
  await store.put('notes', { ...note, telephonySessionId: 's-2', writtenMs: 15 })
  expect(await letNotesGo(store, 10)).toBe(1)
  expect(await store.getAllKeys('notes')).toEqual(['s-2'])
})

it('keeps a note that the relay is still to have', async () => {
  const note = { telephonySessionId: 's-1', text: 'blue', tags: [], startedMs: 0, writtenMs: 5 }
  await writeNote(store, note, { isForCrm: true })
  expect(await letNotesGo(store, 10)).toBe(0)
  expect(await readUnsentNotes(store)).toMatchObject([{ text: 'blue' }])
  await settleNote(store, note)
  expect(await letNotesGo(store, 10)).toBe(1)
})

it('wipes everything but how far the log was taken in', async () => {
  await fill(5)
  await store.put('cursors', { relayUrl: 'https://relay.example.com', epoch: 'e', position: 7 })
  await store.put('gaps', { relayUrl: 'https://relay.example.com', noticedMs: 1 })
  await wipe(store)
  const counts = await Promise.all([...store.objectStoreNames].map(async (name) => [name, await store.count(name)]))
  expect(Object.fromEntries(counts)).toMatchObject({ calls: 0, days: 0, events: 0, gaps: 0, cursors: 1 })
})
