import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../relay/clock.ts'
import { MAX_FAILURES } from '../../../relay/http/failure-limits.ts'
import { respondPage } from '../../../relay/http/page.ts'
import { readMetric } from '../../support/read-metric.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { notification } from '../support/notification.ts'
import { openRaw, sendRaw } from '../support/raw-request.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** What strangers and broken senders may do to the relay's HTTP, over real connections. */

let fixture: RelayFixture
let url: string
beforeAll(async () => {
  // Failures are forgotten with time, two in a second: on a busy machine as fast as they are made. So none passes here.
  const nowMs = Date.now()
  fixture = await startFixture({ relay: { clock: { ...systemClock, nowMs: () => nowMs } } })
  url = fixture.relay.url
})
afterAll(() => fixture.close())

const secret = () => fixture.platform.subscriptions()[0]?.verificationToken ?? ''
const statusOf = (answer: string): number => Number(answer.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length))
/** As somebody else, so that what fails here is not held against the next test. */
let strangers = 0
const from = (address = `203.0.113.${++strangers}`): string => `x-forwarded-for: ${address}`
const deliver = (body: string | Buffer, ...headers: readonly string[]) =>
  sendRaw(
    url,
    ['POST /webhook HTTP/1.1', 'host: relay', `content-length: ${Buffer.byteLength(body)}`, from(), ...headers],
    body,
  )
const trusted = () => `verification-token: ${secret()}`

describe("the webhook's answers", () => {
  it.each<[what: string, send: () => Promise<string>, status: number]>([
    ['a delivery', () => deliver(JSON.stringify(notification()), trusted()), 200],
    ['a handshake', () => deliver('', `validation-token: ${'v'.repeat(512)}`), 200],
    ['a handshake that asks for too much', () => deliver('', `validation-token: ${'v'.repeat(513)}`), 400],
    ['a stranger', () => deliver('{}'), 401],
    ['what is no event', () => deliver('{}', trusted()), 200],
  ])('%s: with its headers within 1024 bytes, and none that only a page needs', async (_what, send, status) => {
    const answer = await send()
    expect(statusOf(answer)).toBe(status)
    expect(answer.length).toBeLessThanOrEqual(1024)
    expect(answer).not.toMatch(/content-security-policy|x-frame-options|strict-transport|nosniff/i)
  })
})

