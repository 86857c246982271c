import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openDataFolder } from '../../relay/data-folder.ts'
import { type Platform, startPlatform } from '../platform/platform.ts'
import { findFreePort } from '../support/free-port.ts'
import { relayEnvironment } from '../support/relay-environment.ts'
import { notification } from './support/notification.ts'

/** The relay as its own process: how it starts, stops and survives. */

let platform: Platform
let dataFolder: string
const children = new Set<ChildProcess>()
beforeAll(async () => {
  platform = await startPlatform({ tidy: true })
  dataFolder = await mkdtemp(join(tmpdir(), 'ringside-process-'))
})
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  await platform.close()
  await rm(dataFolder, { recursive: true })
})

const root = fileURLToPath(new URL('../..', import.meta.url))

function spawnRelay(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'relay/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  return child
}

async function startProcess(port: number): Promise<{ child: ChildProcess; url: string; log: string[] }> {
  const url = `http://127.0.0.1:${port}`
  const child = spawnRelay({
    ...relayEnvironment(platform),
    RELAY_PUBLIC_URL: url,
    RELAY_PORT: String(port),
    RELAY_DATA_DIR: dataFolder,
  })
  const log: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface(stream).on('line', (line) => log.push(line))
  }
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`the relay ended: ${log.join('\n')}`)
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
    },
    { timeout: 15_000, interval: 50 },
  )
  return { child, url, log }
}

it('loses nothing that it acknowledged when it is killed, and keeps its subscription', async () => {
  const port = await findFreePort()
  const first = await startProcess(port)
  const [subscription] = platform.subscriptions()
  const headers = { 'verification-token': subscription?.verificationToken ?? '' }
  const acknowledged: string[] = []
  const post = async (sequence: number): Promise<void> => {
    const event = notification({ telephonySessionId: 's-kill', sequence })
    const response = await fetch(`${first.url}/webhook`, { method: 'POST', headers, body: JSON.stringify(event) })
    if (response.status === 200) acknowledged.push(event.uuid)
  }
  const burst = Array.from({ length: 400 }, (_, index) => post(index).catch(() => undefined))
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(20), { timeout: 10_000, interval: 1 })
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  await Promise.all(burst)

  const second = await startProcess(port)
  expect(platform.subscriptions()).toEqual([subscription])
  second.child.kill('SIGTERM')
  const [code] = await once(second.child, 'close')
  expect(code).toBe(0)
  expect(second.log.at(-1)).toContain('The relay has stopped')

  const folder = await openDataFolder(dataFolder)
  const kept = await folder.log.read(0, 1000)
  await folder.close()
  const uuids = kept.map(({ text }) => (JSON.parse(text) as { uuid: string }).uuid)
  expect(new Set(uuids).size).toBe(uuids.length)
  expect(acknowledged.filter((uuid) => !uuids.includes(uuid))).toEqual([])
  expect(kept.map(({ position }) => position)).toEqual(kept.map((_, index) => index + 1))
}, 40_000)

describe('does not start', () => {
  async function outputOf(environment: Record<string, string>): Promise<{ code: number; output: string }> {
    const child = spawnRelay(environment)
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    const [code] = await once(child, 'close')
    return { code: code as number, output }
  }

  it('without its settings, and names them', async () => {
    const { code, output } = await outputOf({ RINGCENTRAL_CLIENT_ID: 'x', RELAY_SUPERVISORS: 'a'.repeat(32) })
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toHaveLength(4)
    expect(output).toContain('RINGCENTRAL_JWT is missing')
    expect(output).toContain('looks like a Chrome extension id')
  })

  it('on a port that is taken, and says what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const { code, output } = await outputOf({
      ...relayEnvironment(platform),
      RELAY_PORT: String(port),
      RELAY_DATA_DIR: join(dataFolder, 'another'),
    })
    server.close()
    expect(code).toBe(1)
    expect(output.trim()).toBe(
      `Port ${port} on 127.0.0.1 is taken: stop what listens there, or set RELAY_PORT to another port.`,
    )
  })
})
