import { afterEach, expect, it } from 'vitest'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { eventually } from '../support/eventually.ts'
import { type RelayFixture, startFixture } from './support/relay-fixture.ts'
import { signIn } from './support/sign-in-flow.ts'
import { openStream, type StreamClient } from './support/stream-client.ts'

/** `RELAY_SCOPE=extension`: the relay subscribes to the people of `RELAY_EXTENSIONS`, and to nobody else. */

const BEA = '400102'
const SAM = '400104'
const SUPERVISOR = '400101'
const CALLER = '+14085550123'

let fixture: RelayFixture
const clients: StreamClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await fixture.close()
})

async function join(extensionId: string): Promise<StreamClient> {
  const { token } = await signIn(fixture, extensionId)
  const client = await openStream(fixture.relay.url)
  clients.push(client)
  client.hello(token)
  await client.welcome()
  return client
}

const eventsOf = (client: StreamClient) =>
  client.messages().flatMap((message) => (message.type === 'events' ? message.events : []))

/** Owners of the parties that a client was told of. */
function ownersSeen(client: StreamClient): readonly (string | undefined)[] {
  const parties = eventsOf(client).flatMap((event) => {
    const decoded = decodeNotification('notification' in event ? event.notification : undefined)
    return decoded.kind === 'telephony' ? decoded.notification.parties : []
  })
  return [...new Set(parties.map(({ extensionId }) => extensionId))]
}

it('brings these people’s parties, says that they are not all, and repairs from these people’s presence', async () => {
  fixture = await startFixture({ settings: { scope: 'extension', extensions: [BEA], supervisors: [SUPERVISOR] } })
  const { platform } = fixture
  expect(platform.subscriptions().flatMap(({ eventFilters }) => eventFilters)).toEqual([
    `/restapi/v1.0/account/${platform.accountId}/extension/${BEA}/telephony/sessions`,
    expect.stringContaining('threshold='),
  ])
  const [bea, sam, supervisor] = [await join(BEA), await join(SAM), await join(SUPERVISOR)]
  expect((await bea.welcome()).complete).toBe(false)
  expect((await supervisor.welcome()).complete).toBe(false)

  const others = platform.placeCall({ from: CALLER, to: SAM })
  const call = platform.placeCall({ from: CALLER, to: BEA })
  call.answer()
  await Promise.all([others.settled(), call.settled()])
  await eventually(() => expect(eventsOf(bea).length).toBeGreaterThanOrEqual(2))
  await eventually(() => expect(eventsOf(supervisor)).toEqual(eventsOf(bea)))
  expect(ownersSeen(bea)).toEqual([BEA])
  expect(eventsOf(sam)).toEqual([])

  for (const client of clients.splice(0)) await client.close()
  const resume = platform.misbehave.dropDeliveries()
  call.hangUp('caller')
  await call.settled()
  resume()
  fixture = await fixture.restart()
  const again = await join(BEA)
  await eventually(() => expect(eventsOf(again).at(-1)).toMatchObject({ status: { found: false } }))
  const presence = platform.requests().filter(({ path }) => path.endsWith('/presence'))
  expect(presence.map(({ path }) => path)).toEqual([`/restapi/v1.0/account/~/extension/${BEA}/presence`])
})
