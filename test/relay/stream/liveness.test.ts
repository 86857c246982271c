import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'

/** How the relay finds out over real sockets that nobody is at the other end. */

let clock: ManualClock
let fixture: RelayFixture
let token: string
beforeEach(async () => {
  clock = createManualClock(Date.now())
  fixture = await startFixture({ relay: { clock } })
  token = (await signIn(fixture, '400102')).token
})
afterEach(() => fixture.close())

/** A client that never answers a ping message; its library answers the protocol's pings, or does not. */
async function join(autoPong: boolean): Promise<WebSocket> {
  const socket = new WebSocket(`${fixture.relay.url.replace('http', 'ws')}/v1/stream`, { autoPong })
  await once(socket, 'open')
  const welcomed = once(socket, 'message')
  socket.send(JSON.stringify({ type: 'hello', token, after: null, client: 'test/1' }))
  await welcomed
  return socket
}

/** Lets the relay ping, and gives what the client answers the time to arrive. */
async function passPing(socket: WebSocket): Promise<void> {
  const pinged = once(socket, 'ping')
  clock.advance(20 * SECOND_MS)
  await pinged
  await fetch(`${fixture.relay.url}/healthz`)
}

it('keeps who answers the protocol’s pings', async () => {
  const socket = await join(true)
  for (let ping = 0; ping < 5; ping++) await passPing(socket)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.terminate()
})

it('drops who answers none, at the third', async () => {
  const socket = await join(false)
  const closed = once(socket, 'close')
  for (let ping = 0; ping < 2; ping++) await passPing(socket)
  clock.advance(20 * SECOND_MS)
  expect((await closed)[0]).toBe(1006)
})

it('cuts who floods it with pongs', async () => {
  const socket = await join(true)
  const closed = once(socket, 'close')
  for (let count = 0; count <= 100; count++) socket.pong()
  expect((await closed)[0]).toBe(CLOSE_CODES.tooSlow)
})

it('cuts who floods it with pongs before a hello', async () => {
  const socket = new WebSocket(`${fixture.relay.url.replace('http', 'ws')}/v1/stream`)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  for (let count = 0; count <= 100; count++) socket.pong()
  expect((await closed)[0]).toBe(CLOSE_CODES.tooSlow)
})
