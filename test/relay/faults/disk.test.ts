import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { constants, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { notification } from '../support/notification.ts'
import { type FaultScene, readAsBoth, startFaultScene } from './fault-scene.ts'

/** What the relay does when the disk is full, fails, or has only said that it wrote. */

const UNLIMITED = 'unlimited'
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

let scene: FaultScene
afterEach(() => scene.close())

/** How large a file the process may write from now on. The system refuses what goes beyond, as it does on a full disk. */
function limitFileSize(pid: number, bytes: number | typeof UNLIMITED): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:${UNLIMITED}`])
}

async function readiness(): Promise<{ status: number; parts: unknown }> {
  const response = await fetch(`${scene.relay.url}/readyz`)
  const { parts } = (await response.json()) as { parts?: readonly { part: string }[] }
  return { status: response.status, parts: parts?.map(({ part }) => part) }
}

it.skipIf(!has('prlimit'))(
  'answers 503 while the disk is full, and goes on by itself when there is room',
  async () => {
    scene = await startFaultScene()
    await readAsBoth(scene)
    const { checker, relay } = scene
    const burst = (count: number) => checker.post({ url: relay.url, secret: scene.secret(), count, atATime: 16 })
    expect((await burst(200)).statuses).toEqual({ 200: 200 })

    limitFileSize(relay.pid, statSync(join(scene.dataFolder, 'log', 'data.mdb')).size)
    const { statuses } = await burst(2000)
    expect(Object.keys(statuses).filter((status) => status !== '200')).toEqual(['503'])
    expect(await readiness()).toEqual({ status: 503, parts: ['log'] })
    // What is there can be read meanwhile.
    expect(await checker.wait(5000)).toBe(true)
    // No storm in the log: once that it fails, not once an event.
    expect(relay.log.filter((line) => line.includes('A notification could not be stored'))).toHaveLength(1)

    limitFileSize(relay.pid, UNLIMITED)
    // Nobody writes: the relay finds out by itself.
    await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 200 }), { timeout: 10_000 })
    expect((await burst(200)).statuses).toEqual({ 200: 200 })
    expect(await checker.wait(5000)).toBe(true)

    await relay.end('SIGTERM')
    await scene.start()
    expect((await checker.verdict()).problems).toEqual([])
  },
  60_000,
)

it.skipIf(!canMount())(
  'does the same on a file system that is full',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-small-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    try {
      scene = await startFaultScene({ dataFolder: join(folder, 'relay') })
      await readAsBoth(scene)
      const burst = () => scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count: 2000, atATime: 16 })
      const { statuses } = await burst()
      expect(Object.keys(statuses)).toEqual(['200', '503'])
      // A relay that is started on the full disk serves what is there.
      await scene.relay.end('SIGKILL')
      await scene.start('/healthz')
      expect(await readiness()).toMatchObject({ status: 503 })
      expect(await scene.checker.wait(5000)).toBe(true)
      execFileSync('mount', ['-o', 'remount,size=64m', folder])
      await vi.waitFor(async () => expect(await readiness()).toMatchObject({ status: 200 }), { timeout: 10_000 })
      expect((await burst()).statuses).toEqual({ 200: 2000 })
      expect(await scene.checker.wait(5000)).toBe(true)
      expect((await scene.checker.verdict()).problems).toEqual([])
      await scene.relay.end()
    } finally {
      await scene.relay.end()
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  },
  60_000,
)

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'ringside-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return isMounted
}

/** Follows what the relay asks of the system; resolves when it does. */
async function trace(...options: readonly string[]): Promise<{ end(): Promise<void> }> {
  const strace = spawn('strace', ['-f', '-p', String(scene.relay.pid), ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // It ends by itself with the process that it follows.
  const ended = once(strace, 'close')
  await once(strace.stderr, 'data')
  return {
    async end() {
      strace.kill('SIGINT')
      await ended
    },
  }
}

/** Descriptors whose every write waits for the disk by itself. */
function synchronousFiles(pid: number): ReadonlySet<string> {
  const descriptors = readdirSync(`/proc/${pid}/fdinfo`)
  const flagsOf = (descriptor: string) =>
    /flags:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))?.[1]
  return new Set(descriptors.filter((descriptor) => (Number.parseInt(flagsOf(descriptor) ?? '0', 8) & O_DSYNC) !== 0))
}

const { O_DSYNC } = constants
const TRACED = 'write,writev,sendto,sendmsg,pwrite64,pwritev,fdatasync,fsync,msync'

it.skipIf(!has('strace'))(
  'synchronises with the disk between writing an event and answering 200',
  async () => {
    scene = await startFaultScene()
    const file = join(scene.dataFolder, 'trace')
    const synchronous = synchronousFiles(scene.relay.pid)
    const { end } = await trace('-y', '-s', '16', '-e', `trace=${TRACED}`, '-o', file)
    const { statuses } = await scene.checker.post({
      url: scene.relay.url,
      secret: scene.secret(),
      count: 50,
      atATime: 1,
    })
    expect(statuses).toEqual({ 200: 50 })
    await end()

    let isWritten = false
    let isSynchronised = false
    let answers = 0
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const written = /(?:pwrite64|pwritev|writev)\((\d+)<[^>]*data\.mdb>/.exec(line)?.[1]
      if (written !== undefined) {
        isWritten = true
        isSynchronised = synchronous.has(written) && isSynchronised
      } else if (/(fdatasync|fsync|msync)(\(.*data\.mdb|.*resumed).*= 0/.test(line)) {
        // A call that other threads interrupt is told in two lines; it counts when it has returned.
        isSynchronised = isWritten
      } else if (line.includes('"HTTP/1.1 200 OK')) {
        answers += 1
        expect({ answers, isSynchronised }).toEqual({ answers, isSynchronised: true })
        isWritten = false
        isSynchronised = false
      }
    }
    expect(answers).toBe(50)
  },
  30_000,
)

it.skipIf(!has('strace'))(
  'ends when the disk does not confirm a write, and acknowledges nothing of it',
  async () => {
    scene = await startFaultScene()
    const { relay } = scene
    const { end } = await trace(
      '-e',
      'trace=fdatasync,fsync,msync',
      '-e',
      'inject=fdatasync,fsync,msync:error=EIO',
      '-o',
      '/dev/null',
    )
    const delivery = fetch(`${relay.url}/webhook`, {
      method: 'POST',
      headers: { 'verification-token': scene.secret() },
      body: JSON.stringify(notification({ telephonySessionId: 's-unconfirmed' })),
    })
    await expect(delivery).rejects.toThrow()
    expect(await relay.ended).toBe(1)
    expect(relay.log.join('\n')).toContain("failed and can't be trusted any more")
    await end()
    await scene.start()
  },
  30_000,
)
