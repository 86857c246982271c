import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, BlockList, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createFailureLimits, type FailureLimits } from '../../../relay/http/failure-limits.ts'
import { createRefusedConnections, type RefusedConnections } from '../../../relay/http/refused-connections.ts'
import { createHttpServer, type HttpServerOptions } from '../../../relay/http/server.ts'
import { parseTrustedProxies } from '../../../relay/trusted-proxies.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { openRaw } from '../support/raw-request.ts'

/** What the server does with connections before there is a request. */

const NOBODY = new BlockList()
const LOOPBACK = parseTrustedProxies(['127.0.0.0/8', '::1']) ?? NOBODY

let server: Server
let failures: FailureLimits
let refused: RefusedConnections
let logger: ReturnType<typeof createCollectedLogger>
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
})

async function listen(options: Partial<HttpServerOptions> = {}): Promise<string> {
  const clock = createManualClock()
  failures = createFailureLimits(clock)
  logger = createCollectedLogger()
  refused = createRefusedConnections(clock, logger.logger)
  server = createHttpServer({ trustedProxies: NOBODY, failures, refused, ...options })
  server.on('request', (_request, response) => response.end('ok'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Whether a connection is let in: whoever is not is cut without a word. */
async function isLetIn(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  sockets.push(socket)
  socket.write('GET / HTTP/1.1\r\nhost: relay\r\n\r\n')
  return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)])
}

describe('connections', () => {
  it('that are refused are counted, and told of in a line a minute', async () => {
    const url = await listen({ maxConnectionsPerAddress: 2 })
    for (let count = 0; count < 5; count++) await isLetIn(url)
    expect(refused.total('address')).toBe(3)
    expect(logger.text().match(/RELAY_TRUSTED_PROXIES should name it/g)).toHaveLength(1)
  })

  it('beyond what the relay takes in all are counted too', async () => {
    const url = await listen({ maxConnections: 1 })
    expect([await isLetIn(url), await isLetIn(url)]).toEqual([true, false])
    expect(refused.total('all')).toBe(1)
    expect(logger.text()).toContain('there are as many as the relay takes')
  })

  it.each([
    ['that is not set up is named, once', NOBODY, 1],
    ['that is set up is not', LOOPBACK, 0],
  ])('a proxy %s', async (_what, trustedProxies, times) => {
    const url = await listen({ trustedProxies })
    for (let count = 0; count < 3; count++) await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(logger.text().match(/"proxy":"127.0.0.1"/g) ?? []).toHaveLength(times)
    expect(logger.text()).not.toContain('203.0.113.7')
  })

  it('with a header that somebody out there wrote are not told of', async () => {
    await listen()
    for (const peer of ['203.0.113.9', '2001:db8::1', '']) refused.noteForwarded(peer)
    expect(logger.text()).toBe('')
    for (const peer of ['10.0.0.7', 'fd00::7']) refused.noteForwarded(peer)
    expect(logger.text().trim().split('\n')).toHaveLength(1)
  })

  it('are limited for each address, and one that ends makes room', async () => {
    const url = await listen({ maxConnectionsPerAddress: 2 })
    expect([await isLetIn(url), await isLetIn(url), await isLetIn(url)]).toEqual([true, true, false])
    sockets[0]?.destroy()
    await eventually(async () => expect(await isLetIn(url)).toBe(true))
  })

  it('of a trusted proxy are everybody’s, and only limited with all others', async () => {
    const url = await listen({ trustedProxies: LOOPBACK, maxConnectionsPerAddress: 2, maxConnections: 3 })
    const letIn = [await isLetIn(url), await isLetIn(url), await isLetIn(url), await isLetIn(url)]
    expect(letIn).toEqual([true, true, true, false])
  })
})

describe('what is no HTTP', () => {
  it.each([
    ['a stranger', NOBODY, 1],
    ['a trusted proxy, for whomever that was', LOOPBACK, 0],
  ])('counts as a failure of %s', async (_whose, trustedProxies, count) => {
    const { socket, whole } = await openRaw(await listen({ trustedProxies }))
    socket.write('HELO relay\r\n\r\n')
    expect(await whole()).toContain('"code":"bad_request"')
    expect(failures.total).toBe(count)
  })

  it('is cut also when the sender never closes', async () => {
    const { hostname, port } = new URL(await listen())
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.resume()
    socket.write('HELO relay\r\n\r\n')
    await once(socket, 'end')
    const left = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))
    await eventually(async () => expect(await left()).toBe(0))
  })
})

it('keeps an idle connection longer than common proxies do', async () => {
  await listen()
  // A proxy of nginx keeps one for 60 s, one of AWS as well.
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000)
})
