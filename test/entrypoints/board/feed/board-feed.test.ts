import { afterEach, describe, expect, it } from 'vitest'
import {
  type BoardFeed,
  createBoardFeed,
  FIRST_NAMES_WAIT_MS,
  NAMES_LIFE_MS,
} from '../../../../entrypoints/board/feed/board-feed.ts'
import type { BoardConnection, ExtensionRow, FeedNews } from '../../../../entrypoints/board/feed/contract.ts'
import { FRAME_MS, SWEEP_MS } from '../../../../entrypoints/board/feed/followed-account.ts'
import type { SocketLike } from '../../../../entrypoints/lib/relay/relay-socket.ts'
import { selectDay } from '../../../../shared/live/day.ts'
import { CLOSE_CODES, type RelayMessage } from '../../../../shared/protocol/wire.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { loadNotifications } from '../../../support/streams.ts'
import { FakeSocket, ping, welcome } from '../../lib/relay/fake-socket.ts'

const BEA = '400102'
const SALES = '400195'
const stream = loadNotifications('queue-answered')
const sessionId = (stream[0] as { body: { telephonySessionId: string } }).body.telephonySessionId
/** As the relay logged them, at positions from 1 on. */
const logged = stream.map((notification, index) => ({
  position: index + 1,
  receivedAt: String((notification as { timestamp: string }).timestamp),
  notification,
}))
const firstMs = Date.parse(logged[0]?.receivedAt ?? '')
const NO_TALLY = { calls: 0, answered: 0, missed: 0, talkMs: 0, holdMs: 0 }

/** The account when the first events of the stream had come, of which none has ended. */
function snapshot(events: number, more: Record<string, unknown> = {}) {
  return {
    ...{ epoch: 'e', position: events, now: formatInstant(firstMs + 60_000), timeZone: 'America/Los_Angeles' },
    events: logged.slice(0, events),
    today: { since: formatInstant(firstMs - 3_600_000), extensions: {}, queues: {} },
    people: {
      [BEA]: { name: 'Bea Lindqvist', extensionNumber: '102', type: 'User' },
      '400999': { name: 'Someone quiet', type: 'User' },
    },
    queues: { [SALES]: { name: 'Sales', members: [BEA], wrapUpSeconds: 20 } },
    ...more,
  }
}

type Answers = Readonly<Record<string, () => Response>>

let feed: BoardFeed | undefined
afterEach(() => feed?.close())

/** The feed with a relay that the test plays. */
function openFeed(answers: Answers) {
  const clock = createManualClock(firstMs + 60_000)
  const sockets: FakeSocket[] = []
  const asked: string[] = []
  const told: FeedNews[] = []
  const rows = new Map<string, ExtensionRow>()
  feed = createBoardFeed(
    {
      ...{ relayUrl: 'https://relay.example.com', token: 'token-1', client: 'ringside-board/test' },
      onNews: (news) => {
        told.push(news)
        if (news.account !== undefined) rows.clear()
        for (const row of news.extensions ?? []) rows.set(row.extensionId, row)
      },
    },
    {
      clock,
      random: () => 0.5,
      connect: (url) => {
        const fake = new FakeSocket(url)
        sockets.push(fake)
        return fake as unknown as SocketLike
      },
      fetch: async (input) => {
        const path = new URL(String(input)).pathname
        asked.push(path)
        return answers[path]?.() ?? Response.json({ code: 'unknown_session' }, { status: 404 })
      },
    },
  )
  const settle = async () => {
    for (let turns = 0; turns < 20; turns++) await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    ...{ clock, sockets, asked, told, rows, settle },
    connection: () => told.findLast((news) => news.connection !== undefined)?.connection as BoardConnection,
    /** Lets time pass, and what falls due and follows from it happen. */
    pass: async (ms: number) => {
      clock.advance(ms)
      await settle()
    },
    latest: () => {
      const latest = sockets.at(-1)
      if (latest === undefined) throw new Error('no socket was opened')
      return latest
    },
    send: (...events: readonly (Readonly<Record<string, unknown>> & { readonly position: number })[]) => {
      const head = Math.max(...events.map(({ position }) => position))
      sockets.at(-1)?.receive({ type: 'events', events, head } as unknown as RelayMessage)
    },
  }
}

