import { describe, expect, it } from 'vitest'
import type { Connection } from '../../../../entrypoints/lib/contract/messages.ts'
import {
  createRelaySocket,
  type RelaySocket,
  type RelaySocketOptions,
  SILENCE_LIMIT_MS,
  type SocketLike,
} from '../../../../entrypoints/lib/relay/relay-socket.ts'
import type { Cursor } from '../../../../shared/protocol/wire.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { events, FakeSocket, ping, welcome } from './fake-socket.ts'

/** A world in which the test opens sockets, moves the clock and draws the random numbers. */
function createWorld(cursor?: Cursor, asked: Partial<Pick<RelaySocketOptions, 'view' | 'onNotAllowed'>> = {}) {
  const sockets: FakeSocket[] = []
  const clock = createManualClock()
  const connections: Connection['state'][] = []
  const handed: string[] = []
  const begunBehind: number[] = []
  const socket: RelaySocket = createRelaySocket({
    relayUrl: 'https://relay.example.com',
    token: 'token',
    client: 'ringside/test',
    view: 'mine',
    ...asked,
    readCursor: async () => cursor,
    onWelcome: (_, hasGap, fromPosition) => {
      handed.push(hasGap ? 'welcome after a gap' : 'welcome')
      begunBehind.push(fromPosition)
    },
    onEvents: ({ head }) => handed.push(`events to ${head}`),
    onPing: ({ head }) => handed.push(`ping at ${head}`),
    onConnection: ({ state }) => connections.push(state),
    clock,
    connect: (url) => {
      const fake = new FakeSocket(url)
      sockets.push(fake)
      return fake as unknown as SocketLike
    },
    random: () => 0.5,
  })
  return {
    socket,
    sockets,
    connections,
    handed,
    /** Behind which positions what came after each welcome began. */
    begunBehind,
    /** Lets time pass, and what falls due happen. */
    pass: clock.advance,
    latest(): FakeSocket {
      const latest = sockets.at(-1)
      if (latest === undefined) throw new Error('no socket was opened')
      return latest
    },
  }
}

describe('hello', () => {
  it('goes to the stream of the relay, with the token and the place where the browser stopped', async () => {
    const { latest } = createWorld({ epoch: 'e', position: 7 })
    await latest().open()
    expect(latest().url).toBe('wss://relay.example.com/v1/stream')
    expect(latest().sent).toEqual([
      { type: 'hello', token: 'token', after: { epoch: 'e', position: 7 }, client: 'ringside/test', view: 'mine' },
    ])
  })

  it('asks for those whom the person watches, where that is wanted', async () => {
    const { latest } = createWorld(undefined, { view: 'watched' })
    await latest().open()
    expect(latest().sent).toMatchObject([{ view: 'watched' }])
  })

  it('asks for everything when the browser has nothing', async () => {
    const { latest } = createWorld()
    await latest().open()
    expect(latest().sent).toMatchObject([{ after: null }])
  })
})

describe('catching up', () => {
  it.each([
    ['the place where the browser stopped', { epoch: 'e', position: 7 }, welcome(9, true), 7],
    ['the oldest that the relay has, for a new browser', undefined, welcome(9, false, 4), 3],
    ['the oldest that the relay has, when it cannot go on', { epoch: 'old', position: 7 }, welcome(9, false, 4), 3],
  ])('begins behind %s', async (_, cursor, message, position) => {
    const { latest, begunBehind } = createWorld(cursor)
    await latest().open()
    latest().receive(message)
    expect(begunBehind).toEqual([position])
  })
})

describe('being live', () => {
  it('begins at once when there is nothing to catch up with', async () => {
    const { latest, connections } = createWorld({ epoch: 'e', position: 7 })
    await latest().open()
    latest().receive(welcome(7, true))
    expect(connections).toEqual(['connecting', 'catchingUp', 'live'])
  })

  it('begins when everything up to the head of the welcome has come', async () => {
    const { latest, connections, handed } = createWorld()
    await latest().open()
    latest().receive(welcome(9, false))
    latest().receive(events(5))
    expect(connections).not.toContain('live')
    latest().receive(events(9))
    expect(connections.at(-1)).toBe('live')
    expect(handed).toEqual(['welcome', 'events to 5', 'events to 9'])
  })

  it('begins with a ping when nothing of what was new was for this person', async () => {
    const { latest, connections } = createWorld({ epoch: 'e', position: 3 })
    await latest().open()
    latest().receive(welcome(9, true))
    expect(connections.at(-1)).toBe('catchingUp')
    latest().receive(ping(9, 0))
    expect(connections.at(-1)).toBe('live')
  })
})

describe('a gap', () => {
  it.each([
    ['is when a cursor was given and not resumed', { epoch: 'e', position: 7 }, false, 'welcome after a gap'],
    ['is not when it was resumed', { epoch: 'e', position: 7 }, true, 'welcome'],
    ['is not when the browser began with nothing', undefined, false, 'welcome'],
  ])('%s', async (_, cursor, resumed, expected) => {
    const { latest, handed } = createWorld(cursor)
    await latest().open()
    latest().receive(welcome(9, resumed))
    expect(handed).toEqual([expected])
  })
})

