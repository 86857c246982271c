import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CLOSE_CODES } from '../../shared/protocol/wire.ts'
import { type Platform, startPlatform } from '../platform/platform.ts'
import { eventually } from '../support/eventually.ts'
import { findFreePort } from '../support/free-port.ts'
import { relayEnvironment } from '../support/relay-environment.ts'
import { notification } from './support/notification.ts'
import { type RelayProcess, spawnRelay, startRelayProcess } from './support/relay-process.ts'
import { signIn } from './support/sign-in-flow.ts'
import { openStream } from './support/stream-client.ts'

/** The relay as its own process: how it starts, stops, and who may hold its folder. */

let platform: Platform
let dataFolder: string
let port: number
let relay: RelayProcess | undefined
beforeAll(async () => {
  platform = await startPlatform({ tidy: true })
  dataFolder = await mkdtemp(join(tmpdir(), 'ringside-process-'))
  port = await findFreePort()
})
afterEach(async () => {
  await relay?.end()
  relay = undefined
})
afterAll(async () => {
  await platform.close()
  await rm(dataFolder, { recursive: true })
})

async function start(): Promise<RelayProcess> {
  relay = await startRelayProcess({ platform, dataFolder, port })
  return relay
}

const secret = () => platform.subscriptions()[0]?.verificationToken ?? ''

/** A delivery of which everything but the end has arrived. */
async function beginDelivery(url: string, body: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  // A relay that ends at once may cut it.
  socket.on('error', () => undefined)
  const head = [
    'POST /webhook HTTP/1.1',
    'host: relay',
    `verification-token: ${secret()}`,
    `content-length: ${body.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, -1)}`)
  // The relay has seen it once a later request on another connection is answered.
  await fetch(`${url}/healthz`)
  return socket
}

describe('on SIGTERM', () => {
  it('tells the clients, answers what has begun, keeps the subscription, and says so', async () => {
    const first = await start()
    const { token } = await signIn({ relay: first }, '400102')
    const client = await openStream(first.url)
    client.hello(token)
    await client.welcome()
    const body = JSON.stringify(notification({ telephonySessionId: 's-last' }))
    const delivery = await beginDelivery(first.url, body)

    first.signal('SIGTERM')
    expect(await client.closed()).toBe(CLOSE_CODES.restart)
    await expect(fetch(`${first.url}/healthz`)).rejects.toThrow()
    delivery.write(body.slice(-1))
    const [answer] = await once(delivery, 'data')
    expect(String(answer)).toContain('HTTP/1.1 200 OK')
    expect(await first.ended).toBe(0)
    const lines = first.log.map((line) => (JSON.parse(line) as { msg: string }).msg)
    expect(lines[0]).toBe('The relay is listening')
    expect(lines.slice(-2)).toEqual(['The relay is stopping', 'The relay has stopped'])

    const [subscription] = platform.subscriptions()
    const second = await start()
    expect(platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
    const again = await openStream(second.url)
    again.hello(token)
    await again.events(1)
    expect(again.frames.some((frame) => frame.includes('s-last'))).toBe(true)
    await again.close()
  })

  it('ends at once when the signal comes again', async () => {
    const { url, signal, ended, log } = await start()
    const delivery = await beginDelivery(url, '{}')
    signal('SIGTERM')
    await eventually(() => expect(log.at(-1)).toContain('The relay is stopping'))
    signal('SIGTERM')
    expect(await ended).toBe('SIGTERM')
    delivery.destroy()
  })
})

describe('the data folder', () => {
  it('is refused to a second relay, and free again after the first was killed', async () => {
    const first = await start()
    const second = spawnRelay({
      ...relayEnvironment(platform),
      RELAY_PORT: String(await findFreePort()),
      RELAY_DATA_DIR: dataFolder,
    })
    expect(await second.ended).toBe(1)
    expect(second.log).toEqual([
      `The data folder ${dataFolder} is in use by another relay: stop that one, or give this one another RELAY_DATA_DIR.`,
    ])
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    await first.end('SIGKILL')
    await start()
  })
})

describe('does not start', () => {
  it('without its settings, and names them', async () => {
    const { ended, log } = spawnRelay({ RINGCENTRAL_CLIENT_ID: 'x', RELAY_SUPERVISORS: 'a'.repeat(32) })
    expect(await ended).toBe(1)
    expect(log).toHaveLength(4)
    expect(log.join('\n')).toContain('RINGCENTRAL_JWT is missing')
    expect(log.join('\n')).toContain('looks like a Chrome extension id')
  })

  it('when something fails late, and then does not stay as a process that answers nobody', async () => {
    const folder = join(dataFolder, 'late')
    await mkdir(join(folder, 'commands.sock', 'in-the-way'), { recursive: true })
    const { ended, log } = spawnRelay({
      ...relayEnvironment(platform),
      RELAY_PORT: '0',
      RELAY_DATA_DIR: folder,
    })
    expect(await ended).toBe(1)
    expect(log.at(-1)).toContain('commands.sock')
  })

  it('on a port that is taken, and says what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const taken = (server.address() as { port: number }).port
    const { ended, log } = spawnRelay({
      ...relayEnvironment(platform),
      RELAY_PORT: String(taken),
      RELAY_DATA_DIR: join(dataFolder, 'another'),
    })
    expect(await ended).toBe(1)
    server.close()
    expect(log).toEqual([
      `Port ${taken} on 127.0.0.1 is taken: stop what listens there, or set RELAY_PORT to another port.`,
    ])
  })
})
