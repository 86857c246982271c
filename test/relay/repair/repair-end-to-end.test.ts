import { afterEach, describe, expect, it } from 'vitest'
import { isOver } from '../../../shared/call/end.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus } from '../../../shared/protocol/status.ts'
import type { Cursor, LogEvent } from '../../../shared/protocol/wire.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'

/** What was missed, over real sockets: calls that go on while nobody listens to RingCentral. */

const BEA = '400102'
const CALLER = '+14085550123'
/** The relay starts anew in between, and the machine may be busy. */

let fixture: RelayFixture
const clients: StreamClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await fixture.close()
})

async function connect(token: string, after: Cursor | null = null): Promise<StreamClient> {
  const client = await openStream(fixture.relay.url)
  clients.push(client)
  client.hello(token, after)
  await client.welcome()
  return client
}

const eventsOf = (client: StreamClient): readonly LogEvent[] =>
  client.messages().flatMap((message) => (message.type === 'events' ? message.events : []))

const statusesOf = (client: StreamClient) =>
  eventsOf(client).flatMap((event) => ('status' in event ? event.status : []))

/** What a client makes of all that it was sent about a session. */
function fold(telephonySessionId: string, events: readonly LogEvent[]): Tracker {
  const tracker = new Tracker(telephonySessionId)
  for (const event of events) {
    if ('status' in event) {
      const decoded = decodeStatus(event.status)
      if (decoded.kind === 'status' && decoded.status.telephonySessionId === telephonySessionId) {
        tracker.repair(decoded.status)
      }
      continue
    }
    if ('desk' in event || 'act' in event) continue
    const decoded = decodeNotification(event.notification)
    if (decoded.kind === 'telephony' && decoded.notification.telephonySessionId === telephonySessionId) {
      tracker.take(decoded.notification)
    }
  }
  return tracker
}

/** The relay is stopped while `meanwhile` happens; the fixture is the one started again. */
async function missing(meanwhile: () => Promise<void>): Promise<void> {
  const stopDelivering = fixture.platform.misbehave.dropDeliveries()
  await meanwhile()
  stopDelivering()
  for (const client of clients.splice(0)) await client.close()
  fixture = await fixture.restart()
}

describe('while the relay is stopped', () => {
  it('a call ends: who resumes is told that it is over, as an estimate', async () => {
    fixture = await startFixture()
    const { token } = await signIn(fixture, BEA)
    const call = fixture.platform.placeCall({ from: CALLER, to: BEA })
    call.answer()
    await call.settled()
    const before = await connect(token)
    const seen = (await before.events(4)).at(-1)
    const { epoch } = await before.welcome()
    expect(isOver(fold(call.telephonySessionId, eventsOf(before)).call)).toBe(false)

    await missing(async () => {
      call.hangUp('caller')
      await call.settled()
    })
    const resumed = await connect(token, { epoch, position: seen?.head ?? 0 })
    await eventually(() => expect(statusesOf(resumed)).toHaveLength(1))
    expect((await resumed.welcome()).resumed).toBe(true)
    expect(statusesOf(resumed)).toMatchObject([{ telephonySessionId: call.telephonySessionId, found: false }])
    const tracker = fold(call.telephonySessionId, [...eventsOf(before), ...eventsOf(resumed)])
    expect(isOver(tracker.call)).toBe(true)
    for (const leg of tracker.call.legs) expect(leg.repairedAsOfMs).toBe(tracker.call.lostAsOfMs)
    expect(fixture.logText()).toContain('What was missed is repaired')
  })

  it('a call is put on hold, and another begins: both are known as they stand', async () => {
    fixture = await startFixture()
    const { token } = await signIn(fixture, BEA)
    const call = fixture.platform.placeCall({ from: CALLER, to: BEA })
    call.answer()
    await call.settled()
    await missing(async () => {
      call.hold()
      const second = fixture.platform.placeCall({ from: '+12065550147', to: BEA })
      await Promise.all([call.settled(), second.settled()])
    })
    const client = await connect(token)
    await eventually(() => expect(statusesOf(client)).toHaveLength(2))
    const states = statusesOf(client).map(
      ({ telephonySessionId }) =>
        fold(telephonySessionId, eventsOf(client)).call.legs.find(({ extensionId }) => extensionId === BEA)?.current
          ?.state,
    )
    expect(states.toSorted()).toEqual(['hold', 'ring'])
  })

  it('what had ended before is not asked about', async () => {
    fixture = await startFixture()
    const over = fixture.platform.placeCall({ from: CALLER, to: BEA })
    over.hangUp('caller')
    const live = fixture.platform.placeCall({ from: CALLER, to: BEA })
    await Promise.all([over.settled(), live.settled()])
    await missing(async () => undefined)
    await eventually(() => expect(fixture.logText()).toContain('What was missed is repaired'))
    const asked = fixture.platform.requests().filter(({ path }) => path.includes('/telephony/sessions/'))
    expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual([live.telephonySessionId])
  })
})

it('a subscription that was lost is created again, and what was missed is repaired', async () => {
  fixture = await startFixture()
  const { platform, relay } = fixture
  const { token } = await signIn(fixture, BEA)
  const call = platform.placeCall({ from: CALLER, to: BEA })
  await call.settled()
  const client = await connect(token)
  const lost = platform.subscriptions()[0]
  platform.misbehave.deleteSubscription()
  call.hangUp('caller')
  await call.settled()
  // The relay looks every half a minute, or when it is reminded.
  await fetch(`${relay.url}/webhook`, {
    method: 'POST',
    headers: { 'verification-token': lost?.verificationToken ?? '' },
    body: JSON.stringify({ event: `/restapi/v1.0/subscription/${lost?.id}` }),
  })
  await eventually(() => expect(statusesOf(client)).toMatchObject([{ found: false }]))
  expect(platform.subscriptions().map(({ id }) => id)).not.toContain(lost?.id)
  expect(platform.subscriptions()).toHaveLength(1)
})