const board = (events: number, more?: Record<string, unknown>) => () => Response.json(snapshot(events, more))

/** As the relay's clock shows it then. */
const toldAt = (nowMs: number, message: RelayMessage): RelayMessage =>
  ({ ...message, now: formatInstant(nowMs) }) as RelayMessage

async function openLive(answers: Answers, head = 4) {
  const scene = openFeed(answers)
  await scene.settle()
  await scene.latest().open()
  scene.latest().receive(toldAt(scene.clock.nowMs(), welcome(head, true)))
  return scene
}

describe('a snapshot', () => {
  it('gives everybody a row, also who has had no call', async () => {
    const { rows, told, settle } = openFeed({ '/v1/board': board(4) })
    await settle()
    expect(rows.get(BEA)?.standing.state).toBe('ringing')
    expect(rows.get('400999')?.standing.state).toBe('idle')
    const account = told.find((news) => news.account !== undefined)
    expect(account?.queues?.find(({ queueId }) => queueId === SALES)?.waiting).toHaveLength(1)
  })

  it('gives no row to a menu that a call goes through, only to whom it leads', async () => {
    const menus = Object.fromEntries(['400190', '400191'].map((id) => [id, { name: 'Menu', type: 'IvrMenu' }]))
    const people = { ...menus, [BEA]: { name: 'Bea Lindqvist', type: 'User' } }
    const { send, rows, pass } = await openLive({ '/v1/board': board(0, { people, queues: {} }) }, 0)
    const through = loadNotifications('ivr-menu').map((notification, index) => ({
      ...{ position: index + 1, notification },
      receivedAt: notification.timestamp,
    }))
    for (const event of through) {
      send(event)
      await pass(FRAME_MS)
    }
    expect([...rows.keys()]).toEqual([BEA])
  })

  it('is where the stream goes on', async () => {
    const { latest, settle } = openFeed({ '/v1/board': board(4) })
    await settle()
    await latest().open()
    expect(latest().sent).toEqual([
      {
        type: 'hello',
        token: 'token-1',
        after: { epoch: 'e', position: 4 },
        client: 'ringside-board/test',
        view: 'watched',
      },
    ])
  })

  it.each([
    [401, 'unauthorised', { state: 'unauthorised' }],
    [403, 'forbidden', { state: 'watchesNobody' }],
  ])('that is refused with %i ends it', async (status, code, expected) => {
    const { connection, settle, pass, asked } = openFeed({ '/v1/board': () => Response.json({ code }, { status }) })
    await settle()
    await pass(120_000)
    expect(connection()).toEqual(expected)
    expect(asked).toHaveLength(1)
  })

  it('is asked for again where the relay is away, and says since when', async () => {
    let isAway = true
    const { connection, settle, pass, clock, rows } = openFeed({
      '/v1/board': () => (isAway ? Response.json({ code: 'not_ready' }, { status: 503 }) : board(4)()),
    })
    const startedMs = clock.nowMs()
    await settle()
    expect(connection()).toMatchObject({ state: 'lost', sinceMs: startedMs, refusal: { code: 'not_ready' } })
    await pass(250)
    expect(connection()).toMatchObject({ state: 'lost', sinceMs: startedMs })
    isAway = false
    await pass(500)
    expect(rows.get(BEA)?.standing.state).toBe('ringing')
  })
})

