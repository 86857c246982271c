import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls, Frame } from '../../../../entrypoints/background/calls/calls.ts'
import { unpackEvents } from '../../../../entrypoints/lib/store/event-packs.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCall, readCursor, readEvents, readLastCalls } from '../../../../entrypoints/lib/store/read.ts'
import { letEventsGo } from '../../../../entrypoints/lib/store/write-retention.ts'
import { createRandom, shuffle } from '../../../support/random.ts'
import { restampStream } from '../../../support/restamp.ts'
import {
  at,
  type BeginOptions,
  beginCalls,
  DELAY_MS,
  ENDED_CARD_MS,
  frameOf,
  idOf,
  part,
  relayUrl,
  removeStore,
  sid,
  startMs,
  stream,
  user,
} from './calls-bench.ts'

/** What is made of events as they are taken in, and what of it is stored. */

let store: PersonStore
let calls: Calls
let shownAt: readonly string[][]
let told: readonly string[]

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = begin()
})
afterEach(() => removeStore(store))

/** Calls as a worker has them that has just been started. */
function begin(options?: BeginOptions): Calls {
  const begun = beginCalls(store, options)
  shownAt = begun.shownAt
  told = begun.told
  return begun.calls
}

describe('taking in', () => {
  it('shows first and stores events, row and cursor together', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(16_100))
    expect(shownAt).toEqual([['talking']])
    expect(await readCall(store, sid())).toMatchObject({ phase: 'talking', ringMs: 7345, active: 1, delayMs: DELAY_MS })
    expect(await readEvents(store, sid())).toHaveLength(7)
    expect(await readCursor(store, relayUrl)).toMatchObject({ epoch: 'e', position: 7 })
  })

  it('has the same row in any order and with repetitions', async () => {
    await calls.ingest(frameOf(stream, 11), at(31_000))
    const inOrder = await readCall(store, sid())
    await calls.ingest(frameOf(shuffle([...stream, ...stream], createRandom(3)), 33), at(31_000))
    expect(await readCall(store, sid())).toEqual(inOrder)
    expect(inOrder).toMatchObject({ ringMs: 7345, talkMs: 12414, holdMs: 2393, outcome: 'answered' })
  })

  it('follows the clock of the relay: the smallest delay that an event showed', async () => {
    const [first, ...rest] = frameOf(part(6, 8), 3).events
    if (first === undefined) throw new Error('no events')
    const late = { ...first, receivedAt: new Date(Date.parse(first.receivedAt) + 900).toISOString() }
    await calls.ingest({ epoch: 'e', head: 3, isPast: false, events: [late, ...rest] }, at(16_100))
    expect((await readCall(store, sid()))?.delayMs).toBe(DELAY_MS)
  })

  it('keeps the cursor of a ping behind what came before it', async () => {
    const taken = calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    const kept = calls.keepCursor({ epoch: 'e', position: 90 })
    await Promise.all([taken, kept])
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: 90 })
    expect(await readEvents(store, sid())).toHaveLength(6)
  })

  it('keeps the events of calls of others without a row', async () => {
    const strangers = restampStream('pstn-to-user', startMs).filter(({ sequence }) => sequence <= 5)
    const [first] = strangers
    if (first === undefined) throw new Error('the stream is empty')
    await calls.ingest(frameOf(strangers, 4), at(9000))
    expect(await readLastCalls(store, 10)).toEqual([])
    expect(await readEvents(store, idOf(first))).toHaveLength(4)
  })

  it('shows calls from memory while the store refuses, and has all of it right when started afresh', async () => {
    await calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    store.close()
    await expect(calls.ingest(frameOf(part(8, 8), 7), at(16_000))).rejects.toThrow()
    const others = restampStream('direct-call', startMs)
    await expect(calls.ingest(frameOf(others.slice(0, 3), 10), at(16_500))).rejects.toThrow()
    expect(shownAt.at(-1)).toHaveLength(2)
    expect(calls.active().map(({ phase }) => phase)).toContain('talking')
    store = await openPersonStore(user)
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: 6 })
    calls = begin()
    await calls.load(at(60_000))
    // What the relay has after the cursor.
    await calls.ingest(frameOf(stream.slice(6), 11), at(31_000))
    expect(await readCall(store, sid())).toMatchObject({ ringMs: 7345, talkMs: 12414, holdMs: 2393 })
  })

  it('writes nothing later than what the store refused', async () => {
    await calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    store.close()
    await expect(calls.ingest(frameOf(part(8, 8), 7), at(16_000))).rejects.toThrow()
    store = await openPersonStore(user)
    await expect(calls.ingest(frameOf(part(9, 9), 8), at(21_000))).rejects.toThrow()
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: 6 })
  })
})

