import { afterEach, expect, it } from 'vitest'
import { HOUR_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { notification } from '../support/notification.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

let fixture: RelayFixture
afterEach(() => fixture.close())

it('keeps events for the retention time and forgets them within the next hour', async () => {
  const clock = createManualClock(Date.now())
  fixture = await startFixture({ settings: { retentionMs: 2 * HOUR_MS }, relay: { clock } })
  const { token } = await signIn(fixture, '400102')
  await fixture.platform.deliver(notification({ owners: ['400102'] }), { force: true })
  const oldest = async (): Promise<number> => {
    const client = await openStream(fixture.relay.url)
    client.hello(token)
    const welcome = await client.welcome()
    await client.close()
    return welcome.oldest
  }
  clock.advance(2 * HOUR_MS)
  expect(await oldest()).toBe(1)
  clock.advance(HOUR_MS)
  await eventually(async () => expect(await oldest()).toBe(2))
})
