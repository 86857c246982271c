import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { findFreePort } from '../../support/free-port.ts'
import type { AppendAnswer, AppendRequest } from '../append/measure.ts'

/** A Redis of the benchmark's own, set as a relay needs it. */
export interface BenchedRedis {
  readonly url: string
  /** The floor: `redis-benchmark` adds entries of the same size to a stream, each connection one after the other. */
  addEntries(request: Omit<AppendRequest, 'folder'>): Promise<Pick<AppendAnswer, 'p50Ms' | 'eventsPerSecond'>>
  close(): Promise<void>
}

/** True where Redis and its own benchmark are installed. */
export const isRedisThere = (): boolean =>
  ['redis-server', 'redis-benchmark'].every((program) => spawnSync(program, ['--version']).status === 0)

/** Starts it with its file in `folder`, and resolves when it takes connections. */
export async function startBenchedRedis(folder: string): Promise<BenchedRedis> {
  const port = await findFreePort()
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const child = spawn('redis-server', [...own, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      if (said.includes('Ready to accept connections')) resolve()
    })
    child.once('close', () => reject(new Error(`redis-server should start, but said: ${said}`)))
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    async addEntries({ events, atATime }) {
      const asked = ['-p', String(port), '--dbnum', '1', '-n', String(events), '-c', String(atATime), '--csv']
      const entry = ['XADD', 'floor', '*', 't', 'x'.repeat(780)]
      const { stdout } = await promisify(execFile)('redis-benchmark', [...asked, ...entry])
      const [names = [], values = []] = stdout
        .trim()
        .split('\n')
        .slice(-2)
        .map((line) => line.split('","').map((cell) => cell.replaceAll('"', '')))
      const cellOf = (name: string) => Number(values[names.indexOf(name)])
      return { p50Ms: cellOf('p50_latency_ms'), eventsPerSecond: cellOf('rps') }
    },
    async close() {
      child.kill()
      await ended
    },
  }
}
