import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { areCountedBy, type DayContext, followDayContext } from '../../../entrypoints/lib/store/day-context.ts'
import type { PersonStore } from '../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../entrypoints/lib/store/open-writable.ts'
import { writeChange } from '../../../entrypoints/lib/store/write.ts'
import { readToday } from '../../../entrypoints/popup/today.ts'
import { buildRow } from '../lib/store/row.ts'

/** What the popup says of today, while the worker that counts days has not noticed yet that the person has travelled. */

const inZone = (timeZone: string): DayContext => followDayContext(() => timeZone)()
const BERLIN = inZone('Europe/Berlin')
const TOKYO = inZone('Asia/Tokyo')
const NEW_YORK = inZone('America/New_York')

/** Late in the evening in Berlin, the morning after in Tokyo, the afternoon before in New York. */
const NOW_MS = Date.parse('2026-03-10T22:30:00Z')

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore({ accountId: '400100', extensionId: '400102' })
})
afterEach(async () => {
  await Promise.all([store.clear('calls'), store.clear('days')])
  store.close()
})

async function keep(...startedAt: readonly string[]): Promise<void> {
  const calls = startedAt.map((at, index) => buildRow({ telephonySessionId: `s-${index}`, startedMs: Date.parse(at) }))
  await writeChange(store, { events: [], statuses: [], calls, cursor: undefined }, BERLIN)
}

const countToday = async (context: DayContext) => (await readToday(store, context, NOW_MS)).calls

describe('today', () => {
  it('is what is kept, where the person stayed', async () => {
    await keep('2026-03-10T08:00:00Z', '2026-03-10T22:10:00Z', '2026-03-09T22:59:00Z')
    expect(await countToday(BERLIN)).toBe(2)
  })

  it('is not empty after a flight east, on a day that nobody has counted yet', async () => {
    await keep('2026-03-10T08:00:00Z', '2026-03-10T22:10:00Z')
    expect(await store.getAllKeys('days')).toEqual(['2026-03-10'])
    expect(await countToday(TOKYO)).toBe(1)
  })

  it('counts the hours of the new zone after a flight west, although the old one has a day of that name', async () => {
    await keep('2026-03-09T23:30:00Z', '2026-03-10T03:30:00Z', '2026-03-10T08:00:00Z', '2026-03-10T22:10:00Z')
    expect(await countToday(BERLIN)).toBe(4)
    expect(await countToday(NEW_YORK)).toBe(2)
  })

  it('is nothing where nothing happened', async () => {
    expect(await countToday(TOKYO)).toBe(0)
  })
})

describe('the days that are kept', () => {
  it('are those of where they were counted alone', async () => {
    await keep('2026-03-10T08:00:00Z', '2026-03-01T08:00:00Z')
    const days = await store.getAll('days')
    expect(areCountedBy(days, BERLIN)).toBe(true)
    expect(areCountedBy(days, TOKYO)).toBe(false)
  })

  it('are counted where the person is by the next write, without the worker being started again', async () => {
    let timeZone = 'Europe/Berlin'
    const where = followDayContext(() => timeZone)
    await keep('2026-03-10T22:10:00Z')
    expect(where().timeZone).toBe('Europe/Berlin')
    timeZone = 'Asia/Tokyo'
    const calls = [buildRow({ telephonySessionId: 's-9', startedMs: NOW_MS })]
    await writeChange(store, { events: [], statuses: [], calls, cursor: undefined }, where())
    expect(await store.getAllKeys('days')).toEqual(['2026-03-11'])
    expect((await readToday(store, TOKYO, NOW_MS)).calls).toBe(2)
  })
})
