import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, expect, it } from 'vitest'
import { areCountedBy } from '../../../../entrypoints/lib/store/day-context.ts'
import { unpackDay } from '../../../../entrypoints/lib/store/day-packs.ts'
import { isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readDay, readGap, readLiveCalls } from '../../../../entrypoints/lib/store/read.ts'
import type { CallRow, Contact, PackedDay, PersonSchema, StoredDay } from '../../../../entrypoints/lib/store/schema.ts'
import { UPGRADES } from '../../../../entrypoints/lib/store/upgrades.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { followTimeZone } from '../../../../entrypoints/lib/store/write-days.ts'
import { describeImported } from '../../../../entrypoints/reports/files/imported-calls.ts'
import { FIGURE_NAMES, type FigureName, timeField } from '../../../../shared/metrics/figures.ts'
import { type Tally, tallyCalls } from '../../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { loadNotifications, loadStream, type StreamName } from '../../../support/streams.ts'
import { followTold } from '../../../support/told.ts'
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
  const kept = {
    calls: await store.getAllKeys('calls'),
    notes: await store.getAll('notes'),
    contacts: await store.getAll('contacts'),
  }
  store.close()
  return { shape, kept }
}

const NOTE = { telephonySessionId: 's-1', startedMs: 1, writtenMs: 2, text: 'Call back on Monday.', tags: ['order'] }
const CONTACT = {
  id: 'c-1',
  name: 'Ada Winter',
  company: 'Harbor Couriers',
  phoneNumbers: ['(408) 555-0123'],
  numberKeys: ['+14085550123'],
  tags: [],
} satisfies Contact

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
    await old.put('notes', NOTE)
    await old.put('contacts', CONTACT)
    old.close()
    expect(await readShape()).toEqual({ ...fresh, kept: { calls: ['s-1'], notes: [NOTE], contacts: [CONTACT] } })
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

/** A day as it was stored before days were packed. */
const asStoredBefore = (day: StoredDay): PackedDay => day

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
  await before.put('days', asStoredBefore({ day: '1970-01-01', countedBy: 'Europe/Berlin 2', hours }))
  before.close()
  const store = await openPersonStore(user)
  expect(await store.get('calls', 'asked')).toMatchObject({ part: { kind: 'consultation', ofId: 'in' } })
  await followTimeZone(store, context)
  const [day, ...others] = (await store.getAll('days')).map(unpackDay)
  expect(others).toEqual([])
  expect(day?.hours.map(({ tally }) => tally)).toMatchObject([{ calls: 2, answered: 1, missed: 1 }])
  store.close()
})

/** A row with no figure but those that version 5 knew. */
function asBefore(row: CallRow): CallRow {
  const known: readonly FigureName[] = ['ring', 'talk', 'hold', 'twoWayTalk', 'callerWait']
  const later = FIGURE_NAMES.filter((figure) => !known.includes(figure)).map(timeField)
  return Object.fromEntries(Object.entries(row).filter(([field]) => !later.some((one) => one === field))) as CallRow
}

/** Lays a recorded stream down in a store of version 5, as it was kept before the longest hold was measured. */
async function openBefore(...names: readonly StreamName[]) {
  const before = await openDB<PersonSchema>(name, 5, {
    upgrade: async (store, _oldVersion, _newVersion, tx) => {
      for (const step of UPGRADES.slice(0, 5)) await step(store, tx)
    },
  })
  const rows = names.flatMap((stream) => {
    const calls = followTold(loadStream(stream))
    return describeImported(calls, { extensionId: user.extensionId, country: 'US', isComplete: true })
  })
  for (const row of rows) await before.put('calls', asBefore(row))
  for (const { notification, telephonySessionId, sequence, uuid } of names.flatMap(listStored))
    await before.put('events', {
      telephonySessionId,
      sequence,
      uuid,
      count: 1,
      events: [{ sequence, uuid, receivedMs: 0, notification }],
    })
  return { before, rows }
}

function listStored(stream: StreamName) {
  return loadNotifications(stream).map((notification) => {
    const { telephonySessionId, sequence } = notification.body
    return { notification, telephonySessionId, sequence, uuid: notification.uuid }
  })
}

