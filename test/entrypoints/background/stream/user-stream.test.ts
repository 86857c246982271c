import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createUserStream, type UserStream } from '../../../../entrypoints/background/stream/user-stream.ts'
import type { Connection } from '../../../../entrypoints/lib/contract/messages.ts'
import { createRelayClock } from '../../../../entrypoints/lib/relay/relay-clock.ts'
import type { SocketLike } from '../../../../entrypoints/lib/relay/relay-socket.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import { readGap } from '../../../../entrypoints/lib/store/read.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import type { Cursor } from '../../../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { events, FakeSocket, ping, welcome } from '../../lib/relay/fake-socket.ts'

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const relayUrl = 'https://relay.example.com'

let store: PersonStore
let sockets: FakeSocket[]
let clock: ManualClock
let told: Connection['state'][]
let kept: Cursor[]
let work: Promise<unknown>[]
/** What the calls are still busy with. */
let shown: PromiseWithResolvers<void>
let settled: PromiseWithResolvers<void>
let stream: UserStream
/** What was kept of the stream, on its way out of the store. */
let reading: Promise<void>
/** Who the relay said it was. */
let names: string[]
/** Sessions that are worth poller about, and what came of it. */
let open: readonly string[]
let unheard: (readonly [id: string, why: string])[]
/** How often all that goes on was put in doubt. */
let doubts: number

beforeEach(async () => {
  store = await openPersonStore(user)
  sockets = []
  clock = createManualClock(1_000_000)
  told = []
  kept = []
  work = []
  open = []
  unheard = []
  doubts = 0
  names = []
  shown = Promise.withResolvers()
  settled = Promise.withResolvers()
})
afterEach(async () => {
  stream.close()
  await Promise.all([reading, ...work])
  store.close()
  await deleteDB(`ringside:${user.accountId}:${user.extensionId}`)
})

function begin(): void {
  stream = createUserStream({
    signIn: { relayUrl, token: 'token', user },
    client: 'ringside/test',
    store,
    calls: {
      ingest: async () => {},
      ingestAnswer: async () => {},
      ingestNoAnswer: async (id, why) => {
        unheard.push([id, why])
      },
      doubtLive: async () => {
        doubts++
      },
      questions: () => open,
      keepCursor: async (cursor) => {
        kept.push(cursor)
      },
      shown: () => shown.promise,
      settled: () => settled.promise,
    },
    clock,
    relayClock: createRelayClock(clock),
    relay: { send: async () => ({ refusal: { code: 'relay_unreachable' } }) },
    endedCardMs: () => MINUTE_MS,
    onConnection: ({ state }) => told.push(state),
    onStatus: () => {},
    onUser: ({ name }) => names.push(name),
    onWork: (one) => work.push(one),
    connect: (url) => {
      const socket = new FakeSocket(url)
      sockets.push(socket)
      return socket as unknown as SocketLike
    },
    random: () => 0.5,
  })
  reading = stream.start()
}

function latest(): FakeSocket {
  const socket = sockets.at(-1)
  if (socket === undefined) throw new Error('a socket should be open')
  return socket
}

async function connect(): Promise<void> {
  latest().onopen?.()
  await expect.poll(() => latest().sent.length).toBe(1)
}

const pass = (ms: number) => clock.advance(ms)

it('is live once what it brought is in the calls, and not before', async () => {
  begin()
  await connect()
  latest().receive(welcome(7, false))
  latest().receive(events(7))
  await Promise.resolve()
  expect(told).toEqual(['connecting', 'catchingUp'])
  shown.resolve()
  await expect.poll(() => told.at(-1)).toBe('live')
})

it('asks for the person’s own calls, also where they watch others', async () => {
  begin()
  await connect()
  expect(latest().sent).toMatchObject([{ type: 'hello', view: 'mine' }])
})

it('tells who the person is with every connection', async () => {
  begin()
  await connect()
  latest().receive(welcome(0, false))
  expect(names).toEqual(['Bea'])
})

