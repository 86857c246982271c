import { afterEach, expect, it } from 'vitest'
import { CLOSE_CODES, type Cursor } from '../../../shared/protocol/wire.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { notification } from '../support/notification.ts'
import { withClock } from '../support/process-clock.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Rights that change between two events: from then on nothing is delivered that is not theirs any more, nor on resuming. */

const BEA = '400102'
const SAM = '400104'

let scene: FaultScene
let sequence = 1
afterEach(() => scene.close())

/** An event of somebody's call, taken by the relay. */
async function deliver(extensionId: string): Promise<string> {
  sequence += 1
  const event = notification({ telephonySessionId: `s-${extensionId}`, sequence, owners: [extensionId] })
  const response = await fetch(`${scene.relay.url}/webhook`, {
    method: 'POST',
    headers: { 'verification-token': scene.secret() },
    body: JSON.stringify(event),
  })
  expect(response.status).toBe(200)
  return event.uuid
}

async function join(token: string, after: Cursor | null = null): Promise<StreamClient> {
  const stream = await openStream(scene.relay.url)
  stream.hello(token, after)
  return stream
}

function uuidsOf(stream: StreamClient): readonly string[] {
  return stream
    .messages()
    .flatMap((message) => (message.type === 'events' ? message.events : []))
    .flatMap((event) => ('notification' in event ? [(event.notification as { uuid: string }).uuid] : []))
}

/** Where a client stands that has stored all it was sent. */
function cursorOf(stream: StreamClient, epoch: string): Cursor {
  const heads = stream
    .messages()
    .flatMap((message) => (message.type === 'events' || message.type === 'ping' ? [message.head] : []))
  return { epoch, position: heads.at(-1) ?? 0 }
}

/** The first ping says that all was sent that there was. */
const caughtUp = (stream: StreamClient) =>
  eventually(() => expect(stream.messages().some(({ type }) => type === 'ping')).toBe(true))

it('a supervisor who is none any more from a restart on gets their own calls only, and the other way round', async () => {
  scene = await startFaultScene({ environment: { RELAY_SUPERVISORS: BEA } })
  const { token } = scene.agent
  const asSupervisor = await join(token)
  const { epoch, user } = await asSupervisor.welcome()
  expect(user.role).toBe('supervisor')
  const before = [await deliver(SAM), await deliver(BEA)]
  await eventually(() => expect(uuidsOf(asSupervisor)).toEqual(before))
  const cursor = cursorOf(asSupervisor, epoch)
  const missed = await deliver(SAM)
  await scene.relay.end('SIGKILL')

  await scene.start('/readyz', { RELAY_SUPERVISORS: SAM })
  const asAgent = await join(token, cursor)
  const welcome = await asAgent.welcome()
  expect(welcome).toMatchObject({ resumed: false, user: { role: 'agent' } })
  expect(welcome.epoch).not.toBe(epoch)
  await caughtUp(asAgent)
  await deliver(SAM)
  const own = await deliver(BEA)
  await eventually(() => expect(uuidsOf(asAgent)).toContain(own))
  expect(uuidsOf(asAgent)).toEqual([before[1], own])
  const agentCursor = cursorOf(asAgent, welcome.epoch)
  await scene.relay.end('SIGKILL')

  await scene.start('/readyz', { RELAY_SUPERVISORS: BEA })
  const again = await join(token, agentCursor)
  expect(await again.welcome()).toMatchObject({ resumed: false, epoch, user: { role: 'supervisor' } })
  await caughtUp(again)
  expect(uuidsOf(again)).toEqual(expect.arrayContaining([...before, missed, own]))
})

const countPings = (stream: Pick<StreamClient, 'messages'>) =>
  stream.messages().filter(({ type }) => type === 'ping').length

/** Ways in which somebody stops being one who may see anything, each begun and not waited for. */
const endings: readonly [what: string, end: () => unknown][] = [
  [
    'signs out',
    () =>
      fetch(`${scene.relay.url}/auth/token`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${scene.agent.token}` },
      }),
  ],
  [
    'can not be renewed at RingCentral',
    () => {
      scene.platform.misbehave.endLogins(BEA)
      return fetch(`${scene.relay.url}/v1/devices`, { headers: { authorization: `Bearer ${scene.agent.token}` } })
    },
  ],
]

it.each(endings)('who %s amid a stream of events is cut at once, and gets nothing after it', async (_what, end) => {
  scene = await startFaultScene()
  const stream = await join(scene.agent.token)
  const { epoch } = await stream.welcome()
  let isCut = false
  const posted: string[] = []
  const posting = (async () => {
    while (!isCut) posted.push(await deliver(BEA))
  })()
  await eventually(() => expect(uuidsOf(stream).length).toBeGreaterThan(5))
  const pingsBefore = countPings(stream)
  const ended = end()
  expect(await stream.closed()).toBe(CLOSE_CODES.unauthorised)
  // At once: not when the next ping looks whether somebody may still hear it.
  expect(countPings(stream)).toBe(pingsBefore)
  const seen = uuidsOf(stream).length
  isCut = true
  await Promise.all([posting, ended])
  const last = await deliver(BEA)

  const again = await join(scene.agent.token, cursorOf(stream, epoch))
  expect(await again.closed()).toBe(CLOSE_CODES.unauthorised)
  expect(again.messages().map(({ type }) => type)).toEqual(['error'])
  expect(uuidsOf(stream)).toHaveLength(seen)
  // Somebody who signs in anew has the same rights, and sees it all.
  const anew = await signIn(scene, BEA)
  const resumed = await join(anew.token, cursorOf(stream, epoch))
  expect(await resumed.welcome()).toMatchObject({ resumed: true, epoch })
  await caughtUp(resumed)
  expect([...uuidsOf(stream), ...uuidsOf(resumed)]).toEqual([...posted, last])
})

it.each<[what: string, change: () => void]>([
  ['is disabled', () => scene.platform.misbehave.disablePerson(BEA)],
  ['is moved to another account', () => scene.platform.misbehave.movePerson(BEA)],
])('who %s at RingCentral gets nothing more after the daily look, nor on resuming', async (_what, change) => {
  scene = await startFaultScene()
  await scene.relay.end('SIGTERM')
  // A day and an hour later, with the look of each hour every half second.
  const clock = withClock({ shiftMs: DAY_MS + HOUR_MS, hurry: { factor: 7200, fromMs: HOUR_MS } })
  change()
  await scene.start('/healthz', clock)
  const stream = await join(scene.agent.token)
  // It takes sign-ins once it knows whose account it is.
  await eventually(async () => expect((await fetch(`${scene.relay.url}/readyz`)).status).toBe(200))
  const sam = await signIn(scene, SAM)
  const samStream = await join(sam.token)
  await samStream.welcome()
  expect(await stream.closed()).toBe(CLOSE_CODES.unauthorised)
  const seen = uuidsOf(stream).length
  await deliver(BEA)
  const own = await deliver(SAM)
  await eventually(() => expect(uuidsOf(samStream)).toEqual([own]))
  const again = await join(scene.agent.token)
  expect(await again.closed()).toBe(CLOSE_CODES.unauthorised)
  expect(uuidsOf(stream)).toHaveLength(seen)
  await samStream.close()
})
