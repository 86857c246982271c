import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Calls } from '../../../../entrypoints/background/calls/calls.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { letCallsGo } from '../../../../entrypoints/lib/store/write-retention.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { restampStream } from '../../../support/restamp.ts'
import { at, beginCalls, codeOf, frameOf, isMine, removeStore, startMs, user } from './calls-bench.ts'

/** How many missed calls nobody has looked at. */

let store: PersonStore
let calls: Calls

beforeEach(async () => {
  store = await openPersonStore(user)
  calls = beginCalls(store).calls
})
afterEach(() => removeStore(store))

describe('missed calls', () => {
  it('are counted until they are looked at, also by the next worker', async () => {
    await calls.ingest(frameOf(restampStream('no-answer', startMs), 9), at(60_000))
    expect(calls.missedUnseen()).toBe(1)
    calls = beginCalls(store).calls
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

  it('are no longer counted once they are let go', async () => {
    await calls.ingest(frameOf(restampStream('no-answer', startMs), 9), at(60_000))
    expect(calls.missedUnseen()).toBe(1)
    await letCallsGo(store, startMs + 60_000, { calendar: createCalendar('UTC'), timeZone: 'UTC' })
    await calls.recountMissed()
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
