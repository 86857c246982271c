import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { notification } from '../support/notification.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** From the stand-in's webhook deliveries to a client's socket, over real connections. */

const AGENT = '400102'
const COLLEAGUE = '400104'
const SUPERVISOR = '400101'

let fixture: RelayFixture
let agentToken: string
let colleagueToken: string
let supervisorToken: string

beforeAll(async () => {
  fixture = await startFixture({ settings: { supervisors: [SUPERVISOR] } })
  agentToken = (await signIn(fixture, AGENT)).token
  colleagueToken = (await signIn(fixture, COLLEAGUE)).token
  supervisorToken = (await signIn(fixture, SUPERVISOR)).token
})
afterAll(() => fixture.close())

const open = (headers?: Record<string, string>) => openStream(fixture.relay.url, headers)

async function openAs(token: string) {
  const client = await open()
  client.hello(token)
  await client.welcome()
  return client
}

describe('the upgrade', () => {
  it.each<[what: string, path: string, origin: string | undefined, status: number]>([
    ["the extension's origin", '/v1/stream', EXTENSION_ORIGIN, 101],
    ['no origin: no page of a browser', '/v1/stream', undefined, 101],
    ['a page', '/v1/stream', 'https://crm.example', 403],
    ['another extension', '/v1/stream', `chrome-extension://${'a'.repeat(32)}`, 403],
    ['another path', '/v2/stream', EXTENSION_ORIGIN, 404],
  ])('%s', async (_what, path, origin, status) => {
    const socket = new WebSocket(`${fixture.relay.url.replace('http', 'ws')}${path}`, origin ? { origin } : {})
    const got = await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number),
    ])
    expect(got).toBe(status)
    socket.on('error', () => undefined)
    socket.terminate()
  })
})

it('a socket that ends without a hello is a failure of its address', async () => {
  const failures = () => readMetric(fixture.relay.url, 'ringside_failures_total')
  const before = await failures()
  await (await open()).close()
  await eventually(async () => expect(await failures()).toBeGreaterThan(before))
})

describe('the close codes', () => {
  it('4400 for what is no hello', async () => {
    const client = await open()
    client.send('garbage')
    expect(await client.closed()).toBe(CLOSE_CODES.badMessage)
  })

  it('4400 for a binary message', async () => {
    const client = await open()
    // A hello in every other way.
    client.socket.send(Buffer.from(JSON.stringify({ type: 'hello', token: agentToken, after: null, client: 'test/1' })))
    expect(await client.closed()).toBe(CLOSE_CODES.badMessage)
  })

  it('4401 for a token nobody has', async () => {
    const client = await open()
    client.hello('x'.repeat(43))
    expect(await client.closed()).toBe(CLOSE_CODES.unauthorised)
  })

  it('4413 for more than 16 kB', async () => {
    const client = await open()
    client.send('x'.repeat(16 * 1024 + 1))
    expect(await client.closed()).toBe(CLOSE_CODES.tooLarge)
  })

  it('4413 for a message in more than sixteen pieces', async () => {
    const client = await open()
    for (let piece = 0; piece < 20; piece++) client.socket.send('x', { fin: false })
    expect(await client.closed()).toBe(CLOSE_CODES.tooLarge)
  })

  it('a hello in sixteen pieces is one', async () => {
    const client = await open()
    const hello = JSON.stringify({ type: 'hello', token: agentToken, after: null, client: 'test/1' })
    const pieceChars = Math.ceil(hello.length / 16)
    for (let start = 0; start < hello.length; start += pieceChars) {
      client.socket.send(hello.slice(start, start + pieceChars), { fin: start + pieceChars >= hello.length })
    }
    await client.welcome()
    await client.close()
  })

  it('4429 for more than a hundred WebSocket pings, though the library answers each', async () => {
    const client = await openAs(agentToken)
    const { socket } = client
    socket.on('pong', () => socket.readyState === WebSocket.OPEN && socket.ping())
    socket.ping()
    expect(await client.closed()).toBe(CLOSE_CODES.tooSlow)
    expect(client.messages().at(-1)).toMatchObject({ type: 'error', code: 'too_many' })
  })

  it('no compression is agreed on', async () => {
    const client = await open()
    expect(client.socket.extensions).toBe('')
    await client.close()
  })
})

