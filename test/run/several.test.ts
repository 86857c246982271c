import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { decodeSettings } from '../../relay/config.ts'
import { CONFIG_NAMES, judgeServer, parseInfo } from '../../relay/redis/server.ts'
import { SETTINGS } from '../../relay/setting-definitions.ts'
import { LACKS_REDIS } from '../relay/support/redis-server.ts'
import { eventually } from '../support/eventually.ts'
import { findFreePort } from '../support/free-port.ts'
import { itWhere } from '../support/it-with.ts'

/** The composition of several relays on one Redis, held against the one that it adds to, the settings, and Redis itself. */

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const base = parse(read('compose.yaml'))
const several = parse(read('docs/run/compose.several.yaml'))
const { relay, caddy, redis } = several.services
/** What stands in `.env` beside the required settings. */
const OWN = { REDIS_PASSWORD: 'k3y0fTheTests', RELAY_SECRET: 'a secret for tests that nobody else has' }
const fillIn = (text: string) =>
  text.replaceAll(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, name: keyof typeof OWN) => OWN[name] ?? expect.fail(name))

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

describe('the relays', () => {
  it('are two, with settings that there are, and values that they take', () => {
    expect(relay.scale).toBe(2)
    const names = Object.values(SETTINGS).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(relay.environment)))
    const own = Object.entries<string>(relay.environment).map(([name, value]) => [name, fillIn(value)])
    const required = {
      RINGCENTRAL_CLIENT_ID: 'id',
      RINGCENTRAL_CLIENT_SECRET: 'secret',
      RINGCENTRAL_JWT: 'a.b.c',
      RELAY_PUBLIC_URL: 'https://relay.example.com',
    }
    const decoded = decodeSettings({ ...required, ...base.services.relay.environment, ...Object.fromEntries(own) })
    const redisUrl = `redis://:${OWN.REDIS_PASSWORD}@redis:6379`
    expect(decoded).toMatchObject({ kind: 'settings', settings: { redisUrl, secret: OWN.RELAY_SECRET } })
  })

  it('wait for Redis to be well, and stay within reach of the proxy alone', () => {
    expect(relay.depends_on.redis.condition).toBe('service_healthy')
    expect(redis.healthcheck.test.join(' ')).toContain('redis-cli ping')
    expect([relay.ports, redis.ports]).toEqual([undefined, undefined])
    expect(redis.networks).toEqual(base.services.relay.networks)
  })

  it('are found by Caddy under the name and the port that they have', () => {
    const [source = '', target = ''] = String(caddy.volumes[0]).split(':')
    expect(String(base.services.caddy.volumes[0]).split(':')[1]).toBe(target)
    const variables = [...read(source).matchAll(/\{\$(\w+)/g)].map(([, name = '']) => name)
    const { environment } = caddy
    expect({ ...base.services.caddy.environment, ...environment }).toEqual(
      expect.objectContaining(Object.fromEntries(variables.map((name) => [name, expect.any(String)]))),
    )
    expect(environment).toEqual({ RELAY_NAME: 'relay', RELAY_PORT: base.services.relay.environment.RELAY_PORT })
  })
})

describe('Redis', () => {
  it('writes to its volume alone, and may do nothing else', () => {
    expect(redis).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['redis-data:/data'],
    })
    expect(Object.keys(several.volumes)).toEqual(['redis-data'])
  })

  itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')(
    'is started so that a relay takes it, and only with the password',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'ringside-several-'))
      ends.push(() => rm(folder, { recursive: true }))
      const port = await findFreePort()
      const [shell = '', flag = '', words = ''] = redis.command as readonly string[]
      const own = words.replaceAll('$$', '$').replace('--dir /data', `--dir ${folder} --port ${port} --bind 127.0.0.1`)
      expect(own).toContain(folder)
      const child = spawn(shell, [flag, own], {
        stdio: 'ignore',
        env: { PATH: process.env.PATH ?? '', REDISCLI_AUTH: fillIn(redis.environment.REDISCLI_AUTH) },
      })
      const ended = once(child, 'exit')
      ends.push(() => {
        child.kill()
        return ended
      })
      const connect = async (password?: string) => {
        const client = createClient({
          url: `redis://127.0.0.1:${port}`,
          RESP: 2,
          socket: { reconnectStrategy: false },
          ...(password === undefined ? {} : { password }),
        })
        client.on('error', () => undefined)
        await client.connect()
        ends.push(() => client.destroy())
        return client
      }
      const client = await eventually(() => connect(OWN.REDIS_PASSWORD))
      const info = parseInfo(String(await client.sendCommand(['INFO'])))
      const config: string[] = []
      for (const name of CONFIG_NAMES) {
        config.push(...((await client.sendCommand(['CONFIG', 'GET', name])) as unknown as string[]))
      }
      const pairs = CONFIG_NAMES.map((name, index) => [name, config[2 * index + 1] ?? ''] as const)
      expect(judgeServer({ info, config: new Map(pairs) })).toEqual({ durability: 'always' })
      expect(info.get('maxmemory_policy')).toBe('noeviction')
      // What stops the container stops Redis, which writes out what it has.
      expect(info.get('process_id')).toBe(String(child.pid))
      const stranger = await connect()
      await expect(stranger.sendCommand(['GET', 'ringside:owner'])).rejects.toThrow('NOAUTH')
    },
  )
})