it('is not live any more when it broke off while the calls took in what it brought', async () => {
  begin()
  await connect()
  latest().receive(welcome(0, false))
  latest().fail(1006)
  shown.resolve()
  await shown.promise
  await Promise.resolve()
  expect(told).toEqual(['connecting', 'catchingUp', 'lost'])
})

it('says at once where the browser stopped, and after a break behind what is still being written', async () => {
  const calendar = createCalendar('UTC')
  const cursor = { relayUrl, epoch: 'e', position: 5 }
  const change = { events: [], statuses: [], calls: [], cursor }
  await writeChange(store, change, { calendar, timeZone: 'UTC' })
  begin()
  await connect()
  expect(latest().sent).toMatchObject([{ type: 'hello', after: { epoch: 'e', position: 5 } }])
  latest().receive(welcome(9, true))
  latest().fail(1006)
  pass(SECOND_MS)
  expect(sockets).toHaveLength(2)
  latest().onopen?.()
  await writeChange(store, { ...change, cursor: { ...cursor, position: 9 } }, { calendar, timeZone: 'UTC' })
  expect(latest().sent).toEqual([])
  settled.resolve()
  await expect.poll(() => latest().sent).toMatchObject([{ type: 'hello', after: { epoch: 'e', position: 9 } }])
})

it('says where the browser stopped again when the relay went before it had answered', async () => {
  const cursor = { relayUrl, epoch: 'e', position: 5 }
  const context = { calendar: createCalendar('UTC'), timeZone: 'UTC' }
  await writeChange(store, { events: [], statuses: [], calls: [], cursor }, context)
  begin()
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await connect()
    expect(latest().sent).toMatchObject([{ type: 'hello', after: { epoch: 'e', position: 5 } }])
    latest().fail(1006)
    pass(2 * SECOND_MS)
  }
  expect(sockets).toHaveLength(4)
})

it('keeps how far it is once a minute, as pings tell it', async () => {
  begin()
  await connect()
  latest().receive(welcome(0, false))
  for (const head of [3, 4, 5]) {
    pass(25 * SECOND_MS)
    latest().receive(ping(head, 0))
  }
  expect(kept).toEqual([{ epoch: 'e', position: 5 }])
  expect(stream.subscription()?.status).toBe('Active')
})

it('remembers that the relay could not go on where the browser had stopped', async () => {
  const cursor = { relayUrl, epoch: 'old', position: 5 }
  const change = { events: [], statuses: [], calls: [], cursor }
  await writeChange(store, change, { calendar: createCalendar('UTC'), timeZone: 'UTC' })
  begin()
  await reading
  expect(stream.gapNoticedMs()).toBeUndefined()
  await connect()
  latest().receive(welcome(9, false, 4))
  await Promise.all(work)
  expect(stream.gapNoticedMs()).toBe(clock.nowMs())
  expect(await readGap(store, relayUrl)).toEqual({ relayUrl, noticedMs: clock.nowMs() })
})

it('tells how much of what was missed is taken in', async () => {
  begin()
  await connect()
  latest().receive(welcome(10, false))
  latest().receive(events(4))
  await Promise.all(work)
  expect(stream.progress()).toBeCloseTo(0.4)
})

it('says nothing more once it is closed', async () => {
  begin()
  await connect()
  latest().receive(welcome(0, false))
  stream.close()
  shown.resolve()
  await shown.promise
  await Promise.resolve()
  expect(told).toEqual(['connecting', 'catchingUp'])
  expect(latest().isClosed).toBe(true)
})

it('puts all that goes on in doubt where the stream does not go on where it stopped, also with another relay', async () => {
  begin()
  await connect()
  latest().receive(welcome(7, true))
  expect(doubts).toBe(0)
  latest().fail(1006)
  pass(MINUTE_MS)
  settled.resolve()
  await connect()
  latest().receive(welcome(7, false))
  expect(doubts).toBe(1)
})

it('hands on that nobody could tell how a call stands', async () => {
  begin()
  open = ['s-1']
  await connect()
  latest().receive(welcome(0, false))
  shown.resolve()
  await expect.poll(() => unheard).toEqual([['s-1', 'unanswered']])
})
