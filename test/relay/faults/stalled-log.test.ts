import { afterEach, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Whoever collects the relay's log stalls. */

/** Each takes a line of the log: together far more than a pipe and the relay hold. */
const DELIVERIES = 6400
const AT_A_TIME = 64

let scene: FaultScene
afterEach(() => scene.close())

/** Deliveries that the relay keeps aside, and says so in a line each. */
async function fillLog(): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>()
  const headers = { 'verification-token': scene.secret() }
  for (let sent = 0; sent < DELIVERIES; sent += AT_A_TIME) {
    const answers = Array.from({ length: AT_A_TIME }, () =>
      fetch(`${scene.relay.url}/webhook`, { method: 'POST', headers, body: '{}' }),
    )
    for (const { status } of await Promise.all(answers)) statuses.add(status)
  }
  return statuses
}

const linesThat = (text: string) => scene.relay.log.filter((line) => line.includes(text))

it('loses lines and counts them, takes every event, and says so when it is read again', async () => {
  scene = await startFaultScene()
  const goOn = scene.relay.stallLog()
  expect(await fillLog()).toEqual(new Set([200]))
  expect((await fetch(`${scene.relay.url}/healthz`)).status).toBe(200)
  const metrics = await (await fetch(`${scene.relay.url}/metrics`)).text()
  const lost = Number(/^ringside_log_lines_lost_total (\d+)$/m.exec(metrics)?.[1])
  expect(lost).toBeGreaterThan(0)
  goOn()
  await eventually(() => expect(linesThat('Log lines were lost')).toHaveLength(1))
  expect(linesThat('Log lines were lost')[0]).toContain(`"lines":${lost}`)
  expect(linesThat('kept aside')).toHaveLength(DELIVERIES - lost)
})

it('still ends when it is told to', async () => {
  scene = await startFaultScene()
  scene.relay.stallLog()
  await fillLog()
  expect(await scene.relay.end('SIGTERM')).toBe(0)
})
