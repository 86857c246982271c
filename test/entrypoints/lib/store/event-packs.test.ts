import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, expect, it } from 'vitest'
import { packEvents, unpackEvents } from '../../../../entrypoints/lib/store/event-packs.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readEvents } from '../../../../entrypoints/lib/store/read.ts'
import type { StoredEvent } from '../../../../entrypoints/lib/store/schema.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'

const user = { accountId: '400100', extensionId: '400102' } as const
const UTC = { calendar: createCalendar('UTC'), timeZone: 'UTC' }

afterEach(() => deleteDB(`ringside:${user.accountId}:${user.extensionId}`))

const event = (
  telephonySessionId: string,
  sequence: number,
  uuid = `${telephonySessionId}-${sequence}`,
): StoredEvent => ({
  telephonySessionId,
  sequence,
  uuid,
  receivedMs: sequence,
  notification: { body: { sequence } },
})

it('makes one record of the events of a call, and the same events of the record', () => {
  const events = [event('a', 2), event('b', 2), event('a', 3), event('a', 1)]
  const packs = packEvents(events)
  expect(packs.map(({ telephonySessionId, sequence, count }) => [telephonySessionId, sequence, count])).toEqual([
    ['a', 2, 3],
    ['b', 2, 1],
  ])
  expect(unpackEvents(packs)).toEqual([event('a', 2), event('a', 3), event('a', 1), event('b', 2)])
  expect(packEvents([])).toEqual([])
})

it('keeps every event once, however they come together and again', async () => {
  const store = await openPersonStore(user)
  const write = (...events: readonly StoredEvent[]) =>
    writeChange(store, { events, statuses: [], calls: [], cursor: undefined }, UTC)
  await write(event('a', 4), event('a', 3))
  await write(event('a', 1))
  // Told again, with others and alone, and another one under the same number.
  await write(event('a', 4), event('a', 5), event('a', 6))
  await write(event('a', 4))
  await write(event('a', 4, 'other'))
  const kept = await readEvents(store, 'a')
  expect(kept.map(({ uuid }) => uuid)).toEqual(['a-1', 'a-3', 'a-4', 'other', 'a-5', 'a-6'])
  store.close()
})
