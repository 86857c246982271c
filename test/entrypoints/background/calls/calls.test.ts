import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Calls,
  type CallsOptions,
  createCalls,
  type Frame,
} from '../../../../entrypoints/background/calls/calls.ts'
import { followDayContext } from '../../../../entrypoints/lib/store/day-context.ts'
import { unpackEvents } from '../../../../entrypoints/lib/store/event-packs.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import {
  readActiveCalls,
  readCall,
  readCursor,
  readEvents,
  readLastCalls,
} from '../../../../entrypoints/lib/store/read.ts'
import { letEventsGo } from '../../../../entrypoints/lib/store/write-retention.ts'
import { createRandom, shuffle } from '../../../support/random.ts'
import { type NumberedEnvelope, restampStream } from '../../../support/restamp.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const relayUrl = 'https://relay.example.com'
/** Where the platform's clock stands against the relay's in these tests. */
const DELAY_MS = 40
const ENDED_CARD_MS = 60_000

let store: PersonStore
let calls: Calls
let shownAt: readonly string[][]
let told: readonly string[]
let startMs: number
let stream: readonly NumberedEnvelope[]

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = begin()
  startMs = Date.parse('2026-06-01T12:00:00.000Z')
  stream = restampStream('pstn-to-user', startMs)
})
afterEach(async () => {
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

/** Calls as a worker has them that has just been started. */
function begin(options: Pick<CallsOptions, 'retryAfterFreeingSpace' | 'isInUse'> = {}): Calls {
  shownAt = []
  told = []
  const made: Calls = createCalls({
    ...options,
    store,
    relayUrl,
    extensionId: user.extensionId,
    country: 'US',
    dayContext: followDayContext(() => 'Europe/Berlin'),
    onShown: () => {
      shownAt = [...shownAt, made.active().map(({ phase }) => phase)]
    },
    onNews: (_row, news) => {
      told = [...told, ...news]
    },
    onStored: () => undefined,
  })
  return made
}

function frameOf(envelopes: readonly NumberedEnvelope[], head: number): Frame {
  return {
    isPast: false,
    epoch: 'e',
    head,
    events: envelopes.map(({ envelope }, index) => ({
      position: head - envelopes.length + 1 + index,
      receivedAt: new Date(Date.parse(String(envelope.timestamp)) + DELAY_MS).toISOString(),
      notification: envelope,
    })),
  }
}

const pastFrameOf = (envelopes: readonly NumberedEnvelope[], head: number): Frame => ({
  ...frameOf(envelopes, head),
  isPast: true,
})

const at = (ms: number) => ({ isComplete: true, nowMs: startMs + ms, endedCardMs: ENDED_CARD_MS })
const part = (from: number, to: number) => stream.filter(({ sequence }) => sequence >= from && sequence <= to)
const idOf = ({ envelope }: NumberedEnvelope) => (envelope.body as { telephonySessionId: string }).telephonySessionId
const sid = () => {
  const [first] = stream
  if (first === undefined) throw new Error('the stream is empty')
  return idOf(first)
}

interface Party {
  readonly id: string
  readonly extensionId?: string
  readonly status: { readonly code: string }
}
const partiesOf = ({ envelope }: NumberedEnvelope) => (envelope.body as { parties: readonly Party[] }).parties
const partyOf = (event: NumberedEnvelope) => partiesOf(event)[0]?.id
const codeOf = (event: NumberedEnvelope) => partiesOf(event)[0]?.status.code
const isMine = (event: NumberedEnvelope) => partiesOf(event)[0]?.extensionId === user.extensionId
const firstPartyOf = (events: readonly NumberedEnvelope[]) => events.filter(isMine).map(partyOf)[0]

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

describe('the card of a call', () => {
  it('stays a while after the end and then goes, for good', async () => {
    await calls.ingest(frameOf(part(2, 10), 9), at(23_100))
    await calls.ingest(frameOf(part(11, 12), 11), at(30_950))
    const endMs = 30_868 + DELAY_MS
    expect(calls.active()).toMatchObject([{ shownUntilMs: startMs + endMs + ENDED_CARD_MS }])
    await calls.expire(startMs + endMs + ENDED_CARD_MS - 1)
    expect(calls.active()).toHaveLength(1)
    await calls.expire(startMs + endMs + ENDED_CARD_MS)
    expect(calls.active()).toEqual([])
    expect(await readActiveCalls(store)).toEqual([])
    await calls.ingest(frameOf(stream, 22), at(31_000))
    expect(calls.active()).toEqual([])
  })

  it('stays while somebody is using it, whatever comes, and its time begins again when they are done', async () => {
    const inUse = new Set<string>()
    calls = begin({ isInUse: (id) => inUse.has(id) })
    await calls.ingest(frameOf(part(2, 10), 9), at(23_100))
    await calls.ingest(frameOf(part(11, 12), 11), at(30_950))
    inUse.add(sid())
    const longAfter = 30_950 + 10 * ENDED_CARD_MS
    await calls.expire(startMs + longAfter)
    await calls.keepEnded(15_000)
    await calls.expire(startMs + longAfter)
    // What is told late repairs the figures.
    await calls.ingest(frameOf(part(9, 9), 12), at(longAfter))
    expect(calls.active()).toMatchObject([{ telephonySessionId: sid(), phase: 'ended' }])

    inUse.clear()
    await calls.release([sid()], at(longAfter))
    await calls.ingest(frameOf(part(8, 8), 13), at(longAfter))
    await calls.expire(startMs + longAfter + ENDED_CARD_MS - 1)
    expect(calls.active()).toHaveLength(1)
    await calls.expire(startMs + longAfter + ENDED_CARD_MS)
    expect(calls.active()).toEqual([])
  })

  it('has no time to begin again while its call goes on, nor once it has gone', async () => {
    await calls.ingest(frameOf(part(2, 10), 9), at(23_100))
    await calls.release([sid(), 'nobody'], at(23_200))
    expect(await readCall(store, sid())).not.toHaveProperty('usedMs')
    await calls.ingest(frameOf(part(11, 12), 11), at(30_950))
    await calls.expire(startMs + 30_950 + ENDED_CARD_MS)
    await calls.release([sid()], at(200_000))
    expect(calls.active()).toEqual([])
  })

  it('stays until it is put away, if the person wants that, though its session is long forgotten', async () => {
    const forEver = (ms: number) => ({ ...at(ms), endedCardMs: Number.POSITIVE_INFINITY })
    await calls.ingest(frameOf(part(2, 10), 9), forEver(23_100))
    await calls.ingest(frameOf(part(11, 12), 11), forEver(30_950))
    const id = sid()
    const later = restampStream('no-answer', startMs + 3_600_000)
    await calls.ingest(frameOf(later, 20), forEver(3_700_000))
    await calls.expire(startMs + 3_700_000)
    expect(calls.active()).toMatchObject([{ telephonySessionId: id, phase: 'ended' }])
    await calls.mark(id, { isDismissed: true })
    await calls.expire(startMs + 3_700_000)
    expect(calls.active()).toEqual([])
    expect(await readActiveCalls(store)).toEqual([])
  })

  it('follows the person when they want it to stay longer or shorter', async () => {
    await calls.ingest(frameOf(part(2, 10), 9), at(23_100))
    await calls.ingest(frameOf(part(11, 12), 11), at(30_950))
    const endMs = startMs + 30_868 + DELAY_MS
    await calls.keepEnded(300_000)
    expect(calls.active()).toMatchObject([{ shownUntilMs: endMs + 300_000 }])
    await calls.keepEnded(15_000)
    await calls.expire(endMs + 15_000)
    expect(calls.active()).toEqual([])
  })

  it('leaves a call that goes on alone, whatever they want', async () => {
    await calls.ingest(frameOf(part(2, 10), 9), at(23_100))
    await calls.keepEnded(15_000)
    expect(calls.active()).toMatchObject([{ phase: 'talking', shownUntilMs: undefined }])
  })

  it('knows since when both sides talk, while they do', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(17_000))
    expect(calls.active()).toMatchObject([{ twoWayTalkSinceMs: startMs + 16_061 }])
    await calls.ingest(frameOf(part(9, 9), 8), at(21_000))
    expect(calls.active()[0]).not.toHaveProperty('twoWayTalkSinceMs')
  })

  it('does not open for a call that is over when it is first heard of', async () => {
    await calls.ingest(frameOf(stream, 11), at(31_000))
    expect(shownAt).toEqual([[]])
    expect(await readLastCalls(store, 10)).toHaveLength(1)
  })

  it('does not open for a call that was caught up with long after its end', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(86_400_000))
    await calls.ingest(frameOf(part(9, 12), 11), at(86_400_000))
    expect(calls.active()).toEqual([])
  })

  it('stays put away when the call goes on, and comes back when it is asked for', async () => {
    await calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    await calls.mark(sid(), { isDismissed: true })
    await calls.ingest(frameOf(part(8, 8), 7), at(16_100))
    expect(calls.active()).toMatchObject([{ phase: 'talking', isDismissed: true }])
    await calls.mark(sid(), { isDismissed: false })
    expect(calls.active()).toMatchObject([{ isDismissed: false }])
  })

  it('is repaired by a late event after it has gone', async () => {
    await calls.ingest(
      frameOf(
        stream.filter(({ sequence }) => sequence !== 9),
        10,
      ),
      at(31_000),
    )
    expect(await readCall(store, sid())).toMatchObject({ holdMs: 0, missingSequences: [9] })
    await calls.ingest(frameOf(part(9, 9), 11), at(600_000))
    expect(await readCall(store, sid())).toMatchObject({ holdMs: 2393, talkMs: 12414, missingSequences: [] })
    expect(calls.active()).toEqual([])
  })
})

