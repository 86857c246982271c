import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectMyCalls } from '../../../shared/call/my-calls.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { CAPABILITIES, type Capability, type CapabilityName } from '../../../shared/protocol/http/capabilities.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import { decodeNotification } from '../../../shared/protocol/notification.ts'
import { HOUR_MS } from '../../../shared/time.ts'
import type { Call } from '../../platform/calls/call.ts'
import { SUPERVISOR } from '../../platform/people.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import { askRelay } from './relay-client.ts'

/** Ines may listen to Bea and Sam, at her desk phone or at the app in her browser. */
const INES = SUPERVISOR.extensionId
const DESK = SUPERVISOR.deviceId
const WEB = SUPERVISOR.webPhoneId ?? ''
const BEA = '400102'
const SAM = '400104'
const ADA = '+14085550123'

let clock: ManualClock
let fixture: RelayFixture
let ines: string
let call: Call

beforeEach(async () => {
  clock = createManualClock(Date.now())
  fixture = await startFixture({ relay: { clock } })
  ines = (await signIn(fixture, INES)).token
  call = await talk(BEA)
})
afterEach(() => fixture.close())

async function talk(to: string): Promise<Call> {
  const placed = fixture.platform.placeCall({ from: ADA, to })
  placed.answer()
  await placed.settled()
  return placed
}

const supervise = (body: unknown, { token = ines, telephonySessionId = call.telephonySessionId } = {}) =>
  askRelay(fixture, token, 'POST', fillRoute(ROUTES.supervise, { telephonySessionId }), body)
const listen = (deviceId = DESK, agentExtensionId = BEA, on = call) =>
  supervise({ agentExtensionId, deviceId }, { telephonySessionId: on.telephonySessionId })
const refusalOf = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...((await response.json()) as { code: string; detail: string; reason?: string }) }
}
const capability = async (name: CapabilityName, token = ines): Promise<Capability | undefined> => {
  const answer = await askRelay(fixture, token, 'GET', ROUTES.capabilities)
  const { capabilities } = (await answer.json()) as { capabilities: Capability[] }
  expect(capabilities.map((one) => one.name)).toEqual(Object.keys(CAPABILITIES))
  return capabilities.find((one) => one.name === name)
}
const asked = () => fixture.platform.requests().filter(({ path }) => path.endsWith('/supervise')).length

describe('listening in', () => {
  it('at a phone of her own is asked of RingCentral as her, and is no call of hers', async () => {
    const stream = await openStream(fixture.relay.url)
    stream.hello(ines, null, 'mine')
    await stream.welcome()
    expect((await listen()).status).toBe(202)
    call.hangUp('caller')
    await call.settled()
    const trackers = new Map<string, Tracker>()
    await eventually(() => {
      trackers.clear()
      for (const message of stream.messages()) {
        for (const event of message.type === 'events' ? message.events : []) {
          const decoded = 'notification' in event ? decodeNotification(event.notification) : undefined
          if (decoded?.kind !== 'telephony') continue
          const { telephonySessionId } = decoded.notification
          const tracker = trackers.get(telephonySessionId) ?? new Tracker(telephonySessionId)
          trackers.set(telephonySessionId, tracker)
          tracker.take(decoded.notification)
        }
      }
      // The session that her phone passed through, and that of the agent with her in it.
      expect(trackers.size).toBe(2)
      const legs = [...trackers.values()].flatMap((tracker) => tracker.call.legs)
      expect(legs.filter(({ extensionId }) => extensionId === INES)).toHaveLength(2)
      expect(legs.every(({ end }) => end !== undefined)).toBe(true)
    })
    const calls = [...trackers.values()].map((tracker) => tracker.call)
    const mine = selectMyCalls(calls, INES)
    expect(mine.map(({ kind, customerCallId }) => [kind, customerCallId])).toEqual([
      ['listener', undefined],
      ['listener', undefined],
    ])
    for (const one of mine) {
      expect(measureAgent(one.call, INES, [], one.journey.monitorIds)?.talk.stretches).toEqual([])
    }
    const beas = selectMyCalls(calls, BEA)
    expect(beas.map(({ kind }) => kind)).toEqual(['call'])
    for (const one of beas) expect(measureAgent(one.call, BEA, [], one.journey.monitorIds)?.talk.ms).toBeGreaterThan(0)
    await stream.close()
  })

  it('works, and that is known', async () => {
    expect(await capability('listen')).toEqual({ name: 'listen', state: 'notTried' })
    await listen()
    expect(await capability('listen')).toMatchObject({ state: 'works' })
    expect(await capability('listenAtWebPhone')).toMatchObject({ state: 'notTried' })
  })

  it.each<[what: string, ask: () => Promise<Response>, status: number, code: string]>([
    ['a phone of somebody else', () => listen('400802'), 404, 'not_there'],
    ['somebody whom she may not listen to', () => listen(DESK, '400109'), 403, 'not_watched'],
    ['somebody who is not in the call', () => listen(DESK, SAM), 404, 'not_there'],
    ['a session that there is not', () => supervise({}, { telephonySessionId: 's-none' }), 404, 'unknown_session'],
    ['another mode', () => supervise({ mode: 'Barge', agentExtensionId: BEA }), 400, 'bad_request'],
    ['nobody', () => supervise({ deviceId: DESK }), 400, 'bad_request'],
  ])('to %s is asked of nobody', async (_what, ask, status, code) => {
    expect(await refusalOf(ask())).toMatchObject({ status, code })
    expect(asked()).toBe(0)
  })

  it('is for who may listen to somebody', async () => {
    const { token } = await signIn(fixture, SAM)
    const body = { agentExtensionId: BEA, deviceId: '400804' }
    expect(await refusalOf(supervise(body, { token }))).toMatchObject({ status: 404, code: 'unknown_session' })
    const bea = (await signIn(fixture, BEA)).token
    expect(await refusalOf(supervise(body, { token: bea }))).toMatchObject({ status: 403, code: 'not_watched' })
    expect(asked()).toBe(0)
  })
})

