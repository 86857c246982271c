import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { afterEach, expect, it } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { listFiles, newestSegment } from '../support/log-files.ts'
import type { RelayProcess } from '../support/relay-process.ts'
import { canUnshare, runElsewhere } from './another-network.ts'
import { type FaultScene, readAsBoth, startFaultScene } from './fault-scene.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** Faults one after the other, drawn at random, for as long as `npm run soak -- --minutes N` says; then the checker's verdict. */

const MINUTES = Number(process.env.SOAK_MINUTES ?? 0)
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 100_000)
const BURST_EVENTS = 1500

let scene: FaultScene | undefined
let proxy: TcpProxy | undefined
afterEach(async () => {
  await proxy?.close()
  await scene?.close()
})

it.runIf(MINUTES > 0)(
  `keeps its promises through ${MINUTES} minutes of faults (SOAK_SEED=${SEED} repeats them)`,
  async () => {
    const started = await startFaultScene()
    scene = started
    const network = await startTcpProxy(started.relay.url)
    proxy = network
    await readAsBoth(started, network.url)
    await readAsBoth(started)
    const random = createRandom(SEED)
    const integer = (min: number, max: number) => min + Math.floor(random() * (max - min + 1))
    const counts = new Map<string, number>()
    const burst = (kill?: { pid: number; afterAcknowledged: number }) =>
      started.checker.post({
        url: started.relay.url,
        secret: started.secret(),
        count: BURST_EVENTS,
        atATime: integer(1, 64),
        isRepeating: integer(0, 4) === 0,
        ...(kill === undefined ? {} : { kill }),
      })

    const faults: Readonly<Record<string, () => Promise<void>>> = {
      async kill() {
        await burst({ pid: started.relay.pid, afterAcknowledged: integer(1, BURST_EVENTS) })
        await started.relay.end('SIGKILL')
        await started.start()
      },
      async restart() {
        await burst()
        expect(await started.relay.end('SIGTERM'), started.relay.log.slice(-8).join('\n')).toBe(0)
        await started.start()
      },
      async pause() {
        started.relay.signal('SIGSTOP')
        const posted = burst()
        started.relay.signal('SIGCONT')
        await posted
      },
      async network() {
        network.shape({ latencyMs: integer(0, 60), maxPieceBytes: integer(20, 2000) })
        const posted = burst()
        network.reset()
        await posted
        network.shape({})
      },
      async down() {
        network.setDown(true)
        await burst()
        network.setDown(false)
      },
      async 'full disk'() {
        if (spawnSync('prlimit', ['--version']).status !== 0) return
        const limit = (bytes: number | 'unlimited') =>
          execFileSync('prlimit', ['--pid', String(started.relay.pid), `--fsize=${bytes}:unlimited`], { stdio: 'pipe' })
        limit(statSync(await newestSegment(started.dataFolder)).size)
        await burst()
        expect(await isAlive(started.relay), started.relay.log.slice(-8).join('\n')).toBe(true)
        limit('unlimited')
      },
      async 'second relay'() {
        if (!canUnshare()) return
        const posted = burst()
        expect((await runElsewhere(started)).status).toBe(1)
        await posted
      },
      async 'lost indexes'() {
        await burst({ pid: started.relay.pid, afterAcknowledged: integer(1, BURST_EVENTS) })
        await started.relay.end('SIGKILL')
        for (const path of await listFiles(started.dataFolder, 'events', '.index')) await rm(path)
        await started.start()
      },
    }
    const names = Object.keys(faults)
    const endMs = performance.now() + MINUTES * 60_000
    while (performance.now() < endMs) {
      const name = names[integer(0, names.length - 1)] ?? ''
      counts.set(name, (counts.get(name) ?? 0) + 1)
      await faults[name]?.()
    }
    expect(await started.checker.wait()).toBe(true)
    const verdict = await started.checker.verdict()
    console.log(`${JSON.stringify(Object.fromEntries(counts))}\n${JSON.stringify(verdict, null, 2)}`)
    expect(verdict.problems).toEqual([])
  },
  (MINUTES + 3) * 60_000,
)

/** Whether it answers at all. */
function isAlive({ url }: RelayProcess): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
