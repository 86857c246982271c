import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Calls, createCalls, type Frame } from '../../../../entrypoints/background/calls/calls.ts'
import { describeCounting, followDayContext } from '../../../../entrypoints/lib/store/day-context.ts'
import { unpackDay } from '../../../../entrypoints/lib/store/day-packs.ts'
import { isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readCall, readLiveCalls } from '../../../../entrypoints/lib/store/read.ts'
import { mergeAllTallies, tallyCalls } from '../../../../shared/metrics/tally.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/time.ts'
import { createRandom, shuffle } from '../../../support/random.ts'
import { type NumberedEnvelope, restampStream } from '../../../support/restamp.ts'
import type { StreamName } from '../../../support/streams.ts'

/** Calls whose end never comes: none of them goes on forever, whatever became of the relay, the card, the worker or the store. */

const user = { accountId: '400100', extensionId: '400102' } as const
const START_MS = Date.parse('2026-06-01T12:00:00.000Z')
const dayContext = followDayContext(() => 'Europe/Berlin')

let store: PersonStore
let calls: Calls
let startMs = START_MS
beforeEach(async () => {
  startMs = START_MS
  store = await openPersonStore(user)
  calls = begin()
})
afterEach(async () => {
  await calls.settled().catch(() => {})
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

/** Calls as a worker has them that was just started. Its `dyingWrite`th transaction is never carried out. */
function begin(dyingWrite = Number.POSITIVE_INFINITY): Calls {
  let writes = 0
  return createCalls({
    store,
    relayUrl: 'https://relay.example.com',
    extensionId: user.extensionId,
    country: 'US',
    dayContext,
    onShown: () => undefined,
    onNews: () => undefined,
    onStored: () => undefined,
    retryAfterFreeingSpace: (write) =>
      ++writes < dyingWrite ? write() : Promise.reject(new Error('the worker was ended')),
  })
}

function frameOf(envelopes: readonly NumberedEnvelope[], head: number): Frame {
  const events = envelopes.map(({ envelope }, index) => ({
    position: head - envelopes.length + 1 + index,
    receivedAt: new Date(Date.parse(String(envelope.timestamp)) + 40).toISOString(),
    notification: envelope,
  }))
  return { isPast: false, epoch: 'e', head, events }
}

const at = (ms: number) => ({ isComplete: true, nowMs: startMs + ms, endedCardMs: MINUTE_MS })
const beginCall = (name: StreamName = 'pstn-to-user', count = 7) => restampStream(name, startMs).slice(0, count)

interface Body {
  readonly telephonySessionId: string
  readonly parties: readonly unknown[]
}

function bodyOf(event: NumberedEnvelope | undefined): Body {
  if (event === undefined) throw new Error('the stream is too short')
  return event.envelope.body as unknown as Body
}

const idOf = ([first]: readonly NumberedEnvelope[]) => bodyOf(first).telephonySessionId

/** Nothing goes on, and the days count what the calls say. */
async function expectNoGhosts(): Promise<void> {
  await calls.settled()
  const rows = await store.getAll('calls')
  expect(rows.filter(({ phase, live }) => phase !== 'ended' || live !== undefined)).toEqual([])
  expect(await readLiveCalls(store)).toEqual([])
  const days = (await store.getAll('days')).map(unpackDay)
  expect(mergeAllTallies(days.flatMap(({ hours }) => hours.map(({ tally }) => tally)))).toEqual(
    tallyCalls(rows.filter(isFinished)),
  )
  for (const day of days) expect(day.countedBy).toBe(describeCounting(dayContext()))
}

const GONE_ON = 88 * HOUR_MS

describe('M5 a call whose end was never told', () => {
  it('is over when the relay knows nothing of it, as of the last that was heard of it', async () => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    calls = begin()
    await calls.load(at(5 * HOUR_MS))
    expect(calls.questions(startMs + 5 * HOUR_MS)).toEqual([idOf(events)])
    await calls.ingestNoAnswer(idOf(events), 'unknown', at(5 * HOUR_MS))
    expect(await readCall(store, idOf(events))).toMatchObject({
      phase: 'ended',
      outcome: 'answered',
      isEstimate: true,
      ringMs: 7345,
      talkMs: 0,
      phaseSinceMs: startMs + 16_061,
    })
    expect(calls.active()).toEqual([])
    await expectNoGhosts()
  })

  it('goes on as if that had not been said when something of it is heard after all', async () => {
    const all = restampStream('pstn-to-user', startMs)
    await calls.ingest(frameOf(all.slice(0, 7), 7), at(16_100))
    await calls.ingestNoAnswer(idOf(all), 'unknown', at(5 * HOUR_MS))
    await calls.ingest(frameOf(all.slice(7), 11), at(5 * HOUR_MS + MINUTE_MS))
    const whole = { phase: 'ended', talkMs: 12414, holdMs: 2393, isEstimate: false }
    expect(await readCall(store, idOf(all))).toMatchObject(whole)
    await expectNoGhosts()
  })

  it('is asked about at once after a gap, and is over when three questions were not answered', async () => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    expect(calls.questions(startMs + 20_000)).toEqual([])
    await calls.doubtLive()
    for (let asked = 0; asked < 3; asked++) {
      expect(calls.questions(startMs + 20_000)).toEqual([idOf(events)])
      await calls.ingestNoAnswer(idOf(events), 'unanswered', at(20_000))
    }
    expect(calls.questions(startMs + 20_000)).toEqual([])
    await expectNoGhosts()
  })

  it('goes on after a gap when the platform says so', async () => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    await calls.doubtLive()
    const { parties } = bodyOf(events.at(-1))
    const answer = { telephonySessionId: idOf(events), asOf: new Date(startMs + 20_000).toISOString(), found: true }
    await calls.ingestAnswer({ ...answer, session: { parties } }, at(20_100))
    expect(calls.questions(startMs + 21_000)).toEqual([])
    expect(calls.active()).toMatchObject([{ phase: 'talking', live: 1 }])
  })

  it('is not over while it is not long silent and the relay just does not answer', async () => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    for (let asked = 0; asked < 9; asked++) await calls.ingestNoAnswer(idOf(events), 'unanswered', at(5 * HOUR_MS))
    expect(calls.active()).toMatchObject([{ phase: 'talking' }])
  })

  it('is over after a day of silence although nobody answers', async () => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    await calls.ingestNoAnswer(idOf(events), 'unanswered', at(DAY_MS + MINUTE_MS))
    await expectNoGhosts()
  })

  it('is over after a day of silence when the browser starts, also where no relay can be reached', async () => {
    await calls.ingest(frameOf(beginCall(), 7), at(16_100))
    calls = begin()
    await calls.load(at(GONE_ON))
    expect(calls.active()).toEqual([])
    await expectNoGhosts()
  })

  it.each([
    ['were let go', () => store.clear('events')],
    ['can no longer be read', () => spoilEvents()],
  ])('is over when its events %s', async (_, spoil) => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    await spoil()
    calls = begin()
    await calls.load(at(20_000))
    expect(await readCall(store, idOf(events))).toMatchObject({ phase: 'ended', outcome: 'answered', isEstimate: true })
    expect(calls.active()).toEqual([])
    await expectNoGhosts()
  })

  it.each(['isDismissed', 'isFolded'] as const)('is asked about and ended although its card is %s', async (mark) => {
    const events = beginCall()
    await calls.ingest(frameOf(events, 7), at(16_100))
    await calls.mark(idOf(events), { [mark]: true })
    calls = begin()
    await calls.load(at(5 * HOUR_MS))
    expect(calls.questions(startMs + 5 * HOUR_MS)).toEqual([idOf(events)])
    await calls.ingestNoAnswer(idOf(events), 'unknown', at(5 * HOUR_MS))
    await expectNoGhosts()
  })

  it('D1 D3 that looked over and is found to go on has no card, is among the live ones, and is ended by the next worker', async () => {
    const all = restampStream('queue-rings-again', startMs)
    const mine = all.filter(({ envelope }) => JSON.stringify(envelope).includes('"extensionId":"400102","id"'))
    const last = mine.at(-1)
    const rest = mine.filter((event) => event !== last)
    await calls.ingest(frameOf(rest.slice(0, 2), 2), at(60_000))
    await calls.ingestNoAnswer(idOf(rest), 'unknown', at(5 * HOUR_MS))
    await calls.expire(startMs + 6 * HOUR_MS)
    expect(calls.active()).toEqual([])
    await calls.ingest(frameOf(rest.slice(2), 4), at(6 * HOUR_MS))
    calls = begin()
    await calls.load(at(6 * HOUR_MS))
    for (const { telephonySessionId } of calls.active()) {
      expect(calls.questions(startMs + 12 * HOUR_MS)).toContain(telephonySessionId)
      await calls.ingestNoAnswer(telephonySessionId, 'unknown', at(12 * HOUR_MS))
    }
    await expectNoGhosts()
  })

  it('that goes on by an event that came late has its card put away', async () => {
    const all = restampStream('pstn-to-user', startMs)
    await calls.ingest(frameOf(all.slice(0, 7), 7), at(16_100))
    await calls.ingestNoAnswer(idOf(all), 'unknown', at(5 * HOUR_MS))
    await calls.expire(startMs + 6 * HOUR_MS)
    await calls.ingest(frameOf(all.slice(7, 8), 8), at(6 * HOUR_MS))
    expect(calls.active()).toMatchObject([{ phase: 'onHold', live: 1, active: 1, isDismissed: true }])
    expect(calls.questions(startMs + 6 * HOUR_MS)).toEqual([idOf(all)])
  })

  it('that has no card, because I listen, is ended by the next worker as well', async () => {
    const all = restampStream('pstn-to-user', startMs).slice(0, 7)
    const muted = all.map(({ sequence, envelope }) => ({
      sequence,
      envelope: JSON.parse(JSON.stringify(envelope).replaceAll('"muted":false', '"muted":true')),
    }))
    await calls.ingest(frameOf(muted, 7), at(16_100))
    expect(calls.active()).toEqual([])
    expect(await readLiveCalls(store)).toHaveLength(1)
    calls = begin()
    await calls.load(at(GONE_ON))
    await expectNoGhosts()
  })
})

