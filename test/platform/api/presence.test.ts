import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { refusalOf } from '../test-client.ts'
import { type ControlScene, startControlScene } from './control-scene.ts'

const DETAILED = 'detailedTelephonyState=true&sipData=true'

let scene: ControlScene
beforeEach(async () => {
  scene = await startControlScene()
})
afterEach(() => scene.close())

async function presence(path: string, extensionId = '400102') {
  return (await (await scene.as(extensionId)).get(`/restapi/v1.0/account/~${path}`)).json()
}

test('somebody’s calls are listed with the ids that lead to them', async () => {
  const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
  await call.settled()
  const key = call.telephonySessionId.replace('s-', '')
  const { body } = scene.events(call.telephonySessionId)[0] ?? {}
  expect(await presence(`/extension/400102/presence?${DETAILED}`, '400104')).toMatchObject({
    extension: { id: 400102, extensionNumber: '102' },
    presenceStatus: 'Busy',
    telephonyStatus: 'Ringing',
    activeCalls: [
      {
        direction: 'Inbound',
        from: '+14085550123',
        fromName: 'Ada Winter',
        to: '+14085550102',
        telephonyStatus: 'Ringing',
        telephonySessionId: call.telephonySessionId,
        sessionId: body?.sessionId,
        partyId: `p-${key}-2`,
        startTime: body?.eventTime,
        sipData: { toTag: expect.any(String), fromTag: expect.any(String) },
      },
    ],
  })
})

test.each([
  ['Ringing', () => undefined],
  ['CallConnected', (call) => call.answer()],
  [
    'OnHold',
    (call) => {
      call.answer()
      call.hold()
    },
  ],
  [
    'ParkedCall',
    (call) => {
      call.answer()
      call.park()
    },
  ],
] as const satisfies readonly (readonly [string, (call: ReturnType<ControlScene['platform']['placeCall']>) => void])[])(
  '%s',
  async (telephonyStatus, play) => {
    const call = scene.platform.placeCall({ from: '+14085550123', to: '400102' })
    play(call)
    await call.settled()
    expect(await presence(`/extension/~/presence?${DETAILED}`)).toMatchObject({ activeCalls: [{ telephonyStatus }] })
  },
)

test('the state alone, unless details are asked for', async () => {
  const answer = await presence('/extension/~/presence')
  expect(answer).toMatchObject({ telephonyStatus: 'NoCall', presenceStatus: 'Available' })
  expect(answer).not.toHaveProperty('activeCalls')
})

test('the account: everybody, scenarios included, without what is over', async () => {
  await scene.close()
  const nowMs = Date.now()
  scene = await startControlScene({ nowMs: () => nowMs, isPacedByClock: true })
  const over = scene.platform.placeCall({ from: '+14085550123', to: '400104' })
  over.hangUp('agent')
  await scene.platform.passTime(SECOND_MS)
  const replay = scene.platform.replay('direct-call')
  const lines = async () => {
    const { records } = await presence(`/presence?${DETAILED}`)
    return records.flatMap(
      ({ extension, activeCalls }: { extension: { id: number }; activeCalls: { telephonyStatus: string }[] }) =>
        activeCalls.map(({ telephonyStatus }) => `${extension.id} ${telephonyStatus}`),
    )
  }
  await scene.platform.passTime(2 * SECOND_MS)
  expect(await lines()).toEqual(['400102 Ringing'])
  await scene.platform.passTime(10 * SECOND_MS)
  expect(await lines()).toEqual(['400102 CallConnected'])
  await scene.platform.passTime(MINUTE_MS)
  expect(await lines()).toEqual([])
  await replay
})

test('the account’s presence is heavy, and both ask for ReadPresence', async () => {
  const sdk = await scene.as('400102')
  const { headers } = await sdk.get('/restapi/v1.0/account/~/presence')
  expect(headers.get('x-rate-limit-group')).toBe('heavy')
  scene.platform.misbehave.takePermission('ReadPresence')
  for (const path of ['/presence', '/extension/~/presence']) {
    expect(await refusalOf(sdk.get(`/restapi/v1.0/account/~${path}`))).toEqual({ status: 403, errorCode: 'CMN-408' })
  }
})

test.each(['1', '500102'])('of nobody here there is no presence: %s', async (extensionId) => {
  const request = (await scene.as('400102')).get(`/restapi/v1.0/account/~/extension/${extensionId}/presence`)
  expect(await refusalOf(request)).toEqual({ status: 404, errorCode: 'CMN-102' })
})
