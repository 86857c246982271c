import { afterEach, expect, it } from 'vitest'
import { LIMIT_MS } from '../../support/limit.ts'
import { type FaultScene, readAsBoth, startFaultScene } from './fault-scene.ts'

/** The relay is killed in the middle of bursts. `npm run soak` does the same for as long as it is told. */

const KILLS = Number(process.env.FAULT_KILLS ?? 5)

let scene: FaultScene
afterEach(() => scene.close())

it(`loses nothing that it acknowledged in ${KILLS} kills in the middle of bursts, and shows no gap`, {
  timeout: (3 + KILLS) * LIMIT_MS,
}, async () => {
  scene = await startFaultScene()
  const [subscription] = scene.platform.subscriptions()
  await readAsBoth(scene)
  let acknowledgedOnce = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const { statuses } = await scene.checker.post({
      url: scene.relay.url,
      secret: scene.secret(),
      count: 3000,
      atATime: 32,
      isRepeating: kill % 2 === 1,
      // Early kills meet the first commits after a start, late ones clients that are catching up.
      kill: { pid: scene.relay.pid, afterAcknowledged: 1 + ((kill * 67) % 400) },
    })
    expect(await scene.relay.ended).toBe('SIGKILL')
    acknowledgedOnce += statuses[200] ?? 0
    expect(Object.keys(statuses).filter((status) => status !== '200' && status !== '0')).toEqual([])
    await scene.start()
  }
  expect(acknowledgedOnce).toBeGreaterThan(KILLS * 20)
  expect(await scene.checker.wait()).toBe(true)
  const verdict = await scene.checker.verdict()
  expect(verdict.problems).toEqual([])
  expect(verdict.clients.map(({ connections }) => connections > KILLS / 2)).toEqual([true, true])
  // The subscription was kept through all of it.
  expect(scene.platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
})
