import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonStore } from '../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../entrypoints/lib/store/open-writable.ts'
import { readDays } from '../../../entrypoints/lib/store/read-range.ts'
import type { CallRow } from '../../../entrypoints/lib/store/schema.ts'
import { writeChange } from '../../../entrypoints/lib/store/write.ts'
import { type LoadedRanges, readChanges } from '../../../entrypoints/reports/changes.ts'
import { loadCalls } from '../../../entrypoints/reports/loaded-range.ts'
import { type RangeChoice, resolveRange } from '../../../entrypoints/reports/range.ts'
import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { buildRow } from '../lib/store/row.ts'

/** What a page holds is what the store has, whatever was announced; and no more of it is read again than has to be. */

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const timeZone = 'Europe/Berlin'
const calendar = createCalendar(timeZone)
const today = '2026-11-22'
const NOON_MS = Date.parse('2026-11-22T11:00:00Z')

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  await clear()
  store.close()
})

const clear = () => Promise.all([store.clear('calls'), store.clear('days')])
const write = (...calls: CallRow[]) =>
  writeChange(store, { events: [], statuses: [], calls, cursor: undefined }, { calendar, timeZone })

async function load(choice: RangeChoice, isStopped = () => false): Promise<LoadedRanges> {
  const spans = resolveRange(choice, today, calendar)
  const days = { spans, days: await readDays(store, spans.before.fromDay, spans.now.toDay) }
  const calls = await loadCalls(store, spans, { calendar, onShare: () => !isStopped() })
  if (calls === undefined) throw new Error('the calls should have been read')
  return { days, calls, recent: undefined }
}

const follow = (loaded: LoadedRanges) => readChanges(store, loaded, { calendar, today })
const idsOf = ({ calls }: LoadedRanges) => calls.now.map(({ row }) => row.telephonySessionId)

const call = (telephonySessionId: string, daysAgo: number, fields: Partial<CallRow> = {}) =>
  buildRow({ telephonySessionId, startedMs: NOON_MS - daysAgo * DAY_MS, ringMs: 5000, ...fields })

describe('what was loaded', () => {
  it('follows a call that has ended, and not one that goes on', async () => {
    await write(call('old', 3))
    const first = await follow(await load({ kind: '7d' }))
    expect(first && idsOf(first)).toEqual(['old'])

    await write(call('new', 0, { phase: 'ringing', outcome: undefined }))
    const ringing = first && (await follow(first))
    expect(ringing?.calls).toBe(first?.calls)

    await write(call('new', 0))
    const ended = ringing && (await follow(ringing))
    expect(ended && idsOf(ended)).toEqual(['old', 'new'])
  })

  it('follows a late event about an older day, and reads no other old day', async () => {
    await write(call('a', 3), call('b', 4))
    const loaded = await follow(await load({ kind: '7d' }))
    await write(call('a', 3, { ringMs: 9000 }))
    const changed = loaded && (await follow(loaded))
    expect(changed?.calls.now.map(({ row }) => row.ringMs)).toEqual([5000, 9000])
    // The same object: it was not read again.
    expect(changed?.calls.now[0]).toBe(loaded?.calls.now[0])
  })

  it('asks for everything when an old call changed in what days do not count', async () => {
    await write(call('a', 3))
    const loaded = await follow(await load({ kind: '7d' }))
    await write(call('a', 3, { name: 'Ada Winter' }))
    expect(loaded && (await follow(loaded))).toBeUndefined()
  })

  it('forgets calls that were deleted with their day', async () => {
    await write(call('a', 3), call('b', 4))
    const loaded = await follow(await load({ kind: '7d' }))
    await Promise.all([store.delete('calls', 'a'), store.delete('days', '2026-11-19')])
    const changed = loaded && (await follow(loaded))
    expect(changed && idsOf(changed)).toEqual(['b'])
  })

  it('is what reading everything gives, after any changes', async () => {
    const anyChange = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      daysAgo: fc.constantFrom(0, 1, 2, 5, 9, 13, 20),
      ringMs: fc.nat(3),
      outcome: fc.constantFrom('answered', 'missed', undefined),
    })
    await fc.assert(
      fc
        .asyncProperty(fc.array(anyChange, { maxLength: 8 }), async (changes) => {
          // A call begins once, wherever it was first said to.
          const daysAgo = new Map<string, number>()
          let loaded = await load({ kind: '7d' })
          for (const { id, ringMs, outcome, ...change } of changes) {
            daysAgo.set(id, daysAgo.get(id) ?? change.daysAgo)
            await write(call(id, daysAgo.get(id) ?? 0, { ringMs, outcome }))
            loaded = (await follow(loaded)) ?? (await load({ kind: '7d' }))
            const afresh = await load({ kind: '7d' })
            expect(loaded.calls).toEqual(afresh.calls)
            expect(loaded.days).toEqual(afresh.days)
          }
        })
        .beforeEach(clear),
      { numRuns: 30 },
    )
  })
})

describe('missed calls', () => {
  const range = { kind: 'own', fromDay: '2026-11-10', toDay: '2026-11-12' } as const
  const numberKey = 'tel:+12025550123'

  it('are returned by a call after the range', async () => {
    await write(
      call('missed', 11, { outcome: 'missed', numberKey }),
      call('other', 11, { outcome: 'missed', numberKey: 'tel:+12025550199' }),
      call('back', 2, { direction: 'Outbound', numberKey, talkMs: 1000 }),
    )
    const { calls } = await load(range)
    expect([...calls.returned.keys()]).toEqual(['missed'])
    expect(calls.returned.get('missed')).toMatchObject({ telephonySessionId: 'back', how: 'calledBack' })
  })

  it('are not returned by an earlier one', async () => {
    await write(
      call('before', 12, { direction: 'Outbound', numberKey, talkMs: 1000 }),
      call('missed', 11, { outcome: 'missed', numberKey }),
    )
    expect((await load(range)).calls.returned.size).toBe(0)
  })
})

describe('reading a long range', () => {
  it('tells how far it is, and stops when told to', async () => {
    const spans = resolveRange({ kind: 'year' }, today, calendar)
    const shares: number[] = []
    const read = (goesOn: (share: number) => boolean) =>
      loadCalls(store, spans, {
        calendar,
        onShare: (share) => {
          shares.push(share)
          return goesOn(share)
        },
      })
    await read(() => true)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    shares.length = 0
    expect(await read((share) => share < 0.2)).toBeUndefined()
    expect(shares.at(-1)).toBeLessThan(0.3)
  })
})
