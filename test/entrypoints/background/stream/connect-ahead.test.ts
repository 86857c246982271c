import { expect, it } from 'vitest'
import { connectAhead } from '../../../../entrypoints/background/stream/connect-ahead.ts'
import type { SocketLike } from '../../../../entrypoints/lib/relay/relay-socket.ts'
import { FakeSocket } from '../../lib/relay/fake-socket.ts'

const URL_OF_STREAM = 'wss://relay.example.com/v1/stream'

function createWorld() {
  const sockets: FakeSocket[] = []
  const ahead = connectAhead((url) => {
    const socket = new FakeSocket(url)
    sockets.push(socket)
    return socket as unknown as SocketLike
  }, URL_OF_STREAM)
  const told: string[] = []
  /** Takes the socket, as a stream does. */
  const take = (): SocketLike => {
    const socket = ahead.connect(URL_OF_STREAM)
    socket.onopen = () => told.push('open')
    socket.onclose = ({ code }) => told.push(`closed ${code}`)
    return socket
  }
  return { ahead, sockets, told, take }
}

function openAndFail(socket: FakeSocket): void {
  void socket.open()
  socket.fail(4000)
}

it('connects at once, and hands over the same socket', () => {
  const { sockets, take } = createWorld()
  expect(sockets.map(({ url }) => url)).toEqual([URL_OF_STREAM])
  expect(take()).toBe(sockets[0])
})

it.each<[string, (socket: FakeSocket) => void, readonly string[]]>([
  ['opened', (socket) => void socket.open(), ['open']],
  ['closed', (socket) => socket.fail(1006), ['closed 1006']],
  ['opened and closed', openAndFail, ['open', 'closed 4000']],
])('whoever takes it hears that it has %s by then, once their handlers are set', async (_, happen, expected) => {
  const { sockets, told, take } = createWorld()
  happen(sockets[0] as FakeSocket)
  take()
  expect(told).toEqual([])
  await Promise.resolve()
  expect(told).toEqual(expected)
})

it('whoever takes it hears what happens after', async () => {
  const { sockets, told, take } = createWorld()
  take()
  await Promise.resolve()
  void sockets[0]?.open()
  expect(told).toEqual(['open'])
})

it('gives another each time after the first', () => {
  const { sockets, take } = createWorld()
  take()
  expect(take()).toBe(sockets[1])
})

it('is closed when nobody takes it, and left to whoever has', () => {
  const unwanted = createWorld()
  unwanted.ahead.close()
  expect(unwanted.sockets[0]?.isClosed).toBe(true)
  const taken = createWorld()
  taken.take()
  taken.ahead.close()
  expect(taken.sockets[0]?.isClosed).toBe(false)
})
