import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../../relay/clock.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { LogEvent } from '../../../shared/protocol/wire.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { notification } from '../support/notification.ts'
import { withClock } from '../support/process-clock.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import { type FaultScene, readAsBoth, startFaultScene } from './fault-scene.ts'

/** The relay's clock is an hour off, and jumps. Cursors that can't be. */

let offsetMs = 0
const jumpingClock: Clock = { ...systemClock, nowMs: () => Date.now() + offsetMs }
let fixture: RelayFixture | undefined
let scene: FaultScene | undefined
afterEach(async () => {
  offsetMs = 0
  await Promise.all([fixture?.close(), scene?.close()])
  fixture = undefined
  scene = undefined
})

async function deliver(to: Pick<RelayFixture | FaultScene, 'relay' | 'platform'>, sequence: number): Promise<void> {
  const response = await fetch(`${to.relay.url}/webhook`, {
    method: 'POST',
    headers: { 'verification-token': to.platform.subscriptions()[0]?.verificationToken ?? '' },
    body: JSON.stringify(notification({ telephonySessionId: 's-clock', sequence })),
  })
  expect(response.status).toBe(200)
}

it.each([HOUR_MS, -HOUR_MS])('keeps clients, order and cursors when its clock jumps by %i ms', async (jumpMs) => {
  const started = await startFixture({ relay: { clock: jumpingClock } })
  fixture = started
  const { token } = await signIn(started, '400102')
  const client = await openStream(started.relay.url)
  client.hello(token)
  const { epoch } = await client.welcome()
  await deliver(started, 2)
  await client.events(1)
  offsetMs = jumpMs
  await deliver(started, 3)
  offsetMs = 0
  await deliver(started, 4)
  const frames = await client.events(3)
  expect(frames.flatMap(({ events }) => events.map(({ position }) => position))).toEqual([1, 2, 3])
  expect(client.socket.readyState).toBe(client.socket.OPEN)
  offsetMs = jumpMs
  const again = await openStream(started.relay.url)
  again.hello(token, { epoch, position: 1 })
  expect(await again.welcome()).toMatchObject({ resumed: true, epoch, head: 3 })
  expect((await again.events(2)).flatMap(({ events }) => events.map(({ position }) => position))).toEqual([2, 3])
  expect(started.platform.subscriptions()).toHaveLength(1)
  await Promise.all([client.close(), again.close()])
})

it.each<[what: string, cursor: (epoch: string) => { epoch: string; position: number }]>([
  ['from the future', (epoch) => ({ epoch, position: 1000 })],
  ['from as far as a number goes', (epoch) => ({ epoch, position: Number.MAX_SAFE_INTEGER })],
  ['of another epoch', () => ({ epoch: 'another', position: 1 })],
])('sends everything from the oldest, and says so, to a cursor %s', async (_what, cursor) => {
  const started = await startFixture()
  fixture = started
  const { token } = await signIn(started, '400102')
  await deliver(started, 2)
  await deliver(started, 3)
  const first = await openStream(started.relay.url)
  first.hello(token)
  const { epoch } = await first.welcome()
  await first.close()
  const client = await openStream(started.relay.url)
  client.hello(token, cursor(epoch))
  expect(await client.welcome()).toMatchObject({ resumed: false, epoch, oldest: 1, head: 2 })
  expect((await client.events(2)).flatMap(({ events }) => events.map(({ position }) => position))).toEqual([1, 2])
  await eventually(() => expect(client.messages().at(-1)).toMatchObject({ type: 'ping', head: 2 }))
  await client.close()
})

it.each([HOUR_MS, -HOUR_MS])(
  'works as a process whose clock is %i ms away from RingCentral’s, and after it was set right',
  async (shiftMs) => {
    const started = await startFaultScene({ environment: withClock({ shiftMs }) })
    scene = started
    await readAsBoth(started)
    const { agent, checker, platform } = started
    const burst = async (): Promise<void> => {
      const { statuses } = await checker.post({
        url: started.relay.url,
        secret: started.secret(),
        count: 100,
        atATime: 8,
      })
      expect(statuses).toEqual({ 200: 100 })
    }
    const ask = (path: string) =>
      fetch(`${started.relay.url}${path}`, { headers: { authorization: `Bearer ${agent.token}` } })
    /** How far from now a time is, in ms. */
    const distanceMs = (instant: string) => Date.parse(instant) - Date.now()
    await burst()
    const client = await openStream(started.relay.url)
    client.hello(agent.token)
    const { now } = await client.welcome()
    expect(Math.abs(distanceMs(now) - shiftMs)).toBeLessThan(MINUTE_MS)
    // What somebody asks RingCentral through it, and what is noted about calls, is on RingCentral's clock.
    expect((await ask('/v1/devices')).status).toBe(200)
    const [frame] = await client.events(1)
    const answer = await ask(`/v1/sessions/${sessionOf(frame?.events[0])}`)
    const { asOf } = (await answer.json()) as { asOf: string }
    expect(Math.abs(distanceMs(asOf))).toBeLessThan(MINUTE_MS)

    const subscriptionIds = () => platform.subscriptions().map(({ id }) => id)
    const ids = subscriptionIds()
    expect(ids).toHaveLength(1)
    for (const clock of [{ shiftMs: 0 }, { shiftMs: -shiftMs }]) {
      await started.relay.end('SIGTERM')
      const before = platform.requests().length
      await started.start('/readyz', withClock(clock))
      await burst()
      expect((await ask('/v1/devices')).status).toBe(200)
      expect(subscriptionIds()).toEqual(ids)
      // It logs in, looks after its subscription and what it may have missed, and leaves it at that.
      expect(platform.requests().length - before).toBeLessThan(80)
    }
    expect(await checker.wait()).toBe(true)
    expect((await checker.verdict()).problems).toEqual([])
  },
)

function sessionOf(event: LogEvent | undefined): string {
  const { notification: envelope } = event as { notification: { body: { telephonySessionId: string } } }
  return envelope.body.telephonySessionId
}
