import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls, Frame } from '../../../../entrypoints/background/calls/calls.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCall, readCursor } from '../../../../entrypoints/lib/store/read.ts'
import { restampStream } from '../../../support/restamp.ts'
import {
  at,
  beginCalls,
  DELAY_MS,
  frameOf,
  part,
  relayUrl,
  removeStore,
  sid,
  startMs,
  stream,
  user,
} from './calls-bench.ts'

/** What is worth asking the platform about a call, and what becomes of the call by its answer. */

let store: PersonStore
let calls: Calls

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = beginCalls(store).calls
})
afterEach(() => removeStore(store))

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
    calls = beginCalls(store).calls
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