describe('a body', () => {
  const event = JSON.stringify(notification({ telephonySessionId: 's-body' }))

  it.each<[what: string, send: () => Promise<string>, status: number]>([
    ['in chunks', () => chunked([event.slice(0, 40), event.slice(40)]), 200],
    ['of more than 1 MB, announced', () => deliver(`${event}${' '.repeat(1024 * 1024)}`, trusted()), 413],
    ['of more than 1 MB, in chunks', () => chunked([event, ' '.repeat(1024 * 1024)]), 413],
    ['compressed', () => deliver(gzipSync(event), trusted(), 'content-encoding: gzip'), 200],
    ['compressed, by a stranger', () => deliver(gzipSync(event), 'content-encoding: gzip'), 401],
    ['that is not UTF-8', () => deliver(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), trusted()), 200],
    ['that is empty', () => deliver('', trusted()), 200],
  ])('%s', async (_what, send, status) => {
    expect(statusOf(await send())).toBe(status)
  })

  function chunked(parts: readonly string[]): Promise<string> {
    const body = [...parts, ''].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')
    return sendRaw(
      url,
      ['POST /webhook HTTP/1.1', 'host: relay', 'transfer-encoding: chunked', from(), trusted()],
      body,
    )
  }

  it('that is too large ends the connection: the rest is not read', async () => {
    const { socket, whole } = await openRaw(url)
    const lines = ['POST /webhook HTTP/1.1', 'host: relay', 'content-length: 2000000', from(), trusted()]
    socket.write(`${lines.join('\r\n')}\r\n\r\n{`)
    expect(statusOf(await whole())).toBe(413)
  })

  it('of a stranger is not waited for', async () => {
    const { socket, received } = await openRaw(url)
    const lines = ['POST /webhook HTTP/1.1', 'host: relay', 'content-length: 900000', from(), 'validation-token: guess']
    socket.write(`${lines.join('\r\n')}\r\n\r\n{`)
    await once(socket, 'data')
    socket.destroy()
    expect(statusOf(received())).toBe(401)
  })

  it('elsewhere is refused when it is compressed or too large, with a sentence', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${url}/auth/token`, { method: 'POST', headers: { ...headers, 'x-forwarded-for': '203.0.113.200' }, body })
    const compressed = await post({ 'content-encoding': 'gzip' }, '{}')
    expect(compressed.status).toBe(415)
    expect(await compressed.json()).toMatchObject({ code: 'compressed', detail: expect.stringContaining('.') })
    const large = await post({}, 'x'.repeat(16 * 1024 + 1))
    expect(large.status).toBe(413)
  })
})

it('takes any body at all with the right secret, and none without', async () => {
  const json = fc.oneof(
    fc.json({ maxDepth: 6 }),
    fc.string({ unit: 'binary' }),
    fc.integer({ min: 1, max: 3000 }).map((depth) => '['.repeat(depth)),
    fc.constantFrom(
      '"\\ud800"',
      '{"__proto__":{"body":1}}',
      '1e999',
      '[18446744073709551616]',
      '\u0000',
      '{"body":null}',
    ),
    // A good one with something of another kind in it.
    fc
      .tuple(fc.constantFrom('"400102"', '"s-1"', '[', '2', '"Proceeding"'), fc.json({ maxDepth: 3 }))
      .map(([part, value]) => JSON.stringify(notification()).replace(part, value)),
  )
  await fc.assert(
    fc.asyncProperty(json, async (body) => {
      const post = (headers: Record<string, string>) => fetch(`${url}/webhook`, { method: 'POST', headers, body })
      expect((await post({ 'verification-token': secret() })).status).toBe(200)
      expect((await post({ 'x-forwarded-for': from().slice(17) })).status).toBe(401)
    }),
    { numRuns: 60 },
  )
  expect(fixture.logText()).not.toContain('A request failed')
})

describe('a request that is no good as such', () => {
  it.each<[what: string, lines: readonly string[], status: number, code: string]>([
    [
      'headers of more than 16 kB',
      ['GET /healthz HTTP/1.1', 'host: relay', `x: ${'y'.repeat(17_000)}`],
      431,
      'headers_too_large',
    ],
    ['another protocol', ['HELO relay'], 400, 'bad_request'],
    [
      'two lengths',
      ['POST /webhook HTTP/1.1', 'host: relay', 'content-length: 1', 'content-length: 2'],
      400,
      'bad_request',
    ],
    ['no host', ['GET /healthz HTTP/1.1'], 400, 'bad_request'],
  ])('%s is answered with a sentence and cut', async (_what, lines, status, code) => {
    const answer = await sendRaw(url, lines)
    expect(statusOf(answer)).toBe(status)
    if (code !== 'bad_request' || answer.includes('problem')) expect(answer).toContain(`"code":"${code}"`)
  })

  it('is cut when it takes longer than ten seconds, and nothing of it is kept', async () => {
    const head = () => readMetric(url, 'ringside_log_head_position')
    const before = await head()
    const { socket, whole } = await openRaw(url)
    socket.write(`POST /webhook HTTP/1.1\r\nhost: relay\r\n${trusted()}\r\ncontent-length: 900\r\n\r\n{"uuid":`)
    const idle = await openRaw(url)
    idle.socket.write('GET /healthz HTT')
    expect(statusOf(await whole())).toBe(408)
    expect(statusOf(await idle.whole())).toBe(408)
    expect(await head()).toBe(before)
  })
})

describe('too many failures', () => {
  const wrong = (address: string) => deliverFrom(address, 'guess')
  const deliverFrom = (address: string, token: string) =>
    fetch(`${url}/webhook`, {
      method: 'POST',
      headers: { 'x-forwarded-for': address, 'verification-token': token },
      body: JSON.stringify(notification()),
    })

  it('of one address are answered 429 with a time, and what is right still passes', async () => {
    const statuses: number[] = []
    for (let failure = 0; failure < MAX_FAILURES + 5; failure++) statuses.push((await wrong('198.51.100.1')).status)
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
    expect(statuses.at(-1)).toBe(429)
    const refused = await wrong('198.51.100.1')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({
      code: 'too_many_failures',
      retryAfterS: Number(refused.headers.get('retry-after')),
    })
    expect((await deliverFrom('198.51.100.1', secret())).status).toBe(200)
    expect((await wrong('198.51.100.2')).status).toBe(401)

    // Its sockets say so as well, and somebody with a valid token gets through.
    const guess = await openStream(url, { 'x-forwarded-for': '198.51.100.1' })
    guess.hello('x'.repeat(43))
    expect(await guess.closed()).toBe(4429)
    expect(guess.messages().at(-1)).toMatchObject({ type: 'error', code: 'too_many' })
    const { token } = await signIn(fixture, '400102')
    const client = await openStream(url, { 'x-forwarded-for': '198.51.100.1' })
    client.hello(token)
    await client.welcome()
    await client.close()
  })

  it.each<[what: string, path: string, init: RequestInit]>([
    ['codes nobody gave out', '/auth/token', { method: 'POST', body: '{"code":"a","code_verifier":"b"}' }],
    ['sign-ins for somebody else', '/auth/start?redirect_uri=https://evil.example/', {}],
    ['tokens nobody has', '/auth/token', { method: 'DELETE', headers: { authorization: 'Bearer guess' } }],
  ])('%s count', async (_what, path, init) => {
    const address = from().slice('x-forwarded-for: '.length)
    const headers = {
      ...(init.headers as Record<string, string>),
      'x-forwarded-for': address,
      origin: EXTENSION_ORIGIN,
    }
    let last: Response | undefined
    for (let failure = 0; failure < MAX_FAILURES + 20; failure++)
      last = await fetch(`${url}${path}`, { ...init, headers })
    expect(last?.status).toBe(429)
    if (path === '/auth/token') expect(last?.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
  })
})

describe('a page', () => {
  it('comes with the headers that keep it harmless', async () => {
    const response = await fetch(`${url}/auth/start`, { headers: { 'x-forwarded-for': '203.0.113.201' } })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('shows text as text', async () => {
    const app = new Hono().get('/', (c) => respondPage(c, { title: 'A & "B"', text: '<script>alert(1)</script>' }))
    const html = await (await app.request('/')).text()
    expect(html).toContain('<h1>A &amp; &quot;B&quot;</h1>')
    expect(html).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>')
  })
})

it('says on a foreign upgrade what is wrong', async () => {
  const { socket, whole } = await openRaw(url)
  const upgrade = [
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${'a'.repeat(22)}==`,
  ]
  socket.write(
    `${['GET /v1/stream HTTP/1.1', 'host: relay', 'origin: https://crm.example', from(), ...upgrade].join('\r\n')}\r\n\r\n`,
  )
  await once(socket, 'end')
  socket.end()
  const answer = await whole()
  expect(statusOf(answer)).toBe(403)
  expect(answer).toContain('"code":"foreign_origin"')
})