describe('what RingCentral refuses', () => {
  it('is said in its words, and not asked for again within the hour', async () => {
    fixture.platform.misbehave.takePermission('CallControl', INES)
    const first = await refusalOf(listen())
    expect(first).toMatchObject({
      status: 403,
      code: 'permission_missing',
      reason: expect.stringContaining('CallControl'),
    })
    expect(await refusalOf(listen())).toMatchObject({ ...first, askedAgainAt: expect.any(String) })
    expect(asked()).toBe(1)
    expect(await capability('listen')).toMatchObject({ state: 'refused', reason: first.reason })
    clock.advance(HOUR_MS)
    await refusalOf(listen())
    expect(asked()).toBe(2)
  })

  it('to one agent is asked for with another', async () => {
    fixture.platform.grants.take(INES, 'callMonitoring', BEA)
    const sams = await talk(SAM)
    expect((await listen()).status).toBe(403)
    expect((await listen(DESK, SAM, sams)).status).toBe(202)
  })

  it('is asked for again as soon as her rights are others', async () => {
    fixture.platform.grants.take(INES, 'callMonitoring', BEA)
    expect((await listen()).status).toBe(403)
    // The refusal made the relay read them anew.
    await eventually(async () => expect(await refusalOf(listen())).toMatchObject({ code: 'unknown_session' }))
    fixture.platform.grants.give(INES, 'callMonitoring', [BEA])
    ines = (await signIn(fixture, INES)).token
    expect((await listen()).status).toBe(202)
  })

  it('of the app in a browser is not asked for again, and the desk phone is', async () => {
    fixture.platform.misbehave.refuseWebPhones()
    const refused = await refusalOf(listen(WEB))
    expect(refused).toMatchObject({
      status: 400,
      code: 'invalid_request',
      reason: expect.stringContaining('HardPhone'),
    })
    expect(await refusalOf(listen(WEB))).toMatchObject({ reason: refused.reason })
    expect(asked()).toBe(1)
    expect((await listen()).status).toBe(202)
    expect(await capability('listenAtWebPhone')).toMatchObject({ state: 'refused' })
    expect(await capability('listen')).toMatchObject({ state: 'works' })
  })

  it('for now only is asked for each time', async () => {
    const plugIn = fixture.platform.misbehave.unplugPhone(DESK)
    expect(await refusalOf(listen())).toMatchObject({ status: 409, code: 'wrong_state' })
    plugIn()
    expect((await listen()).status).toBe(202)
    expect(await capability('listen')).toMatchObject({ state: 'works' })
  })

  it('because the account lacks the feature is said before the click, and not asked for', async () => {
    fixture.platform.misbehave.takeFeature('CallSupervision', 'AccountLimitation')
    expect(await capability('listen')).toEqual({ name: 'listen', state: 'refused', reason: 'AccountLimitation' })
    expect(await refusalOf(listen())).toMatchObject({ status: 403, code: 'forbidden', reason: 'AccountLimitation' })
    expect(asked()).toBe(0)
  })

  it('of one person is nothing to another', async () => {
    fixture.platform.misbehave.takePermission('CallControl', INES)
    fixture.platform.grants.give(SAM, 'callMonitoring', [BEA])
    const sam = (await signIn(fixture, SAM)).token
    await refusalOf(listen())
    expect(await capability('listen', sam)).toMatchObject({ state: 'notTried' })
    const body = { agentExtensionId: BEA, deviceId: '400804' }
    expect((await supervise(body, { token: sam })).status).toBe(202)
  })
})

describe('own phones', () => {
  const list = async (token: string) =>
    (await askRelay(fixture, token, 'GET', ROUTES.devices)).json() as Promise<{ webPhones?: { id: string }[] }>

  it('have the apps in browsers for who may listen to somebody', async () => {
    expect((await list(ines)).webPhones).toEqual([{ id: WEB, type: 'WebPhone', name: 'WebPhone', status: 'Online' }])
    expect((await list((await signIn(fixture, BEA)).token)).webPhones).toBeUndefined()
    expect(await capability('webPhones')).toMatchObject({ state: 'works' })
  })

  it('are told without them where RingCentral refuses these', async () => {
    fixture.platform.misbehave.answerRequests(/webapp-devices/, { status: 404, errorCode: 'CMN-102' })
    expect(await list(ines)).toMatchObject({ devices: [{ id: DESK }], webPhones: [] })
    expect(await capability('webPhones')).toMatchObject({ state: 'refused' })
  })
})

describe('capabilities', () => {
  it('of the account are known when the directory was read', async () => {
    await capability('directory')
    await eventually(async () => expect(await capability('queueSettings')).toMatchObject({ state: 'works' }))
    expect(await capability('directory')).toMatchObject({ state: 'works' })
  })

  it('tell where somebody may not even ask whom they watch', async () => {
    fixture.platform.misbehave.takePermission('ReadExtensionGrant', SAM)
    const sam = (await signIn(fixture, SAM)).token
    expect(await capability('grants', sam)).toMatchObject({ state: 'refused' })
    expect(await capability('grants')).toMatchObject({ state: 'works' })
  })

  it('are for who is signed in', async () => {
    expect((await askRelay(fixture, 'x', 'GET', ROUTES.capabilities)).status).toBe(401)
  })
})
