import { afterEach, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Whoever collects the relay's log stalls. */

const AT_A_TIME = 64
/** Together as many lines as a pipe holds; the relay holds some such pipes itself. */
const ROUNDS = 8

let scene: FaultScene
afterEach(() => scene.close())

/** Deliveries that the relay keeps aside, and says so in a line each, until it has lost lines, or more than before. */
async function fillLog(lostBefore = 0): Promise<{ readonly deliveries: number; readonly lost: number }> {
  const headers = { 'verification-token': scene.secret() }
  let deliveries = 0
  let lost = lostBefore
  while (lost === lostBefore) {
    for (let round = 0; round < ROUNDS; round++) {
      const answers = Array.from({ length: AT_A_TIME }, () =>
        fetch(`${scene.relay.url}/webhook`, { method: 'POST', headers, body: '{}' }),
      )
      deliveries += AT_A_TIME
      expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([200]))
    }
    lost = await readMetric(scene.relay.url, 'ringside_log_lines_lost_total')
  }
  return { deliveries, lost }
}

const linesThat = (text: string) => scene.relay.log.filter((line) => line.includes(text))

it('loses lines and counts them, takes every event, and says so when it is read again', async () => {
  scene = await startFaultScene()
  const goOn = scene.relay.stallLog()
  const { deliveries, lost } = await fillLog()
  expect((await fetch(`${scene.relay.url}/healthz`)).status).toBe(200)
  goOn()
  await eventually(() => expect(linesThat('Log lines were lost')).toHaveLength(1))
  expect(linesThat('Log lines were lost')[0]).toContain(`"lines":${lost}`)
  expect(linesThat('kept aside')).toHaveLength(deliveries - lost)

  // Stalled once more, it still ends when it is told to.
  scene.relay.stallLog()
  await fillLog(lost)
  expect(await scene.relay.end('SIGTERM')).toBe(0)
})
