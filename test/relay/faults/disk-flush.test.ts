import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { itWith } from '../../support/it-with.ts'
import { notification } from '../support/notification.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** What the relay does between writing and acknowledging, and when the disk has only said that it wrote. */

let scene: FaultScene
afterEach(() => scene.close())

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

itWith('strace')('synchronises with the disk between writing an event and answering 200', async () => {
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
    const written = /(?:pwrite64|pwritev|writev)\((\d+)<[^>]*events\/\d+\.segment>, "RSB1/.exec(line)?.[1]
    if (written !== undefined) {
      isWritten = true
      isSynchronised = synchronous.has(written) && isSynchronised
    } else if (/(fdatasync|fsync|msync)(\(.*events\/\d+\.segment|.*resumed).*= 0/.test(line)) {
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
})

itWith('strace')('ends when the disk does not confirm a write, and acknowledges nothing of it', async () => {
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
})
