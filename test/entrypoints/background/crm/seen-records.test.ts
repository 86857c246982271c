import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSeenRecords, type SeenRecords } from '../../../../entrypoints/background/crm/seen-records.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readSeenRecords } from '../../../../entrypoints/lib/store/read-records.ts'
import { DAY_MS } from '../../../../shared/time.ts'
import { eventually } from '../../../support/eventually.ts'

const ADA = 'tel:+14085550123'
const GRACE = 'tel:+12065550147'
const NOW_MS = Date.parse('2026-03-02T09:00:00Z')

let count = 0
let store: PersonStore
let records: SeenRecords
const onRead = vi.fn()

beforeEach(async () => {
  onRead.mockReset()
  store = await openPersonStore({ accountId: 'a', extensionId: String(count++) })
  records = createSeenRecords(store, onRead)
})
afterEach(() => store.close())

const keep = (numberKey: string, id: number, seenMs: number) =>
  records.keep({ numberKey, url: `https://crm.example/${id}`, title: `Record ${id}`, seenMs })
const stored = async (numberKey: string) => (await readSeenRecords(store, numberKey)).map(({ title }) => title)

test('a number has the record seen last first, five of them at most', async () => {
  for (const id of [1, 2, 3, 4, 5, 6]) await keep(ADA, id, NOW_MS + id)
  await keep(ADA, 3, NOW_MS + 10)
  await keep(GRACE, 7, NOW_MS)
  expect(await stored(ADA)).toEqual(['Record 3', 'Record 6', 'Record 5', 'Record 4', 'Record 2'])
  expect(await stored(GRACE)).toEqual(['Record 7'])
})

test('a record that has not been met for ninety days is forgotten', async () => {
  await keep(GRACE, 1, NOW_MS)
  await keep(ADA, 2, NOW_MS + 90 * DAY_MS - 1)
  expect(await stored(GRACE)).toEqual(['Record 1'])
  await keep(ADA, 2, NOW_MS + 90 * DAY_MS)
  expect(await stored(GRACE)).toEqual([])
})

test('what is asked for is read once, and again when something is added', async () => {
  await keep(ADA, 1, NOW_MS)
  expect(onRead).not.toHaveBeenCalled()
  expect(records.of(ADA)).toEqual([])
  await eventually(() => expect(onRead).toHaveBeenCalledTimes(1))
  expect(records.of(ADA)).toMatchObject([{ title: 'Record 1' }])
  await keep(ADA, 2, NOW_MS + 1)
  expect(onRead).toHaveBeenCalledTimes(2)
  expect(records.of(ADA)).toMatchObject([{ title: 'Record 2' }, { title: 'Record 1' }])
  await keep(GRACE, 3, NOW_MS)
  expect(onRead).toHaveBeenCalledTimes(2)
})

test('numbers of calls that are over are not held', async () => {
  await keep(ADA, 1, NOW_MS)
  records.of(ADA)
  await eventually(() => expect(records.of(ADA)).toHaveLength(1))
  records.retain(new Set([GRACE]))
  expect(records.of(ADA)).toEqual([])
})
