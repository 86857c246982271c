import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRetention, type Retention } from '../../../../entrypoints/background/retention/retention.ts'
import type { StorageEstimate } from '../../../../entrypoints/background/retention/storage-use.ts'
import type { RetentionSettings } from '../../../../entrypoints/lib/settings/settings.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readKeptSoFar } from '../../../../entrypoints/lib/store/read.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { DAY_MS, HOUR_MS } from '../../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../../lib/store/row.ts'

const user = { accountId: '400100', extensionId: '400102' } as const
const UTC = { calendar: createCalendar('UTC'), timeZone: 'UTC' }
const NOW_MS = 1000 * DAY_MS

let store: PersonStore
let clock: ManualClock
let retention: Retention
let settings: RetentionSettings
let change: (next: RetentionSettings) => void
let room: StorageEstimate
let changes: number
let problems: readonly unknown[]

beforeEach(async () => {
  store = await openPersonStore(user)
  settings = { eventDays: 30, callDays: 365, noteDays: 100 }
  room = { usage: 1, quota: 100 }
  changes = 0
  problems = []
  clock = createManualClock(NOW_MS, async () => retention.settled())
  retention = createRetention({
    store,
    name: 'Bea Lindqvist',
    dayContext: () => UTC,
    settings: {
      getValue: async () => settings,
      watch: (listener) => {
        change = (next) => {
          settings = next
          listener(next)
        }
        return () => undefined
      },
    },
    clock,
    estimate: async () => room,
    onChange: () => {
      changes++
    },
    onProblem: (error) => {
      problems = [...problems, error]
    },
  })
})
afterEach(async () => {
  retention.close()
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
  expect(problems).toEqual([])
})

/** Calls that began so many days ago, each with an event and a note. */
async function fill(daysAgo: readonly number[], fields: Partial<CallRow> = {}): Promise<void> {
  const ids = daysAgo.map((days) => ({ telephonySessionId: `s-${days}`, startedMs: NOW_MS - days * DAY_MS }))
  await writeChange(
    store,
    {
      events: ids.map(({ telephonySessionId, startedMs }) => ({
        telephonySessionId,
        sequence: 1,
        uuid: telephonySessionId,
        receivedMs: startedMs,
        notification: {},
      })),
      statuses: [],
      calls: ids.map((id) => buildRow({ ...id, ...fields })),
      cursor: undefined,
    },
    UTC,
  )
  for (const { telephonySessionId, startedMs } of ids)
    await store.put('notes', { telephonySessionId, text: 'blue', tags: [], startedMs, writtenMs: startedMs })
}

/** Sessions of which nobody's part is the person's, as an account has many; kept when the browser still got them all. */
async function fillOthers(count: number, receivedMs: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `other-${index}`)
  const events = ids.map((telephonySessionId) => ({
    telephonySessionId,
    sequence: 1,
    uuid: telephonySessionId,
    receivedMs,
    notification: {},
  }))
  await writeChange(store, { events, statuses: [], calls: [], cursor: undefined }, UTC)
}

const kept = async () => ({
  events: (await store.getAll('events')).map(({ telephonySessionId }) => telephonySessionId),
  calls: await store.getAllKeys('calls'),
  notes: await store.getAllKeys('notes'),
  days: await store.count('days'),
})

describe('what has been kept long enough', () => {
  it('goes once the relay has told the time, each kind after its own time, and out of the days', async () => {
    await fill([10, 31, 101, 366])
    expect((await kept()).calls).toHaveLength(4)
    retention.start()
    await retention.settled()
    expect(await kept()).toEqual({
      events: ['s-10'],
      calls: ['s-10', 's-101', 's-31'],
      notes: ['s-10', 's-31'],
      days: 3,
    })
    expect(await readKeptSoFar(store)).toEqual({
      name: 'Bea Lindqvist',
      prunedMs: NOW_MS,
      eventsGoneBeforeMs: NOW_MS - 30 * DAY_MS,
    })
    expect(changes).toBe(1)
  })

  it("goes at once where it is no call of the person's", async () => {
    await fill([1])
    await fillOthers(300, NOW_MS - 2 * HOUR_MS)
    retention.start()
    await retention.settled()
    expect(await kept()).toMatchObject({ events: ['s-1'], calls: ['s-1'] })
  })

  it('goes daily, and not at every start of the worker', async () => {
    retention.start()
    await retention.settled()
    await fill([29])
    await clock.moveTo(NOW_MS + 22 * HOUR_MS)
    expect((await kept()).events).toEqual(['s-29'])
    await clock.moveTo(NOW_MS + 2 * DAY_MS)
    expect((await kept()).events).toEqual([])
    expect((await kept()).calls).toEqual(['s-29'])
  })

  it('goes at once when the person chooses a shorter time', async () => {
    await fill([3, 10])
    retention.start()
    await retention.settled()
    change({ eventDays: 5, callDays: 0, noteDays: 5 })
    await retention.settled()
    expect(await kept()).toMatchObject({ events: ['s-3'], calls: ['s-10', 's-3'], notes: ['s-3'] })
  })

  it('stays for ever where the person wants that, events aside', async () => {
    settings = { eventDays: 30, callDays: 0, noteDays: 0 }
    await fill([900])
    retention.start()
    await retention.settled()
    expect(await kept()).toMatchObject({ events: [], calls: ['s-900'], notes: ['s-900'] })
  })

  it.each([
    [365, 90],
    [0, 90],
    [30, 30],
  ])(
    'goes with the CRM pages that showed a number: with calls for %i days these are kept for %i',
    async (callDays, days) => {
      settings = { ...settings, callDays }
      const record = { numberKey: 'tel:1', title: 'Ada' }
      const seenMs = NOW_MS - days * DAY_MS
      await store.put('records', { ...record, url: 'https://crm.example.com/old', seenMs: seenMs - DAY_MS })
      await store.put('records', { ...record, url: 'https://crm.example.com/new', seenMs: seenMs + DAY_MS })
      retention.start()
      await retention.settled()
      expect((await store.getAll('records')).map(({ url }) => url)).toEqual(['https://crm.example.com/new'])
      // No events went, so there is nothing to tell.
      expect(await readKeptSoFar(store)).not.toHaveProperty('eventsGoneBeforeMs')
    },
  )

  it('stays while the call is live', async () => {
    await fill([900], { phase: 'onHold', outcome: undefined, active: 1 })
    retention.start()
    await retention.settled()
    expect(await kept()).toMatchObject({ events: ['s-900'], calls: ['s-900'] })
  })
})