describe('events', () => {
  it('reach those who may see them, untouched, with ids larger than a double', async () => {
    const [agent, colleague, supervisor] = await Promise.all([agentToken, colleagueToken, supervisorToken].map(openAs))
    if (!agent || !colleague || !supervisor) throw new Error('three clients should be open')
    const eventFrames = ({ frames }: { frames: readonly string[] }) =>
      frames.filter((frame) => frame.includes('"type":"events"'))
    const before = eventFrames(supervisor).length
    const body = JSON.stringify(notification({ telephonySessionId: 's-huge', owners: [AGENT] })).replace(
      '"sessionId":"7"',
      '"sessionId":425008160016425008160016',
    )
    const response = await fetch(`${fixture.relay.url}/webhook`, {
      method: 'POST',
      headers: { 'verification-token': fixture.platform.subscriptions()[0]?.verificationToken ?? '' },
      body,
    })
    expect(response.status).toBe(200)
    await agent.events(1)
    await eventually(() => expect(eventFrames(supervisor).length).toBeGreaterThan(before))
    expect(eventFrames(agent).at(-1)).toContain(`"notification":${body}`)
    expect(eventFrames(supervisor).at(-1)).toBe(eventFrames(agent).at(-1))
    expect(eventFrames(colleague)).toEqual([])
    await Promise.all([agent.close(), colleague.close(), supervisor.close()])
  })

  it('of a replayed call come whole, each once, and are caught up on from the cursor', async () => {
    const live = await openAs(supervisorToken)
    const { epoch, head } = await live.welcome()
    await fixture.platform.replay('pstn-to-user', { speed: Number.POSITIVE_INFINITY })
    const frames = await live.events(head + 11)
    const positions = frames.flatMap(({ events }) => events.map(({ position }) => position))
    expect(positions).toEqual(Array.from({ length: head + 11 }, (_, index) => index + 1))
    const cursor = { epoch, position: head + 4 }
    await live.close()

    const resumed = await open()
    resumed.hello(supervisorToken, cursor)
    expect(await resumed.welcome()).toMatchObject({ resumed: true, epoch, head: head + 11 })
    const caughtUp = await resumed.events(7)
    expect(caughtUp.flatMap(({ events }) => events.map(({ position }) => position))).toEqual(positions.slice(-7))
    await resumed.close()
  })

  it('of a repeated delivery come once', async () => {
    const client = await openAs(agentToken)
    const event = notification({ telephonySessionId: 's-twice', owners: [AGENT] })
    const seen = (await client.welcome()).head
    await fixture.platform.deliver(event, { force: true })
    await fixture.platform.deliver(event, { force: true })
    await fixture.platform.deliver({ ...event, uuid: 'next', body: { ...event.body, sequence: 3 } }, { force: true })
    await eventually(() => expect(client.frames.filter((frame) => frame.includes('s-twice'))).toHaveLength(2))
    expect(client.frames.at(-1)).toContain(`"position":${seen + 2},`)
    await client.close()
  })
})

describe('signing out', () => {
  it('cuts the sockets of that token at once, and no other', async () => {
    const { token } = await signIn(fixture, AGENT)
    const cut = await openAs(token)
    const other = await openAs(agentToken)
    const response = await fetch(`${fixture.relay.url}/auth/token`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(204)
    expect(await cut.closed()).toBe(CLOSE_CODES.unauthorised)
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
    await other.close()
    const again = await open()
    again.hello(token)
    expect(await again.closed()).toBe(CLOSE_CODES.unauthorised)
  })
})

describe('a restart', () => {
  it('closes with 1012 and resumes afterwards without a new subscription', async () => {
    const client = await openAs(agentToken)
    const { epoch, head } = await client.welcome()
    const [before] = fixture.platform.subscriptions()
    fixture = await fixture.restart()
    expect(await client.closed()).toBe(CLOSE_CODES.restart)
    expect(fixture.platform.subscriptions()).toEqual([before])
    const again = await open()
    again.hello(agentToken, { epoch, position: head })
    expect(await again.welcome()).toMatchObject({ resumed: true, epoch })
    await again.close()
  })
})