describe('the stream', () => {
  it('changes rows, once a frame, and only those that are different', async () => {
    const { send, rows, told, pass } = await openLive({ '/v1/board': board(4) })
    const before = told.length
    send(...logged.slice(4, 6))
    send(...logged.slice(6, 8))
    expect(told).toHaveLength(before)
    await pass(FRAME_MS)
    expect(told).toHaveLength(before + 1)
    expect(told.at(-1)?.extensions?.map(({ extensionId }) => extensionId)).not.toContain('400999')
    expect(rows.get(BEA)?.standing.state).toBe('talking')
  })

  it('that was quiet is told of at once, and not again before a frame is over', async () => {
    const { send, told, pass } = await openLive({ '/v1/board': board(4) })
    send(...logged.slice(4, 6))
    await pass(FRAME_MS)
    await pass(FRAME_MS)
    const before = told.length
    send(...logged.slice(6, 7))
    await pass(0)
    expect(told).toHaveLength(before + 1)
    send(...logged.slice(7, 8))
    await pass(FRAME_MS - 1)
    expect(told).toHaveLength(before + 1)
    await pass(1)
    expect(told).toHaveLength(before + 2)
  })

  it('that breaks off is said with its time, and goes on where it stopped', async () => {
    const { send, latest, connection, pass, sockets, clock, asked } = await openLive({ '/v1/board': board(4) })
    send(...logged.slice(4, 8))
    const lostMs = clock.nowMs()
    latest().fail(1006)
    expect(connection()).toMatchObject({ state: 'lost', sinceMs: lostMs })
    await pass(250)
    expect(sockets).toHaveLength(2)
    await latest().open()
    expect(latest().sent).toMatchObject([{ after: { epoch: 'e', position: 8 } }])
    latest().receive(toldAt(clock.nowMs(), welcome(8, true)))
    expect(connection()).toEqual({ state: 'live' })
    expect(asked).toEqual(['/v1/board'])
  })

  it('that cannot go on begins anew with another snapshot, and what was there is void', async () => {
    let people = 1
    const scene = openFeed({
      '/v1/board': () => board(4, people++ > 1 ? { people: {}, queues: {}, events: [] } : {})(),
    })
    await scene.settle()
    await scene.latest().open()
    scene.latest().receive(welcome(9, false))
    await scene.settle()
    expect(scene.asked).toEqual(['/v1/board', '/v1/board'])
    expect(scene.sockets).toHaveLength(2)
    expect(scene.sockets[0]?.isClosed).toBe(true)
    expect([...scene.rows]).toEqual([])
  })

  it.each([
    [CLOSE_CODES.notAllowed, { state: 'watchesNobody' }],
    [CLOSE_CODES.unauthorised, { state: 'unauthorised' }],
  ])('that is closed with %i ends it', async (code, expected) => {
    const { latest, connection, pass, sockets } = await openLive({ '/v1/board': board(4) })
    latest().fail(code)
    await pass(120_000)
    expect(connection()).toEqual(expected)
    expect(sockets).toHaveLength(1)
  })

  it('tells of a hand that goes up, and down again', async () => {
    const { send, rows, pass } = await openLive({ '/v1/board': board(4) })
    const receivedAt = formatInstant(firstMs + 61_000)
    const hand = (raised: boolean) => ({ telephonySessionId: sessionId, kind: 'hand', from: BEA, raised })
    send({ position: 5, ...{ receivedAt, desk: hand(true) } })
    await pass(FRAME_MS)
    expect(rows.get(BEA)?.handSinceMs).toBe(firstMs + 61_000)
    send({ position: 6, ...{ receivedAt, desk: hand(false) } })
    await pass(FRAME_MS)
    expect(rows.get(BEA)?.handSinceMs).toBeUndefined()
  })

  it('tells what rules have told of a call, each once, until the call has left', async () => {
    const act = (kind: 'sent' | 'alert', to: string) => ({
      telephonySessionId: sessionId,
      kind,
      rule: 'VIP',
      to,
      text: 'Now',
    })
    const alert = { position: 5, receivedAt: formatInstant(firstMs + 61_000), act: act('alert', 'watchers') }
    const events = [...snapshot(4).events, alert] as never
    const { send, told, pass } = await openLive({ '/v1/board': board(4, { events, position: 5 }) }, 5)
    const notices = () => told.findLast((news) => news.notices !== undefined)?.notices
    expect(notices()).toEqual([{ act: alert.act, receivedMs: firstMs + 61_000 }])
    const before = told.length
    const again = { ...alert, position: 6, receivedAt: formatInstant(firstMs + 62_000) }
    const wrong = { ...again, position: 7, act: { kind: 'alert', rule: 'VIP' } }
    send(again, wrong, { ...again, position: 8, act: act('sent', BEA) })
    await pass(FRAME_MS)
    expect(told.slice(before).filter((news) => news.notices !== undefined)).toHaveLength(1)
    expect(notices()?.map(({ act: { kind, to } }) => [kind, to])).toEqual([
      ['alert', 'watchers'],
      ['sent', BEA],
    ])
    send(...logged.slice(4).map((one) => ({ ...one, position: one.position + 4 })))
    await pass(10 * 60_000)
    expect(notices()).toEqual([])
  })

  it('is no way for something that cannot be read to end the rest', async () => {
    const { send, rows, pass } = await openLive({ '/v1/board': board(4) })
    send(
      { position: 5, ...{ receivedAt: formatInstant(firstMs), notification: { body: 'nonsense' } } },
      ...logged.slice(5, 8),
    )
    await pass(FRAME_MS)
    expect(rows.get(BEA)?.standing.state).toBe('talking')
  })
})

