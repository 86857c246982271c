import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'

/** A Redis of the test's own, with a folder of its own, on loopback. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Sends one command over a connection of its own. */
  command(...words: readonly string[]): Promise<unknown>
  /** Sends a signal, without waiting. */
  signal(signal: NodeJS.Signals): void
  /** Ends it, and resolves when it has. */
  end(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again with what is in its folder, at the same port. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface RedisServerOptions {
  /** Options of redis-server beside those that a relay needs, or in their place. */
  readonly options?: Readonly<Record<string, string>>
  readonly password?: string
}

/** Why tests that need a Redis are skipped; `undefined` where they are not. */
export const LACKS_REDIS: string | undefined =
  spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'redis-server is not installed (on Debian: apt-get install redis-server)'

const FIT = { appendonly: 'yes', appendfsync: 'always', save: '' }

export async function startRedisServer({ options = {}, password }: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-redis-'))
  const port = await findFreePort()
  const credentials = password === undefined ? '' : `:${password}@`
  const url = `redis://${credentials}127.0.0.1:${port}`
  const settings = { ...FIT, ...(password === undefined ? {} : { requirepass: password }), ...options }
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  let child: ChildProcess

  async function command(...sent: readonly string[]): Promise<unknown> {
    const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false, connectTimeout: 1000 } })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.sendCommand(sent)
    } finally {
      if (client.isOpen) client.destroy()
    }
  }

  async function start(): Promise<void> {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...words], {
      stdio: 'ignore',
    })
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    await eventually(() => command('PING'), { intervalMs: 20 })
  }

  async function end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  await start()
  return {
    url,
    port,
    get pid() {
      return child.pid ?? 0
    },
    command,
    signal: (signal) => child.kill(signal),
    end,
    start,
    async close() {
      await end()
      await rm(folder, { recursive: true })
    },
  }
}