describe('room', () => {
  it('is scarce before it is gone, and the person is told', async () => {
    retention.start()
    await retention.settled()
    expect(retention.isScarce()).toBe(false)
    const before = changes
    room = { usage: 80, quota: 100 }
    await clock.moveTo(NOW_MS + HOUR_MS)
    expect([retention.isScarce(), changes]).toEqual([true, before + 1])
    room = { usage: 79, quota: 100 }
    await clock.moveTo(NOW_MS + 2 * HOUR_MS)
    expect(retention.isScarce()).toBe(false)
  })

  it('is made by letting the oldest events go, not the calls, and it is written down how far that went', async () => {
    await fill([3, 2, 1])
    await fill([0])
    room = { usage: 90, quota: 100 }
    retention.start()
    await retention.settled()
    expect(await kept()).toMatchObject({ events: ['s-0'], calls: ['s-0', 's-1', 's-2', 's-3'] })
    expect(await readKeptSoFar(store)).toMatchObject({ eventsGoneBeforeMs: NOW_MS - DAY_MS + 1 })
    // The browser has tidied up; the person still hears of it for a day.
    room = { usage: 10, quota: 100 }
    await clock.moveTo(NOW_MS + 23 * HOUR_MS)
    expect(retention.isScarce()).toBe(true)
    await clock.moveTo(NOW_MS + 25 * HOUR_MS)
    expect(retention.isScarce()).toBe(false)
  })

  it("is made of what is no call of the person's before any evidence of theirs goes", async () => {
    await fill([0.5])
    await store.put('keeping', { name: 'Bea Lindqvist', prunedMs: NOW_MS }, 'now')
    await fillOthers(300, NOW_MS - 2 * HOUR_MS)
    room = { usage: 90, quota: 100 }
    retention.start()
    await retention.settled()
    expect(await kept()).toMatchObject({ events: ['s-0.5'] })
    expect(await readKeptSoFar(store)).toEqual({ name: 'Bea Lindqvist', prunedMs: NOW_MS, madeRoomMs: NOW_MS })
  })

  it('is scarce by our own limit where the browser always claims to have more', async () => {
    room = { usage: 1_700_000_000, quota: 12_000_000_000 }
    retention.start()
    await retention.settled()
    expect(retention.isScarce()).toBe(true)
  })

  it('says nothing where the browser says nothing', async () => {
    room = {}
    retention.start()
    await retention.settled()
    expect(retention.isScarce()).toBe(false)
  })
})

describe('a write for which there is no room', () => {
  const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  /** A store that is full until events have gone. */
  const refuseUntilGone = async () => {
    if ((await store.count('events')) > 0) throw full
    return 'written'
  }

  it('is tried once more when the oldest events have gone', async () => {
    await fill([2, 1])
    expect(await retention.retryAfterFreeingSpace(refuseUntilGone)).toBe('written')
    expect((await kept()).calls).toEqual(['s-1', 's-2'])
  })

  it('fails when there is nothing to let go, or when that does not help', async () => {
    let tries = 0
    const refuse = async () => {
      tries++
      throw full
    }
    await expect(retention.retryAfterFreeingSpace(refuse)).rejects.toBe(full)
    expect(tries).toBe(1)
    await fill([1])
    await expect(retention.retryAfterFreeingSpace(refuse)).rejects.toBe(full)
    expect(tries).toBe(3)
    expect((await kept()).events).toEqual([])
  })

  it('lets nothing more go within the hour: a disk that others have filled does not get better by it', async () => {
    await fill([1])
    await expect(retention.retryAfterFreeingSpace(() => Promise.reject(full))).rejects.toBe(full)
    await fill([2])
    await expect(retention.retryAfterFreeingSpace(() => Promise.reject(full))).rejects.toBe(full)
    expect((await kept()).events).toEqual(['s-2'])
    await clock.moveTo(NOW_MS + HOUR_MS)
    await expect(retention.retryAfterFreeingSpace(() => Promise.reject(full))).rejects.toBe(full)
    expect((await kept()).events).toEqual([])
  })

  it('fails at once for any other reason, and lets nothing go', async () => {
    await fill([1])
    const broken = new Error('broken')
    await expect(retention.retryAfterFreeingSpace(() => Promise.reject(broken))).rejects.toBe(broken)
    expect((await kept()).events).toEqual(['s-1'])
  })
})