it('tells the news of each call, once', async () => {
  for (const [index, event] of stream.entries()) await calls.ingest(frameOf([event], index + 1), at(31_000))
  expect(told).toEqual(['ringing', 'answered', 'held', 'resumed', 'ended'])
  await calls.ingest(frameOf(stream, 22), at(31_000))
  expect(told).toHaveLength(5)
})

describe('a phone that rings again', () => {
  it('opens its card again, though it was put away', async () => {
    const again = restampStream('queue-rings-again', startMs)
    const secondRing = again.findIndex(
      (event, index) => index > 0 && isMine(event) && partyOf(event) !== firstPartyOf(again),
    )
    for (const [index, event] of again.slice(0, secondRing).entries())
      await calls.ingest(frameOf([event], index + 1), at(0))
    await calls.mark(calls.active()[0]?.telephonySessionId ?? '', { isDismissed: true })
    expect(calls.active()).toMatchObject([{ phase: 'ended', isDismissed: true }])
    await calls.ingest(frameOf(again.slice(secondRing, secondRing + 1), secondRing + 1), at(0))
    expect(calls.active()).toMatchObject([{ phase: 'ringing', isDismissed: false }])
  })
})

describe('an answer of the platform', () => {
  const answer = (afterMs: number, found: boolean): Frame => ({
    epoch: 'e',
    isPast: false,
    head: 90,
    events: [
      {
        position: 90,
        receivedAt: new Date(startMs + afterMs + DELAY_MS).toISOString(),
        status: { telephonySessionId: sid(), asOf: new Date(startMs + afterMs).toISOString(), found },
      },
    ],
  })

  it('ends a call whose end was missed, as an estimate, also after the worker was ended', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(16_100))
    await calls.ingest(answer(60_000, false), at(60_100))
    const ended = { phase: 'ended', outcome: 'answered', isEstimate: true, talkMs: 60_000 - 16_061 }
    expect(await readCall(store, sid())).toMatchObject(ended)
    calls = begin()
    await calls.load(at(60_000))
    expect(calls.active()).toMatchObject([ended])
    await calls.ingest(frameOf(part(2, 2), 91), at(60_200))
    expect(await readCall(store, sid())).toMatchObject(ended)
  })

  it('yields to the events that come after all', async () => {
    await calls.ingest(frameOf(part(2, 8), 7), at(16_100))
    await calls.ingest(answer(60_000, false), at(60_100))
    await calls.ingest(frameOf(part(9, 12), 94), at(60_300))
    expect(await readCall(store, sid())).toMatchObject({ talkMs: 12414, holdMs: 2393, isEstimate: false })
  })
})