async function spoilEvents(): Promise<void> {
  for (const pack of await store.getAll('events')) {
    await store.put('events', { ...pack, events: pack.events.map((event) => ({ ...event, notification: {} })) })
  }
}

describe('M5 no call goes on forever', () => {
  const NAMES = [
    'pstn-to-user',
    'queue-rings-again',
    'park-and-pick-up',
    'call-switch',
    'ring-out',
    'monitoring',
  ] as const

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'whatever was lost, came late, and was cut off between two transactions (seed %i)',
    async (seed) => {
      const random = createRandom(seed)
      startMs = START_MS
      const events = NAMES.flatMap((name) => restampStream(name, startMs)).filter(() => random() < 0.7)
      const order = random() < 0.5 ? events : shuffle(events, random)
      let head = 0
      let hours = 0
      for (let index = 0; index < order.length; index += 4) {
        head += 4
        const frame = frameOf(order.slice(index, index + 4), head)
        await calls.ingest(frame, at(hours * HOUR_MS + 60_000)).catch(() => {})
        if (random() < 0.25) {
          await calls.settled().catch(() => {})
          calls = begin(1 + Math.floor(random() * 4))
          await calls.load(at(hours * HOUR_MS + 60_000)).catch(() => {})
          // The relay tells again what was not kept.
          await calls.ingest(frame, at(hours * HOUR_MS + 60_000)).catch(() => {})
        }
        if (random() < 0.2) {
          hours += 5
          for (const id of calls.questions(startMs + hours * HOUR_MS))
            await calls.ingestNoAnswer(id, 'unknown', at(hours * HOUR_MS)).catch(() => {})
        }
      }
      await calls.settled().catch(() => {})
      calls = begin()
      await calls.load(at((hours + 1) * HOUR_MS))
      await calls.doubtLive()
      const nowMs = (hours + 1) * HOUR_MS
      for (const id of calls.questions(startMs + nowMs)) await calls.ingestNoAnswer(id, 'unknown', at(nowMs))
      expect(calls.questions(startMs + nowMs)).toEqual([])
      await expectNoGhosts()
    },
  )
})
