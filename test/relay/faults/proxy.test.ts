import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { startPlatform } from '../../platform/platform.ts'
import { findFreePort } from '../../support/free-port.ts'
import { createSelfSigned } from '../../support/self-signed.ts'
import { startRelayProcess } from '../support/relay-process.ts'

/** A network that lets nothing out but through its proxy. */

/** Nobody resolves this name: who gets there went through the proxy. */
const RINGCENTRAL = 'ringcentral.invalid'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  return (server.address() as AddressInfo).port
}

/** An HTTP proxy that leads every tunnel to one port, and writes down where each was to lead. */
async function startProxy(toPort: number): Promise<{ readonly url: string; readonly tunnels: readonly string[] }> {
  const tunnels: string[] = []
  const proxy = createServer((_request, response) => response.writeHead(403).end())
  proxy.on('connect', (request, socket) => {
    tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const onwards = connect(toPort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    for (const end of [socket, onwards]) end.on('error', () => undefined)
    socket.pipe(onwards).pipe(socket)
  })
  return { url: `http://agent:secret@127.0.0.1:${await listen(proxy)}`, tunnels }
}

it.each(['HTTPS_PROXY', 'https_proxy'])(
  'the relay reaches RingCentral through the proxy that %s names',
  async (name) => {
    const platform = await startPlatform({ tidy: true })
    ends.push(() => platform.close())
    const platformPort = Number(new URL(platform.url).port)
    const tls = createTlsServer(createSelfSigned(), (socket) => {
      const onwards = connect(platformPort, '127.0.0.1')
      for (const end of [socket, onwards]) end.on('error', () => undefined)
      socket.pipe(onwards).pipe(socket)
    })
    const proxy = await startProxy(await listen(tls))
    const dataFolder = await mkdtemp(join(tmpdir(), 'ringside-proxy-'))
    ends.push(() => rm(dataFolder, { recursive: true }))
    const relay = await startRelayProcess({
      platform,
      dataFolder,
      port: await findFreePort(),
      environment: {
        RINGCENTRAL_SERVER_URL: `https://${RINGCENTRAL}`,
        [name]: proxy.url,
        // The certificate of the stand-in is nobody's.
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
    })
    ends.push(() => relay.end())
    expect(platform.subscriptions()).toHaveLength(1)
    const basic = Buffer.from('agent:secret').toString('base64')
    expect(new Set(proxy.tunnels)).toEqual(new Set([`${RINGCENTRAL}:443 Basic ${basic}`]))
    expect(relay.log.join('\n')).not.toContain('secret')
  },
)