describe('a line that is not whole', () => {
  it('is given up when the relay counts another number of frames', async () => {
    const { latest, sockets, connections } = createWorld()
    await latest().open()
    latest().receive(welcome(0, false))
    latest().receive(events(1))
    latest().receive(ping(1, 1))
    expect(latest().sent.at(-1)).toEqual({ type: 'pong' })
    latest().receive(ping(3, 3))
    expect(sockets[0]?.isClosed).toBe(true)
    expect(connections.at(-1)).toBe('lost')
  })

  it('is given up when it has been silent for longer than pings are apart', async () => {
    const { latest, connections, pass } = createWorld()
    await latest().open()
    latest().receive(welcome(0, false))
    pass(SILENCE_LIMIT_MS - 1)
    expect(connections.at(-1)).toBe('live')
    pass(1)
    expect(connections.at(-1)).toBe('lost')
    expect(SILENCE_LIMIT_MS).toBeLessThan(35_000)
  })

  it('is given up when what comes cannot be read', async () => {
    const { latest, connections } = createWorld()
    await latest().open()
    latest().receive({ type: 'ping' })
    expect(connections.at(-1)).toBe('lost')
  })

  it('is not disturbed by messages of a kind that it does not know', async () => {
    const { latest, connections } = createWorld()
    await latest().open()
    latest().receive(welcome(0, false))
    latest().receive({ type: 'weather' })
    expect(connections.at(-1)).toBe('live')
  })
})

describe('a view that is not the person’s', () => {
  it('ends the stream, and is not asked for again', () => {
    const told: string[] = []
    const { latest, sockets, connections, pass, socket } = createWorld(undefined, {
      view: 'watched',
      onNotAllowed: () => told.push('not allowed'),
    })
    latest().fail(4403)
    socket.hurry()
    pass(60_000)
    expect(told).toEqual(['not allowed'])
    expect(sockets).toHaveLength(1)
    expect(connections).toEqual(['connecting'])
  })
})

describe('rights that have changed', () => {
  const changed = { type: 'error', code: 'rights_changed', message: 'Connect again.' }

  it('are asked for at once, and nothing is called lost', async () => {
    const { latest, sockets, connections } = createWorld()
    await latest().open()
    latest().receive(welcome(0, false))
    latest().receive(changed)
    latest().fail(1012)
    expect(sockets).toHaveLength(2)
    await latest().open()
    latest().receive(welcome(0, true))
    expect(connections).toEqual(['connecting', 'catchingUp', 'live', 'connecting', 'catchingUp', 'live'])
  })

  it('are lost when the relay does not answer', async () => {
    const { latest, sockets, connections, pass } = createWorld()
    await latest().open()
    latest().receive(welcome(0, false))
    latest().receive(changed)
    latest().fail(1012)
    latest().fail(1006)
    expect(connections.at(-1)).toBe('lost')
    pass(250)
    expect(sockets).toHaveLength(3)
  })

  it('are not asked for without a pause when the stream never began', async () => {
    const { latest, sockets, pass } = createWorld()
    await latest().open()
    latest().receive(changed)
    latest().fail(1012)
    expect(sockets).toHaveLength(1)
    pass(250)
    expect(sockets).toHaveLength(2)
  })
})

describe('coming back', () => {
  it('waits ever longer, up to half a minute, and drawn from the whole of it', () => {
    const { sockets, latest, pass } = createWorld()
    const waits = [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]
    for (const [index, waitMs] of waits.entries()) {
      latest().fail(1006)
      pass(waitMs - 1)
      expect(sockets).toHaveLength(index + 1)
      pass(1)
      expect(sockets).toHaveLength(index + 2)
    }
  })

  it('tries at once when somebody is looking, and only when it is down', async () => {
    const { socket, sockets, latest } = createWorld()
    latest().fail(1006)
    socket.hurry()
    expect(sockets).toHaveLength(2)
    socket.hurry()
    expect(sockets).toHaveLength(2)
  })

  it('begins with short waits again after it was live', async () => {
    const { sockets, latest, pass } = createWorld()
    for (const waitMs of [250, 500, 1000]) {
      latest().fail(1006)
      pass(waitMs)
    }
    await latest().open()
    latest().receive(welcome(0, false))
    latest().fail(1012)
    pass(250)
    expect(sockets).toHaveLength(5)
  })

  it('says since when it is lost, not since the last attempt', () => {
    const { latest, pass, connections } = createWorld()
    latest().fail(1006)
    pass(250)
    latest().fail(1006)
    expect(connections).toEqual(['connecting', 'lost', 'lost'])
  })

  it('does not when the token is no longer taken', () => {
    const { socket, sockets, latest, pass, connections } = createWorld()
    latest().fail(4401)
    expect(connections.at(-1)).toBe('unauthorised')
    pass(3_600_000)
    socket.hurry()
    expect(sockets).toHaveLength(1)
  })

  it('does not after it was closed', async () => {
    const { socket, sockets, latest, pass, connections } = createWorld()
    await latest().open()
    socket.close()
    expect(latest().isClosed).toBe(true)
    pass(3_600_000)
    expect(sockets).toHaveLength(1)
    expect(connections).toEqual(['connecting'])
  })
})
