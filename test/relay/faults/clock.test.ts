import { afterEach, expect, it, vi } from 'vitest'
import { type Clock, systemClock } from '../../../relay/clock.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import { notification } from '../support/notification.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** The relay's clock is an hour off, and jumps. Cursors that can't be. */

let offsetMs = 0
const jumpingClock: Clock = { ...systemClock, nowMs: () => Date.now() + offsetMs }
let fixture: RelayFixture
afterEach(async () => {
  offsetMs = 0
  await fixture.close()
})

async function deliver(sequence: number): Promise<void> {
  const response = await fetch(`${fixture.relay.url}/webhook`, {
    method: 'POST',
    headers: { 'verification-token': fixture.platform.subscriptions()[0]?.verificationToken ?? '' },
    body: JSON.stringify(notification({ telephonySessionId: 's-clock', sequence })),
  })
  expect(response.status).toBe(200)
}

it.each([HOUR_MS, -HOUR_MS])('keeps clients, order and cursors when its clock jumps by %i ms', async (jumpMs) => {
  fixture = await startFixture({ relay: { clock: jumpingClock } })
  const { token } = await signIn(fixture, '400102')
  const client = await openStream(fixture.relay.url)
  client.hello(token)
  const { epoch } = await client.welcome()
  await deliver(2)
  await client.events(1)
  offsetMs = jumpMs
  await deliver(3)
  offsetMs = 0
  await deliver(4)
  const frames = await client.events(3)
  expect(frames.flatMap(({ events }) => events.map(({ position }) => position))).toEqual([1, 2, 3])
  expect(client.socket.readyState).toBe(client.socket.OPEN)
  offsetMs = jumpMs
  const again = await openStream(fixture.relay.url)
  again.hello(token, { epoch, position: 1 })
  expect(await again.welcome()).toMatchObject({ resumed: true, epoch, head: 3 })
  expect((await again.events(2)).flatMap(({ events }) => events.map(({ position }) => position))).toEqual([2, 3])
  expect(fixture.platform.subscriptions()).toHaveLength(1)
  await Promise.all([client.close(), again.close()])
})

it.each<[what: string, cursor: (epoch: string) => { epoch: string; position: number }]>([
  ['from the future', (epoch) => ({ epoch, position: 1000 })],
  ['from as far as a number goes', (epoch) => ({ epoch, position: Number.MAX_SAFE_INTEGER })],
  ['of another epoch', () => ({ epoch: 'another', position: 1 })],
])('sends everything from the oldest, and says so, to a cursor %s', async (_what, cursor) => {
  fixture = await startFixture()
  const { token } = await signIn(fixture, '400102')
  await deliver(2)
  await deliver(3)
  const first = await openStream(fixture.relay.url)
  first.hello(token)
  const { epoch } = await first.welcome()
  await first.close()
  const client = await openStream(fixture.relay.url)
  client.hello(token, cursor(epoch))
  expect(await client.welcome()).toMatchObject({ resumed: false, epoch, oldest: 1, head: 2 })
  expect((await client.events(2)).flatMap(({ events }) => events.map(({ position }) => position))).toEqual([1, 2])
  await vi.waitFor(() => expect(client.messages().at(-1)).toMatchObject({ type: 'ping', head: 2 }))
  await client.close()
})