describe('time', () => {
  it('ends a wrap-up, of which no event tells', async () => {
    const queues = { [SALES]: { name: 'Sales', members: [BEA], wrapUpSeconds: 100 } }
    const { send, rows, pass } = await openLive({ '/v1/board': board(4, { queues }) })
    send(...logged.slice(4))
    await pass(FRAME_MS)
    expect(rows.get(BEA)?.standing).toMatchObject({ state: 'wrapUp', isEstimate: true })
    await pass(120_000)
    expect(rows.get(BEA)?.standing).toMatchObject({ state: 'idle' })
  })

  it('at midnight where the account is begins another day with another snapshot', async () => {
    const { asked, latest, pass, clock } = await openLive({ '/v1/board': board(4) })
    await pass(10 * SWEEP_MS)
    expect(asked).toEqual(['/v1/board'])
    latest().receive(toldAt(clock.nowMs() + 24 * 3_600_000, ping(4, 0)))
    await pass(SWEEP_MS)
    expect(asked).toEqual(['/v1/board', '/v1/board'])
  })
})

describe('a snapshot of a relay for which the new day has not begun yet', () => {
  it('is followed by one of today', async () => {
    const sinceMs = selectDay(firstMs + 60_000, 'America/Los_Angeles').sinceMs
    const days = [sinceMs - 24 * 3_600_000, sinceMs]
    const today = () => ({ since: formatInstant(days.shift() ?? sinceMs), extensions: {}, queues: {} })
    const { asked, told, pass } = await openLive({ '/v1/board': () => board(4, { today: today() })() })
    await pass(SWEEP_MS)
    await pass(SWEEP_MS)
    expect(asked).toHaveLength(2)
    expect(told.findLast(({ account }) => account !== undefined)?.account?.sinceMs).toBe(sinceMs)
  })
})

describe('names', () => {
  it('that the relay had not read yet are asked for again, less and less often until it has', async () => {
    let hasNames = false
    const { asked, rows, pass, told } = await openLive({
      '/v1/board': () => board(4, hasNames ? {} : { people: {} })(),
    })
    await pass(FIRST_NAMES_WAIT_MS)
    expect(asked).toHaveLength(2)
    await pass(FIRST_NAMES_WAIT_MS)
    expect(asked).toHaveLength(2)
    hasNames = true
    for (let seconds = 0; seconds < 6; seconds++) await pass(SWEEP_MS)
    expect(asked).toHaveLength(3)
    expect(rows.has('400999')).toBe(true)
    expect(told.findLast(({ account }) => account !== undefined)?.account?.people[BEA]?.name).toBe('Bea Lindqvist')
  })

  it('are read again once an hour', async () => {
    const { asked, pass } = await openLive({ '/v1/board': board(4) })
    await pass(NAMES_LIFE_MS - SWEEP_MS)
    expect(asked).toEqual(['/v1/board'])
    await pass(2 * SWEEP_MS)
    expect(asked).toEqual(['/v1/board', '/v1/board'])
  })
})

describe('an event of a call that was counted before', () => {
  const tally = { [BEA]: { ...NO_TALLY, calls: 1, answered: 1, talkMs: 1_000 } }

  it('has its history fetched, and is not counted twice', async () => {
    const { send, asked, rows, pass, settle } = await openLive(
      {
        '/v1/board': board(0, {
          position: logged.length,
          today: { since: snapshot(0).today.since, extensions: tally, queues: {} },
        }),
        [`/v1/sessions/${sessionId}/events`]: () => Response.json({ events: logged }),
      },
      logged.length,
    )
    send({ ...logged.at(-1), position: logged.length + 1 } as (typeof logged)[number])
    await settle()
    await pass(FRAME_MS)
    expect(asked).toContain(`/v1/sessions/${sessionId}/events`)
    expect(rows.get(BEA)?.today.calls).toBe(1)
  })
})
