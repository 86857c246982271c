import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** `npm start` as a newcomer runs it, without a display. */

const root = new URL('../..', import.meta.url).pathname
let running: ChildProcessWithoutNullStreams | undefined
let pictures: string

beforeEach(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'ringside-pictures-'))
})
afterEach(async () => {
  if (running !== undefined && running.exitCode === null) {
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
  await rm(pictures, { recursive: true })
})

interface Run {
  /** Everything said so far. */
  said(): string
  /** Resolves when this has been said. */
  says(text: string): Promise<void>
  readonly process: ChildProcessWithoutNullStreams
  readonly exited: Promise<number | null>
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const { DISPLAY: _, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  const child = spawn(process.execPath, ['test/demo/start.ts', ...args], {
    cwd: root,
    env: { ...rest, ...env },
  })
  running = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  return {
    said: () => said,
    says: (text) => expect.poll(() => said).toContain(text),
    process: child,
    exited: once(child, 'exit').then(([code]) => code as number | null),
  }
}

describe('without a display', () => {
  it('plays the scene, takes its pictures, says the figures, and ends', async () => {
    const run = start(['--once', '--port', '0', '--pictures', pictures])
    expect(await run.exited).toBe(0)
    const said = run.said()
    expect(said).toContain('with stand-ins for RingCentral and HubSpot. Nothing leaves it.')
    for (const line of ['Ring  7.345 s', 'Talk  12.414 s', 'Hold  2.393 s']) expect(said).toContain(line)
    const names = ['1-card-ringing', '2-card-talking', '3-card-on-hold', '4-card-ended', '5-popup']
    for (const name of names) {
      const path = join(pictures, `${name}.png`)
      expect(said).toContain(path)
      const png = await readFile(path)
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect((await stat(path)).size).toBeGreaterThan(5000)
    }
    const tour = await readFile(join(pictures, 'tour.png'))
    expect(tour.includes('acTL')).toBe(true)
    expect(said).toContain(join(pictures, 'tour.png'))
  })

  it('ends everything that it started, and says nothing more, when it is interrupted', async () => {
    const run = start(['--port', '0', '--pictures', pictures])
    await run.says('Agent  Bea Lindqvist, signed in')
    const [relayUrl = ''] = /http:\/\/127\.0\.0\.1:\d+(?=\n {2}Agent)/.exec(run.said()) ?? []
    expect((await fetch(`${relayUrl}/healthz`)).status).toBe(200)
    run.process.kill('SIGINT')
    expect(await run.exited).toBe(0)
    await expect(fetch(`${relayUrl}/healthz`)).rejects.toThrow()
    expect(run.said()).not.toMatch(/Error|at .*\.ts:/)
  })
})

describe('one sentence', () => {
  it('says which port is taken and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const run = start(['--once', '--port', String(port), '--pictures', pictures])
    expect(await run.exited).toBe(1)
    server.close()
    expect(run.said()).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect(run.said()).not.toMatch(/at .*\.ts:/)
  })

  it('says what a browser has to be', async () => {
    const run = start(['--once', '--port', '0'], { CHROME_PATH: '/nowhere/chromium' })
    expect(await run.exited).toBe(1)
    expect(run.said().trim()).toBe('CHROME_PATH should be a browser\'s binary, but "/nowhere/chromium" cannot be run.')
  })
})

describe('with a setting of RingCentral', () => {
  it('it is the relay, which names what is missing', async () => {
    const run = start([], { RINGCENTRAL_CLIENT_ID: 'an-id', RELAY_PUBLIC_URL: 'http://relay.example.com' })
    expect(await run.exited).toBe(1)
    expect(run.said()).toContain('RINGCENTRAL_JWT is missing')
    expect(run.said()).toContain('RELAY_PUBLIC_URL should be an https address')
  })
})