describe('a worker that was ended', () => {
  it('has its live calls again, and goes on with them', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(16_100))
    calls = begin()
    await calls.load(at(60_000))
    expect(calls.active().map(({ phase }) => phase)).toEqual(['talking'])
    await calls.ingest(frameOf(part(9, 12), 11), at(31_000))
    expect(await readCall(store, sid())).toMatchObject({ ringMs: 7345, talkMs: 12414, holdMs: 2393 })
    expect(calls.active().map(({ phase }) => phase)).toEqual(['ended'])
  })
})

it('tells the news of each call, once', async () => {
  for (const [index, event] of stream.entries()) await calls.ingest(frameOf([event], index + 1), at(31_000))
  expect(told).toEqual(['ringing', 'answered', 'held', 'resumed', 'ended'])
  await calls.ingest(frameOf(stream, 22), at(31_000))
  expect(told).toHaveLength(5)
})

it('claims no missing event where not every event is delivered', async () => {
  await calls.ingest(
    frameOf(
      part(6, 8).filter(({ sequence }) => sequence !== 7),
      2,
    ),
    { ...at(16_100), isComplete: false },
  )
  expect((await readCall(store, sid()))?.missingSequences).toEqual([])
})

describe('a call whose events were let go', () => {
  it('keeps its figures when something about it arrives after all, also in the next worker', async () => {
    await calls.ingest(frameOf(stream, 11), at(31_000))
    await calls.expire(startMs + 40_000 + ENDED_CARD_MS)
    await letEventsGo(store, startMs + 60_000)
    const row = await readCall(store, sid())
    expect(row).toMatchObject({ eventsGone: 1, ringMs: 7345, talkMs: 12414 })
    calls = begin()
    await calls.load(at(60_000))
    await calls.ingest(frameOf(part(9, 10), 13), at(40_000))
    expect(await readCall(store, sid())).toEqual(row)
    expect(await readEvents(store, sid())).toEqual([])
    // It has been taken in all the same: it must not come again.
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: 13 })
    expect(told).toEqual([])
  })
})

it('keeps the figures of a call whose events were let go without a mark, for want of room', async () => {
  await calls.ingest(frameOf(stream, 11), at(31_000))
  await calls.expire(startMs + 40_000 + ENDED_CARD_MS)
  await store.clear('events')
  const row = await readCall(store, sid())
  calls = begin()
  await calls.load(at(60_000))
  await calls.ingest(frameOf(part(9, 10), 13), at(40_000))
  expect(await readCall(store, sid())).toEqual(row)
})

describe('a week that is caught up with', () => {
  const CALLS = 12
  const kept = async () => ({
    rows: await readLastCalls(store, CALLS),
    events: unpackEvents(await store.getAll('events'))
      .map(({ uuid }) => uuid)
      .sort(),
    days: await store.getAll('days'),
    cursor: await readCursor(store, relayUrl),
  })

  /** Calls of long ago, some events late, in frames as they may be cut: sessions leave memory as they end, and come back. */
  function cut(seed: number): readonly Frame[] {
    const random = createRandom(seed)
    const week = Array.from({ length: CALLS }, () => restampStream('pstn-to-user', startMs)).flat()
    const late = week.map((event) => ({ event, at: event.sequence + (random() < 0.2 ? random() * 30 : 0) }))
    const told = late.sort((a, b) => a.at - b.at).map(({ event }) => event)
    const frames: Frame[] = []
    for (let from = 0; from < told.length; ) {
      const to = from + 1 + Math.floor(random() * 9)
      frames.push({ ...frameOf(told.slice(from, to), Math.min(to, told.length)), isPast: true })
      from = to
    }
    return frames
  }

  it.each([1, 2, 3, 4, 5, 6])(
    'comes to the same when its frames do not wait for each other (seed %i)',
    async (seed) => {
      const frames = cut(seed)
      const later = at(86_400_000)
      for (const frame of frames) await calls.ingest(frame, later)
      const expected = await kept()
      expect(expected.rows.map(({ talkMs }) => talkMs)).toEqual(Array.from({ length: CALLS }, () => 12414))
      for (const name of ['calls', 'events', 'days', 'cursors'] as const) await store.clear(name)
      calls = begin()
      await Promise.all(frames.map((frame) => calls.ingest(frame, later)))
      expect(await kept()).toEqual(expected)
      for (const name of ['calls', 'events', 'days', 'cursors'] as const) await store.clear(name)
      calls = begin()
      const random = createRandom(seed)
      const given: Promise<void>[] = []
      for (const frame of frames) {
        given.push(calls.ingest(frame, later))
        if (random() < 0.4) await (random() < 0.5 ? calls.shown() : given.at(-1))
      }
      await Promise.all(given)
      expect(await kept()).toEqual(expected)
    },
  )
})

describe('a store without room', () => {
  it('is written to through whoever makes some, and refuses when they cannot', async () => {
    const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    calls = begin({ retryAfterFreeingSpace: () => Promise.reject(full) })
    await expect(calls.ingest(frameOf(part(2, 7), 6), at(10_000))).rejects.toBe(full)
    expect(await readEvents(store, sid())).toEqual([])
    expect(calls.active()).toMatchObject([{ phase: 'ringing' }])
  })
})
