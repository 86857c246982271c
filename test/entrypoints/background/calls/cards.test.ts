import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls } from '../../../../entrypoints/background/calls/calls.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readActiveCalls, readCall, readLastCalls } from '../../../../entrypoints/lib/store/read.ts'
import { restampStream } from '../../../support/restamp.ts'
import {
  at,
  type BeginOptions,
  beginCalls,
  DELAY_MS,
  ENDED_CARD_MS,
  firstPartyOf,
  frameOf,
  isMine,
  part,
  partyOf,
  removeStore,
  sid,
  startMs,
  stream,
  user,
} from './calls-bench.ts'

/** When the card of a call comes up, how long it stays, and when it comes back. */

let store: PersonStore
let calls: Calls
let shownAt: readonly string[][]

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = begin()
})
afterEach(() => removeStore(store))

/** Calls as a worker has them that has just been started. */
function begin(options?: BeginOptions): Calls {
  const begun = beginCalls(store, options)
  shownAt = begun.shownAt
  return begun.calls
}

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

it('shows a call that rings and ends while the store is read, because it has rung', async () => {
  const frames = stream.map((event, index) => frameOf([event], index + 1))
  await Promise.all(frames.map((frame) => calls.ingest(frame, at(31_000))))
  expect(calls.active()).toMatchObject([{ phase: 'ended', talkMs: 12414 }])
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