it('deliveries are swallowed while the subscription stays active: a call of which nothing came is found all the same', async () => {
  const clock = createManualClock(Date.now())
  fixture = await startFixture({ relay: { clock } })
  const { token } = await signIn(fixture, BEA)
  const stopSwallowing = fixture.platform.misbehave.dropDeliveries()
  const call = fixture.platform.placeCall({ from: CALLER, to: BEA })
  call.answer()
  await call.settled()
  const askedForPresence = () => fixture.platform.requests().some(({ path }) => path.endsWith('/presence'))
  const looks = () => fixture.platform.requests().filter(({ path }) => path === '/restapi/v1.0/subscription').length
  // Silence counts only while the subscription is known to be active, so the looks at it must get their turn.
  for (const endMs = clock.nowMs() + 13 * MINUTE_MS; clock.nowMs() < endMs; ) {
    const before = looks()
    await eventually(() => {
      clock.advance(5 * SECOND_MS)
      expect(looks()).toBeGreaterThan(before)
    })
  }
  expect(askedForPresence()).toBe(false)
  await eventually(() => {
    clock.advance(SECOND_MS)
    expect(fixture.logText()).toContain('What was missed is repaired')
  })
  expect(fixture.logText()).toContain('calls of which nothing was delivered')
  const client = await connect(token)
  await client.events(1)
  expect(statusesOf(client)).toMatchObject([{ telephonySessionId: call.telephonySessionId, found: true }])
  stopSwallowing()
})

it('the first start of all has missed nothing, and asks for nothing', async () => {
  fixture = await startFixture()
  expect(fixture.platform.requests().filter(({ path }) => path.endsWith('/presence'))).toEqual([])
})

it('presence may not be read: that is said once, and the logged sessions are asked about all the same', async () => {
  fixture = await startFixture()
  const { token } = await signIn(fixture, BEA)
  const call = fixture.platform.placeCall({ from: CALLER, to: BEA })
  await call.settled()
  fixture.platform.misbehave.takeScope('ReadPresence')
  await missing(async () => {
    call.hangUp('caller')
    await call.settled()
  })
  const client = await connect(token)
  await eventually(() => expect(statusesOf(client)).toMatchObject([{ found: false }]))
  expect(fixture.logText().split('presence could not be read')).toHaveLength(2)
  expect(fixture.logText()).toContain('add ReadPresence to the app')
})

it('RingCentral is away at first: deliveries and streams go on, and the repair follows', async () => {
  fixture = await startFixture()
  const { token } = await signIn(fixture, BEA)
  const call = fixture.platform.placeCall({ from: CALLER, to: BEA })
  await call.settled()
  const recover = fixture.platform.misbehave.answerRequests('session', { status: 503, retryAfterS: 1 }, { times: 1 })
  await missing(async () => {
    call.hangUp('caller')
    await call.settled()
  })
  const client = await connect(token)
  const next = fixture.platform.placeCall({ from: CALLER, to: BEA })
  await next.settled()
  await eventually(() => expect(fold(next.telephonySessionId, eventsOf(client)).call.legs).toHaveLength(2))
  await eventually(() => expect(statusesOf(client)).toMatchObject([{ found: false }]))
  recover()
})

it('under own visibility a member is told of the end, and of their own parties only', async () => {
  fixture = await startFixture({ settings: { visibility: 'own' } })
  const { token } = await signIn(fixture, BEA)
  const other = await signIn(fixture, '400104')
  const ends = fixture.platform.placeCall({ from: CALLER, to: BEA })
  const goesOn = fixture.platform.placeCall({ from: CALLER, to: BEA })
  goesOn.answer()
  await Promise.all([ends.settled(), goesOn.settled()])
  await missing(async () => {
    ends.hangUp('caller')
    goesOn.hold()
    await Promise.all([ends.settled(), goesOn.settled()])
  })
  const client = await connect(token)
  const stranger = await connect(other.token)
  await eventually(() => expect(statusesOf(client)).toHaveLength(2))
  const [found] = statusesOf(client).filter((status) => status.found)
  expect(statusesOf(client).find((status) => !status.found)?.telephonySessionId).toBe(ends.telephonySessionId)
  expect(found?.session).toMatchObject({ parties: [{ extensionId: BEA, status: { code: 'Hold' } }] })
  expect(found?.session).toHaveProperty('parties.length', 1)
  expect(eventsOf(stranger)).toEqual([])
})

it('asks no more than the limits leave room for', async () => {
  fixture = await startFixture({ platform: { nowMs: () => Date.now() - HOUR_MS } })
  const calls = Array.from({ length: 45 }, () => fixture.platform.placeCall({ from: CALLER, to: BEA }))
  await Promise.all(calls.map((call) => call.settled()))
  await missing(async () => undefined)
  const asked = () => fixture.platform.requests().filter(({ path }) => path.includes('/telephony/sessions/'))
  await eventually(() => expect(asked().length).toBeGreaterThanOrEqual(30))
  const { token } = await signIn(fixture, BEA)
  const path = `/v1/sessions/${calls[0]?.telephonySessionId}`
  const answer = await fetch(fixture.relay.url + path, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  expect(asked()).toHaveLength(31)
  expect(fixture.platform.requests().filter(({ status }) => status === 429)).toEqual([])
  expect(asked().every(({ atMs }) => atMs > fixture.platform.nowMs() - MINUTE_MS)).toBe(true)
})
