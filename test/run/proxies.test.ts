import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect } from 'vitest'
import WebSocket from 'ws'
import { systemClock } from '../../relay/clock.ts'
import { MAX_FAILURES } from '../../relay/http/failure-limits.ts'
import { type RelayFixture, startFixture } from '../relay/support/relay-fixture.ts'
import { signIn } from '../relay/support/sign-in-flow.ts'
import { eventually } from '../support/eventually.ts'
import { findFreePort } from '../support/free-port.ts'
import { itWhere } from '../support/it-with.ts'
import { createSelfSigned } from '../support/self-signed.ts'

/** The examples of proxies as they ship, in real proxies: only ports, certificates and addresses are this machine's. */

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const read = (file: string) => readFileSync(new URL(`../../docs/run/${file}`, import.meta.url), 'utf8')

interface Scene {
  readonly fixture: RelayFixture
  /** Where the proxy listens, with TLS. */
  readonly port: number
}

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-proxy-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Failures are forgotten with time, of which none passes here, however slow the machine is. */
async function startRelay(): Promise<RelayFixture> {
  const nowMs = Date.now()
  const fixture = await startFixture({ relay: { clock: { ...systemClock, nowMs: () => nowMs } } })
  ends.push(() => fixture.close())
  return fixture
}

/** Starts a proxy and waits until it answers for the relay. */
async function run(
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  port: number,
) {
  const child = spawn(command, words, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  const ended = once(child, 'close')
  ends.push(() => {
    child.kill('SIGTERM')
    return ended
  })
  await eventually(async () => {
    const { status } = await ask(port, 'GET', '/healthz').catch(() => ({ status: 0 }))
    if (status !== 200) throw new Error(`${command} should answer for the relay: ${said}`)
  })
}

async function startNginx(): Promise<Scene> {
  const fixture = await startRelay()
  const folder = await createFolder()
  const [port, plainPort] = [await findFreePort(), await findFreePort()]
  const { key, cert } = createSelfSigned()
  await writeFile(join(folder, 'key.pem'), key)
  await writeFile(join(folder, 'cert.pem'), cert)
  const example = read('nginx.conf')
    .replaceAll(/^ +listen \[::\].*\n/gm, '')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('listen 80', `listen 127.0.0.1:${plainPort}`)
    .replace('127.0.0.1:8787', new URL(fixture.relay.url).host)
    .replace(/\/\S+\/fullchain\.pem/, join(folder, 'cert.pem'))
    .replace(/\/\S+\/privkey\.pem/, join(folder, 'key.pem'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log stderr warn; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${example}\n}`,
  )
  await run('nginx', ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], {}, port)
  return { fixture, port }
}

async function startCaddy(example: string): Promise<Scene> {
  const fixture = await startRelay()
  const folder = await createFolder()
  const port = await findFreePort()
  // Without these Caddy would ask an authority on the internet for a certificate, and listen on two ports of its own.
  const own = `{\n  admin off\n  auto_https disable_redirects\n  skip_install_trust\n  local_certs\n  http_port ${await findFreePort()}\n}\n`
  await writeFile(join(folder, 'Caddyfile'), own + read(example))
  const environment = {
    HOME: folder,
    XDG_DATA_HOME: folder,
    RELAY_PUBLIC_URL: `https://localhost:${port}`,
    RELAY_UPSTREAM: new URL(fixture.relay.url).host,
    RELAY_NAME: new URL(fixture.relay.url).hostname,
    RELAY_PORT: new URL(fixture.relay.url).port,
  }
  await run('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], environment, port)
  return { fixture, port }
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
afterAll(() => agent.destroy())

function ask(port: number, method: string, path: string, { headers = {}, body }: Asked = {}) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const options = {
      host: 'localhost',
      family: 4,
      port,
      method,
      path,
      headers,
      rejectUnauthorized: false,
      agent,
    }
    const asked = request(options, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

const PROXIES = [
  { file: 'nginx.conf', program: 'nginx', start: startNginx, isThere: spawnSync('nginx', ['-v']).status === 0 },
  ...['Caddyfile', 'Caddyfile.several'].map((file) => ({
    file,
    program: 'caddy',
    start: () => startCaddy(file),
    isThere: spawnSync('caddy', ['version']).status === 0,
  })),
]

describe.each(PROXIES)('$file', ({ program, start, isThere }) => {
  itWhere(isThere, `${program} is not installed`)(
    'leads people and RingCentral to the relay, and nobody else',
    async () => {
      const { fixture, port } = await start()

      // The stream, through TLS and the proxy.
      const { token } = await signIn(fixture, '400102')
      const socket = new WebSocket(`wss://localhost:${port}/v1/stream`, { rejectUnauthorized: false, family: 4 })
      await once(socket, 'open')
      socket.send(JSON.stringify({ type: 'hello', token, after: null, client: 'test/1' }))
      const [welcome] = await once(socket, 'message')
      expect(JSON.parse(String(welcome))).toMatchObject({ type: 'welcome', user: { extensionId: '400102' } })
      socket.close()

      // RingCentral's deliveries, the answer as small as it asks for.
      const secret = fixture.platform.subscriptions()[0]?.verificationToken ?? ''
      const body = JSON.stringify({ uuid: 'u', event: '/x', body: {} })
      const headers = { 'verification-token': secret, 'content-type': 'application/json' }
      expect((await ask(port, 'POST', '/webhook', { headers, body })).status).toBe(200)
      const large = await ask(port, 'POST', '/webhook', { headers, body: 'x'.repeat(1_100_000) }).catch(() => ({
        status: 413,
      }))
      // The relay refuses it before it has come: a proxy that is still sending may tell of the broken connection instead.
      expect([413, 502]).toContain(large.status)

      // What is for whoever looks after the relay.
      for (const path of ['/metrics', '/readyz']) {
        expect((await ask(port, 'GET', path)).status, path).toBe(404)
        expect((await fetch(`${fixture.relay.url}${path}`)).status, path).toBe(200)
      }

      // Somebody who invents where they come from is one stranger all the same.
      let limited = 0
      for (let turn = 0; turn < MAX_FAILURES + 20; turn++) {
        const forged = { 'x-forwarded-for': `203.0.113.${turn}`, authorization: 'Bearer wrong' }
        if ((await ask(port, 'GET', '/v1/board', { headers: forged })).status === 429) limited += 1
      }
      expect(limited).toBeGreaterThan(0)
      expect(fixture.logText()).not.toContain('X-Forwarded-For')
    },
  )
})