it('the longest hold of calls of before is measured from their events, those of tied sessions among them', async () => {
  const { before, rows } = await openBefore('pstn-to-user', 'attended-transfer', 'conference', 'no-answer')
  before.close()
  const store = await openPersonStore(user)
  const times = (some: readonly CallRow[]) =>
    Object.fromEntries(some.map(({ telephonySessionId, longestHoldMs }) => [telephonySessionId, longestHoldMs]))
  expect(times(await store.getAll('calls'))).toEqual(times(rows))
  expect(rows.filter(({ longestHoldMs = 0 }) => longestHoldMs > 0).length).toBeGreaterThan(2)
  store.close()
})

it('the longest hold of a call whose events are gone is not known, unless there was no hold', async () => {
  const { before } = await openBefore()
  const row = asBefore(buildRow({ telephonySessionId: 'held', holdMs: 5, eventsGone: 1 }))
  await before.put('calls', row)
  await before.put('calls', { ...row, telephonySessionId: 'notHeld', holdMs: 0 })
  before.close()
  const store = await openPersonStore(user)
  const rows = await store.getAll('calls')
  expect(rows.map(({ telephonySessionId, longestHoldMs }) => [telephonySessionId, longestHoldMs])).toEqual([
    ['held', undefined],
    ['notHeld', 0],
  ])
  store.close()
})

it('the gap that was noticed before is known after', async () => {
  const { before } = await openBefore()
  await before.put('holes' as 'gaps', { relayUrl: 'https://relay.example.com', noticedMs: 7 })
  before.close()
  const store = await openPersonStore(user)
  expect(await readGap(store, 'https://relay.example.com')).toEqual({
    relayUrl: 'https://relay.example.com',
    noticedMs: 7,
  })
  store.close()
})

it('every figure is in the rows of before', async () => {
  const { before } = await openBefore('pstn-to-user')
  before.close()
  const store = await openPersonStore(user)
  const [row = {}] = await store.getAll('calls')
  expect(Object.keys(row)).toEqual(expect.arrayContaining(FIGURE_NAMES.map(timeField)))
  store.close()
})

it('days that were stored as objects are none of today’s until they are counted again', async () => {
  const context = { calendar: createCalendar('Europe/Berlin'), timeZone: 'Europe/Berlin' }
  const store = await openPersonStore(user)
  const row = buildRow({ telephonySessionId: 's-1', startedMs: 1 })
  const hours = [{ hour: 1, tally: tallyCalls([row].filter(isFinished)) }]
  const countedBy = `Europe/Berlin ${context.calendar.rules} 4 ring talk hold longestHold`
  await store.put('calls', row)
  await store.put('days', asStoredBefore({ day: '1970-01-01', countedBy, hours }))
  const read = async () => [(await readDay(store, '1970-01-01')) ?? { day: 'none', hours: [] }]
  expect(areCountedBy(await read(), context)).toBe(false)
  await followTimeZone(store, context)
  expect(areCountedBy(await read(), context)).toBe(true)
  expect((await read()).map((day) => day.hours)).toEqual([hours])
  store.close()
})

it('days whose tallies had no longest hold are counted again, whoever comes to them first', async () => {
  const context = { calendar: createCalendar('Europe/Berlin'), timeZone: 'Europe/Berlin' }
  const { before, rows } = await openBefore('pstn-to-user')
  const [row] = rows
  if (row === undefined) throw new Error('the recorded call should be there')
  const { distributions, ...counts } = tallyCalls([row].filter(isFinished))
  const tally = { ...counts, ...distributions, longestHold: undefined } as unknown as Tally
  const day = context.calendar.dayOf(row.startedMs)
  const hours = [{ hour: context.calendar.hourOf(row.startedMs), tally }]
  await before.put('days', asStoredBefore({ day, countedBy: `Europe/Berlin ${context.calendar.rules} 3`, hours }))
  before.close()
  const store = await openPersonStore(user)
  const another = buildRow({ telephonySessionId: 'next', startedMs: row.startedMs, holdMs: 9, longestHoldMs: 7 })
  await writeChange(store, { events: [], statuses: [], calls: [another], cursor: undefined }, context)
  expect((await readDay(store, day))?.hours.map((one) => one.tally.distributions.longestHold)).toEqual([
    { sortedMs: [7, 2393] },
  ])
  store.close()
})
