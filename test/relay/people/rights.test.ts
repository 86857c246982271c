import { afterEach, expect, it } from 'vitest'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { SUPERVISOR } from '../../platform/people.ts'
import { SALES } from '../../platform/queue.ts'
import { eventually } from '../../support/eventually.ts'
import { askRelay, partyPath } from '../control/relay-client.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'

/** Whom people watch, from RingCentral's grants to what their browsers are sent. */

const INES = SUPERVISOR.extensionId
const BEA = '400102'
const SAM = '400104'

let fixture: RelayFixture
afterEach(() => fixture.close())

async function watch(token: string): Promise<StreamClient> {
  const stream = await openStream(fixture.relay.url)
  stream.hello(token, null, 'watched')
  return stream
}

const heardOf = (stream: StreamClient): string[] =>
  stream
    .messages()
    .flatMap((message) => (message.type === 'events' ? message.events : []))
    .flatMap((event) =>
      'notification' in event
        ? (event.notification as { body: { telephonySessionId: string } }).body.telephonySessionId
        : [],
    )

it('a supervisor is told whom they watch, sees their calls and not those of others', async () => {
  fixture = await startFixture()
  fixture.platform.grants.take(INES, 'callMonitoring')
  fixture.platform.grants.give(INES, 'callMonitoring', [SAM])
  fixture.platform.grants.take(INES, 'callQueueSetup')
  const { token, user } = await signIn(fixture, INES)
  expect(user).toMatchObject({ role: 'supervisor', watches: { extensions: [SAM], queues: [] } })
  const stream = await watch(token)
  expect((await stream.welcome()).user).toEqual(user)
  const beas = fixture.platform.placeCall({ from: '+14085550123', to: BEA })
  await beas.settled()
  const sams = fixture.platform.placeCall({ from: '+14085550123', to: SAM })
  await eventually(() => expect(heardOf(stream)).toContain(sams.telephonySessionId))
  expect(heardOf(stream)).not.toContain(beas.telephonySessionId)
})

it('who runs a queue sees its calls', async () => {
  fixture = await startFixture()
  fixture.platform.grants.take(INES, 'callMonitoring')
  const { token, user } = await signIn(fixture, INES)
  expect(user.watches).toEqual({ extensions: [], queues: [SALES.extensionId] })
  const stream = await watch(token)
  await stream.welcome()
  const own = fixture.platform.placeCall({ from: '+14085550123', to: BEA })
  await own.settled()
  const queue = fixture.platform.placeCall({ from: '+14085550123', to: SALES.extensionId })
  await eventually(() => expect(heardOf(stream)).toContain(queue.telephonySessionId))
  expect(heardOf(stream)).not.toContain(own.telephonySessionId)
})

it('an agent watches nobody, and is told so', async () => {
  fixture = await startFixture()
  const { token, user } = await signIn(fixture, BEA)
  expect(user).toMatchObject({ role: 'agent', watches: { extensions: [], queues: [] } })
  const stream = await watch(token)
  expect(await stream.closed()).toBe(CLOSE_CODES.notAllowed)
})

it('rights outlive a restart without a word from RingCentral', async () => {
  fixture = await startFixture()
  const { token, user } = await signIn(fixture, INES)
  const { epoch } = await (await watch(token)).welcome()
  fixture.platform.misbehave.answerRequests(/\/grant/, { status: 500 })
  fixture = await fixture.restart()
  const welcome = await (await watch(token)).welcome()
  expect(welcome).toMatchObject({ user, epoch })
})

it('a right that is taken away is known with the next refusal, and cuts what it allowed', async () => {
  fixture = await startFixture()
  fixture.platform.grants.take(INES, 'callQueueSetup')
  const { token } = await signIn(fixture, INES)
  const call = fixture.platform.placeCall({ from: '+14085550123', to: BEA })
  await call.settled()
  const stream = await watch(token)
  const { epoch, user } = await stream.welcome()
  const before = [...(user.watches?.extensions ?? [])]
  await eventually(() => expect(heardOf(stream)).toContain(call.telephonySessionId))

  fixture.platform.grants.take(INES, 'callMonitoring', BEA)
  call.answer()
  await call.settled()
  const listen = await askRelay(fixture, token, 'POST', `${partyPath(call, 2)}/supervise`, {
    supervisorDeviceId: '400801',
  })
  expect(listen.status).toBe(403)
  expect(await stream.closed()).toBe(CLOSE_CODES.restart)
  expect(stream.messages().at(-1)).toMatchObject({ type: 'error', code: 'rights_changed' })
  const again = await watch(token)
  const welcome = await again.welcome()
  expect(welcome.user.watches?.extensions).toEqual(before.filter((id) => id !== BEA))
  expect(welcome.epoch).not.toBe(epoch)
  await eventually(() => expect(again.messages().some(({ type }) => type === 'ping')).toBe(true))
  expect(heardOf(again)).toEqual([])
})

it('five thousand are watched like one', async () => {
  fixture = await startFixture()
  const many = Array.from({ length: 5000 }, (_, index) => {
    const id = String(700000 + index)
    return { id, extensionNumber: id, name: `Somebody ${id}`, type: 'User' as const }
  })
  fixture.platform.grants.give(INES, 'callMonitoring', many)
  const { token, user } = await signIn(fixture, INES)
  expect(user.watches?.extensions.length).toBeGreaterThan(5000)
  const stream = await watch(token)
  await stream.welcome()
  const call = fixture.platform.placeCall({ from: '+14085550123', to: BEA })
  await eventually(() => expect(heardOf(stream)).toContain(call.telephonySessionId))
})
