import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { refusalOf } from '../test-client.ts'
import { type ControlScene, startControlScene } from './control-scene.ts'

/** Who can listen in on which call, from which phone, and what the events tell of it. */

const BEA = '400102'
const SAM = '400104'
const INES = '400101'
const LISTEN = { mode: 'Listen', supervisorDeviceId: '400801', agentExtensionId: BEA }

let scene: ControlScene
let id: string

beforeEach(async () => {
  scene = await startControlScene()
  const call = scene.platform.placeCall({ from: '+14085550123', to: BEA })
  call.answer()
  await call.settled()
  id = call.telephonySessionId
})
afterEach(() => scene.close())

const supervise = (body: object, { as = INES, session = id } = {}) =>
  scene.ask(as, 'POST', `/sessions/${session}/supervise`, body)
const refusal = (request: Promise<unknown>) => refusalOf(request as Promise<Response>)

test('the listener passes through a session of their own into the call, muted, and leaves it running', async () => {
  const party = (await supervise({ ...LISTEN, autoAnswer: true, mediaSDP: 'sendOnly' })) as { id: string }
  expect(party).toMatchObject({ direction: 'Outbound', muted: true, extensionId: INES, status: { code: 'Answered' } })
  const own = await eventually(() => {
    const gone = scene.events().filter(({ body }) => body.telephonySessionId !== id)
    expect(gone.map(({ body }) => body.parties[0]?.status.code)).toEqual(['Setup', 'Answered', 'Gone'])
    return gone
  })
  expect(own.at(-1)?.body.parties[0]?.status).toMatchObject({
    reason: 'Supervising',
    peerId: { telephonySessionId: id, partyId: party.id },
  })
  await scene.ask(INES, 'DELETE', `/sessions/${id}/parties/${party.id}`)
  await eventually(() => expect(scene.story(id).slice(-2)).toEqual(['7 -3 Answered', '8 -3 Disconnected']))
})

test('an agent is named by id or by short number', async () => {
  const { agentExtensionId: _, ...body } = LISTEN
  expect(await supervise({ ...body, agentExtensionNumber: '102' })).toMatchObject({ muted: true })
})

test.each([
  ['another mode', { ...LISTEN, mode: 'Whisper' }, 400, 'CMN-101'],
  ['no agent', { mode: 'Listen', supervisorDeviceId: '400801' }, 400, 'CMN-101'],
  ['a phone of somebody else', { ...LISTEN, supervisorDeviceId: '400802' }, 404, 'CMN-102'],
  ['an agent who is not in the call', { ...LISTEN, agentExtensionId: SAM }, 404, 'CMN-102'],
  ['an agent whom there is not', { ...LISTEN, agentExtensionId: '1' }, 404, 'CMN-102'],
])('%s is refused', async (_what, body, status, errorCode) => {
  expect(await refusal(supervise(body))).toEqual({ status, errorCode })
})

test('only who was granted it may listen, and no longer than they are', async () => {
  const sam = { ...LISTEN, supervisorDeviceId: '400804' }
  expect(await refusal(supervise(sam, { as: SAM }))).toEqual({ status: 403, errorCode: 'CMN-408' })
  scene.platform.grants.give(SAM, 'callMonitoring', [BEA])
  scene.platform.grants.take(INES, 'callMonitoring', BEA)
  expect(await refusal(supervise(LISTEN))).toEqual({ status: 403, errorCode: 'CMN-408' })
  expect(await refusal(supervise(sam, { as: SAM }))).toBeUndefined()
})

test('a call has one listener at a time, and a listener one call', async () => {
  scene.platform.grants.give(SAM, 'callMonitoring', [BEA])
  const party = (await supervise(LISTEN)) as { id: string }
  const sam = { ...LISTEN, supervisorDeviceId: '400804' }
  expect(await refusal(supervise(sam, { as: SAM }))).toEqual({ status: 409, errorCode: 'TAS-106' })

  const other = scene.platform.placeCall({ from: '+12065550147', to: SAM })
  other.answer()
  const elsewhere = { ...LISTEN, agentExtensionId: SAM }
  const session = other.telephonySessionId
  expect(await refusal(supervise(elsewhere, { session }))).toEqual({ status: 409, errorCode: 'TAS-106' })
  await scene.ask(INES, 'DELETE', `/sessions/${id}/parties/${party.id}`)
  expect(await refusal(supervise(elsewhere, { session }))).toBeUndefined()
})

test('nobody listens to a call that only rings', async () => {
  const { telephonySessionId: session } = scene.platform.placeCall({ from: '+12065550147', to: BEA })
  expect(await refusal(supervise(LISTEN, { session }))).toEqual({ status: 409, errorCode: 'TAS-106' })
})

test('the phone has to be online; whether the app in a browser will do, is for the platform to say', async () => {
  const { misbehave } = scene.platform
  const plugIn = misbehave.unplugPhone('400801')
  expect(await refusal(supervise(LISTEN))).toEqual({ status: 409, errorCode: 'TAS-106' })
  plugIn()
  const atBrowser = { ...LISTEN, supervisorDeviceId: '400821' }
  const accept = misbehave.refuseWebPhones()
  expect(await refusal(supervise(atBrowser))).toEqual({ status: 400, errorCode: 'CMN-101' })
  accept()
  expect(await supervise(atBrowser)).toMatchObject({ from: { deviceId: '400821' } })
})

test('without the feature nobody listens', async () => {
  scene.platform.misbehave.takeFeature('CallSupervision', 'AccountLimitation')
  expect(await refusal(supervise(LISTEN))).toEqual({ status: 403, errorCode: 'CMN-407' })
})
