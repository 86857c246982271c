import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type ControlScene, startControlScene } from '../api/control-scene.ts'
import { BUSY_NORTHWIND } from './company.ts'

/** A busy day on the platform itself: told to a webhook, and with calls that the API knows. */

const BEA = '400102'
const INES = '400101'
let nowMs: number
let scene: ControlScene

beforeEach(async () => {
  nowMs = Date.parse('2026-03-10T16:00:00Z')
  scene = await startControlScene({ company: BUSY_NORTHWIND, nowMs: () => nowMs, isPacedByClock: true, tidy: false })
})
afterEach(() => scene.close())

/** Sessions and parties, each event once whatever was sent twice. */
const told = () => new Set(scene.events().map(({ body }) => `${body.telephonySessionId} ${body.sequence}`))

test('each change of the day is told once it has happened, in hours that pass at once', async () => {
  const { platform } = scene
  platform.beginBusyDay({ aside: [BEA, INES] })
  await platform.passTime(4 * MINUTE_MS)
  const { position, extensions, queues } = platform.truth()
  // What has happened in the last moment is still on its way.
  await platform.passTime(1_000)
  expect(told().size).toBeGreaterThanOrEqual(position)
  expect(position).toBeGreaterThan(150)
  expect(extensions.has(BEA)).toBe(false)
  expect(queues.size).toBe(4)
  const before = platform.truth({ position: 100 })
  expect(before.position).toBe(100)
  expect(platform.truth({ daySinceMs: platform.nowMs() }).queues.get('400196')?.today.offered).toBe(0)
})

test('the supervisor listens in on a call of the day, and the truth knows who listens and counts it nowhere', async () => {
  const { platform } = scene
  platform.beginBusyDay({ aside: [BEA, INES] })
  await platform.passTime(2 * MINUTE_MS)
  const talking = [...platform.truth().extensions].flatMap(([id, { live }]) =>
    live.filter(({ state }) => state === 'talking').map(({ telephonySessionId }) => ({ id, telephonySessionId })),
  )
  const [call] = talking
  if (call === undefined) expect.unreachable('somebody should be talking after two minutes')
  const body = { mode: 'Listen', supervisorDeviceId: '400801', agentExtensionId: call.id }
  await scene.ask(INES, 'POST', `/sessions/${call.telephonySessionId}/supervise`, body)
  await platform.passTime(500)
  expect(platform.truth().extensions.get(INES)).toMatchObject({
    live: [],
    listensTo: [call.telephonySessionId],
    today: { inbound: 0, outbound: 0, talkMs: 0 },
  })
})

test('the phone page lists calls by hand alone', async () => {
  const { platform } = scene
  platform.beginBusyDay({ aside: [BEA, INES] })
  await platform.passTime(2 * MINUTE_MS)
  const { telephonySessionId } = platform.placeCall({ from: '+14085550123', to: BEA })
  await platform.passTime(3 * MINUTE_MS)
  const state = await (await fetch(`${platform.url}/phone/api/state`)).json()
  expect(state.calls.map((call: { telephonySessionId: string }) => call.telephonySessionId)).toEqual([
    telephonySessionId,
  ])
  expect(platform.truth().extensions.get(BEA)?.live).toMatchObject([{ telephonySessionId, state: 'ringing' }])
})