describe('missed calls', () => {
  it('are counted until they are looked at, also by the next worker', async () => {
    await calls.ingest(frameOf(restampStream('no-answer', startMs), 9), at(60_000))
    expect(calls.missedUnseen()).toBe(1)
    calls = begin()
    await calls.load(at(60_000))
    expect(calls.missedUnseen()).toBe(1)
    await calls.seeMissed()
    expect(calls.missedUnseen()).toBe(0)
    await calls.ingest(frameOf(restampStream('no-answer', startMs).slice(0, 1), 10), at(60_000))
    expect(calls.missedUnseen()).toBe(0)
  })

  it('stay unseen, and seen, when something of long ago is told again', async () => {
    const longAgo = restampStream('no-answer', startMs)
    const again = (head: number) => calls.ingest(frameOf(longAgo.slice(0, 1), head), at(86_400_000))
    await calls.ingest(frameOf(longAgo, 9), at(86_400_000))
    await again(10)
    expect(calls.missedUnseen()).toBe(1)
    await calls.seeMissed()
    await again(11)
    expect(calls.missedUnseen()).toBe(0)
  })

  it('are none when a late event tells that a colleague took the call', async () => {
    const taken = restampStream('queue-answered-elsewhere', startMs)
    const answered = taken.filter((event) => codeOf(event) === 'Answered' && !isMine(event))
    await calls.ingest(
      frameOf(
        taken.filter((event) => !answered.includes(event)),
        20,
      ),
      at(60_000),
    )
    expect(calls.missedUnseen()).toBe(1)
    await calls.ingest(frameOf(answered, 30), at(60_000))
    expect(calls.missedUnseen()).toBe(0)
  })
})

describe('what is worth asking the platform', () => {
  it('is a phone that has rung for longer than phones do', async () => {
    await calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    expect(calls.questions(startMs + 60_000)).toEqual([])
    expect(calls.questions(startMs + 400_000)).toEqual([sid()])
  })

  it('is a gap that nothing fills, until the platform has told how the call stands', async () => {
    const gappy = part(2, 8).filter(({ sequence }) => sequence !== 7)
    await calls.ingest(frameOf(gappy, 6), at(16_100))
    expect(calls.questions(startMs + 17_000)).toEqual([])
    expect(calls.questions(startMs + 30_000)).toEqual([sid()])
    const parties = [{ id: 'p-unknown', status: { code: 'Answered' } }]
    const answer = { telephonySessionId: sid(), asOf: new Date(startMs + 30_000).toISOString(), found: true }
    await calls.ingestAnswer({ ...answer, session: { parties } }, at(30_100))
    expect(calls.questions(startMs + 40_000)).toEqual([])
  })

  it('is no call that has ended, and none of others', async () => {
    await calls.ingest(frameOf(stream, 11), at(31_000))
    await calls.ingest(frameOf(restampStream('pstn-to-user', startMs).slice(0, 3), 14), at(31_000))
    expect(calls.questions(startMs + 86_400_000)).toEqual([])
  })

  it('ends the call when the platform no longer knows it, and keeps the cursor where it was', async () => {
    await calls.ingest(frameOf(part(2, 7), 6), at(10_000))
    const asOf = new Date(startMs + 400_000).toISOString()
    await calls.ingestAnswer({ telephonySessionId: sid(), asOf, found: false }, at(400_100))
    expect(await readCall(store, sid())).toMatchObject({ phase: 'ended', isEstimate: true })
    expect(await readCursor(store, relayUrl)).toMatchObject({ position: 6 })
    expect(calls.questions(startMs + 500_000)).toEqual([])
  })
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

it('shows a call that rings and ends while the store is read, because it has rung', async () => {
  const frames = stream.map((event, index) => frameOf([event], index + 1))
  await Promise.all(frames.map((frame) => calls.ingest(frame, at(31_000))))
  expect(calls.active()).toMatchObject([{ phase: 'ended', talkMs: 12414 }])
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
      frames.push(pastFrameOf(told.slice(from, to), Math.min(to, told.length)))
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
