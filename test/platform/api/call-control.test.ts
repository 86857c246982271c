import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { refusalOf } from '../test-client.ts'
import { type ControlScene, startControlScene } from './control-scene.ts'

const BEA = '400102'
const SAM = '400104'
const ADA = '+14085550123'

let scene: ControlScene
let id: string
/** Ada's call to Bea rings; her party is the second. */
beforeEach(async () => {
  scene = await startControlScene()
  id = scene.platform.placeCall({ from: ADA, to: BEA }).telephonySessionId
})
afterEach(() => scene.close())

const party = (number: number, session = id) => `/sessions/${session}/parties/${session.replace('s-', 'p-')}-${number}`
const bea = (operation: string, body?: object) => scene.ask(BEA, 'POST', `${party(2)}/${operation}`, body)
/** What is told beyond the ring. */
const told = (lines: readonly string[]) => eventually(() => expect(scene.story(id).slice(4)).toEqual(lines))
const refusal = async (request: Promise<unknown>) => refusalOf(request as Promise<Response>)

describe('a call rings', () => {
  test('it is answered at a phone, which the event names', async () => {
    expect(await bea('answer', { deviceId: '400802' })).toMatchObject({
      id: `${id.replace('s-', 'p-')}-2`,
      status: { code: 'Answered' },
      owner: { accountId: '400100', extensionId: BEA },
    })
    await told(['6 -2 Answered'])
    expect(scene.events(id).at(-1)?.body.parties[0]?.to).toMatchObject({ deviceId: '400802' })
  })

  test('it is answered with a text', async () => {
    await bea('reply', { replyWithText: 'I will call you back' })
    await told(['6 -2 Disconnected CallReplied', '7 -1 Disconnected'])
  })

  test('it is forwarded to the own voicemail', async () => {
    expect(await bea('forward', { voicemail: BEA })).toMatchObject({ status: { code: 'VoiceMail' } })
    await told(['6 -2 VoiceMail'])
  })

  test('it is forwarded to an outside number', async () => {
    await bea('forward', { phoneNumber: '+12065550147' })
    await told(['6 -2 Disconnected BlindTransfer', '7 -3 Proceeding'])
    expect(scene.events(id).at(-1)?.event).toBe('/restapi/v1.0/account/400100/telephony/sessions')
  })

  test.each(['hold', 'unhold', 'park', 'transfer', 'flip', 'recordings', 'pickup'])(
    'it cannot %s yet',
    async (operation) => {
      const body = { extensionNumber: '104', callFlipId: '1', deviceId: '400802' }
      expect(await refusal(bea(operation, operation === 'transfer' ? { extensionNumber: '104' } : body))).toEqual({
        status: 409,
        errorCode: 'TAS-106',
      })
      expect(scene.story(id).length).toBeLessThanOrEqual(4)
    },
  )

  test('it cannot be ignored: it is not a call of a queue', async () => {
    expect(await refusal(bea('ignore', { deviceId: '400802' }))).toEqual({ status: 409, errorCode: 'TAS-106' })
  })
})

describe('a call is answered', () => {
  beforeEach(() => bea('answer'))

  test('hold by the API and by the phone are two: both have to end', async () => {
    const phone = (step: string) =>
      fetch(`${scene.platform.url}/phone/api/calls/${id}/${step}`, { method: 'POST', body: '{"by":"agent"}' })
    await bea('hold', { proto: 'Auto' })
    await phone('hold')
    await bea('unhold')
    expect(await refusal(bea('unhold'))).toMatchObject({ status: 409 })
    await phone('unhold')
    await told(['6 -2 Answered', '7 -2 Hold', '8 -2 Answered'])
  })

  test.each([
    ['as the documentation has it', { muted: true }],
    ['as the API description has it', { party: { muted: true } }],
  ])('it is muted, %s, and keeps its state', async (_form, body) => {
    expect(await scene.ask(BEA, 'PATCH', party(2), body)).toMatchObject({ muted: true, status: { code: 'Answered' } })
    await scene.ask(BEA, 'PATCH', party(2), body)
    await told(['6 -2 Answered', '7 -2 Answered'])
    expect(
      scene
        .events(id)
        .map(({ body: { parties } }) => parties[0]?.muted)
        .at(-1),
    ).toBe(true)
  })

  test('it is recorded, paused and recorded on', async () => {
    const { id: recordingId } = (await bea('recordings')) as { id: string }
    const recording = `${party(2)}/recordings/${recordingId}`
    expect(await refusal(bea('recordings'))).toMatchObject({ status: 409 })
    expect(await scene.ask(BEA, 'PATCH', recording, { active: false })).toEqual({ id: recordingId, active: false })
    await told(['6 -2 Answered', '7 -2 Answered', '8 -2 Answered'])
    expect(scene.events(id).at(-1)?.body.parties[0]?.recordings).toEqual([{ id: recordingId, active: false }])
    expect(await refusal(scene.ask(BEA, 'PATCH', `${party(2)}/recordings/1`, { active: true }))).toEqual({
      status: 404,
      errorCode: 'CMN-102',
    })
  })

  test('it is flipped to another phone, as an outgoing party', async () => {
    await bea('flip', { callFlipId: '3' })
    await told(['6 -2 Answered', '7 -2 Disconnected CallFlip', '8 -3 Answered'])
    expect(scene.events(id).at(-1)?.body.parties).toMatchObject([
      { direction: 'Outbound', extensionId: BEA, to: { phoneNumber: ADA, name: 'Ada Winter' } },
    ])
  })

  test('it is transferred to a colleague’s voicemail', async () => {
    await bea('transfer', { voicemail: SAM })
    await told(['6 -2 Answered', '7 -2 Disconnected BlindTransfer', '8 -3 Setup', '9 -3 VoiceMail'])
  })

  test('it is transferred to a place, where the next one does not fit', async () => {
    expect(await bea('transfer', { parkOrbit: '*803' })).toMatchObject({
      status: { code: 'Parked', reason: 'CallPark', parkData: '*803' },
    })
    const other = scene.platform.placeCall({ from: ADA, to: SAM })
    other.answer()
    const transfer = `${party(2, other.telephonySessionId)}/transfer`
    expect(await refusal(scene.ask(SAM, 'POST', transfer, { parkOrbit: '*803' }))).toMatchObject({ status: 409 })
  })

  test('it is parked at the next free place', async () => {
    expect(await bea('park')).toMatchObject({ status: { parkData: '*801' } })
    const other = scene.platform.placeCall({ from: ADA, to: SAM })
    other.answer()
    expect(await scene.ask(SAM, 'POST', `${party(2, other.telephonySessionId)}/park`)).toMatchObject({
      status: { parkData: '*802' },
    })
  })

  test('the session is dropped: everybody leaves, and it is gone', async () => {
    expect(await scene.ask(BEA, 'DELETE', `/sessions/${id}`)).toBeUndefined()
    await told(['6 -2 Answered', '7 -1 Disconnected', '8 -2 Disconnected'])
    expect(await refusal(scene.ask(BEA, 'GET', `/sessions/${id}`))).toEqual({ status: 404, errorCode: 'CMN-102' })
    expect(await refusal(bea('hold'))).toEqual({ status: 404, errorCode: 'CMN-102' })
  })

  test.each(['answer', 'reject', 'reply', 'forward'])('it cannot %s any more', async (operation) => {
    const body = operation === 'reply' ? { replyWithPattern: { pattern: 'InAMeeting' } } : { extensionNumber: '104' }
    expect(await refusal(bea(operation, body))).toEqual({ status: 409, errorCode: 'TAS-106' })
  })
})

describe('a call of the queue', () => {
  test('is ignored by one agent and taken by another', async () => {
    const queueCall = scene.platform.placeCall({ from: ADA, to: '400195' }).telephonySessionId
    await scene.ask(BEA, 'POST', `${party(3, queueCall)}/ignore`, { deviceId: '400802' })
    await scene.ask(SAM, 'POST', `${party(4, queueCall)}/answer`)
    await eventually(() =>
      expect(scene.story(queueCall).slice(6)).toEqual([
        '8 -3 Disconnected',
        '9 -4 Answered',
        '10 -2 Disconnected AgentAnswered',
        '11 -5 Disconnected AgentAnswered',
      ]),
    )
  })
})

describe('a call that a person places', () => {
  test('is answered with its session, rings outside, and ends for both', async () => {
    const callOut = { from: { deviceId: '400802' }, to: { phoneNumber: '+12065550147' } }
    const { session } = (await scene.ask(BEA, 'POST', '/call-out', callOut)) as { session: { id: string } }
    expect(session).toMatchObject({
      origin: { type: 'CallOut' },
      creationTime: expect.any(String),
      parties: [
        { direction: 'Outbound', extensionId: BEA },
        { direction: 'Inbound', status: { code: 'Proceeding' } },
      ],
    })
    expect(await refusal(scene.ask(BEA, 'POST', `${party(1, session.id)}/answer`))).toMatchObject({ status: 409 })
    await scene.ask(BEA, 'DELETE', party(1, session.id))
    await eventually(() =>
      expect(scene.story(session.id).slice(3)).toEqual(['5 -1 Disconnected', '6 -2 Disconnected Cancelled']),
    )
  })

  test.each([
    ['a phone of somebody else', { from: { deviceId: '400804' }, to: { phoneNumber: ADA } }, 404, 'CMN-102'],
    ['a number that is none', { from: { deviceId: '400802' }, to: { phoneNumber: '555' } }, 400, 'CMN-101'],
    [
      'an extension that there is not',
      { from: { deviceId: '400802' }, to: { extensionNumber: '999' } },
      400,
      'CMN-101',
    ],
    ['nobody', { from: { deviceId: '400802' }, to: {} }, 400, 'CMN-101'],
    ['no phone', { to: { phoneNumber: ADA } }, 400, 'CMN-101'],
  ])('is refused with %s', async (_what, body, status, errorCode) => {
    expect(await refusal(scene.ask(BEA, 'POST', '/call-out', body))).toEqual({ status, errorCode })
  })

  test('counts as heavy: ten a minute', async () => {
    for (let count = 0; count < 10; count += 1) await refusal(scene.ask(BEA, 'POST', '/call-out', {}))
    expect(await refusal(scene.ask(BEA, 'POST', '/call-out', {}))).toEqual({ status: 429, errorCode: 'CMN-301' })
  })
})

describe('a conference', () => {
  async function openConference(): Promise<string> {
    const { session } = (await scene.ask(BEA, 'POST', '/conference')) as { session: { id: string } }
    await bea('answer')
    const body = { sessionId: id, partyId: `${id.replace('s-', 'p-')}-2` }
    await scene.ask(BEA, 'POST', `/sessions/${session.id}/parties/bring-in`, body)
    return session.id
  }

  test('takes in the other side of a call, whose parties are gone', async () => {
    const conference = await openConference()
    await told(['6 -2 Answered', '7 -1 Gone Conference', '8 -2 Gone Conference'])
    await eventually(() => expect(scene.story(conference)).toEqual(['2 -1 Answered', '3 -2 Answered']))
    expect(scene.events(conference)[1]?.body).toMatchObject({
      sessionId: '0',
      origin: { type: 'Conference' },
      parties: [{ conferenceRole: 'Participant', to: { phoneNumber: ADA }, from: { name: 'Conference' } }],
    })
  })

  test('ends with its host', async () => {
    const conference = await openConference()
    await scene.ask(BEA, 'DELETE', party(1, conference))
    await eventually(() => expect(scene.story(conference).slice(2)).toEqual(['4 -1 Disconnected', '5 -2 Disconnected']))
  })

  test('goes on without its host when that is asked for, and a second guest', async () => {
    const conference = await openConference()
    const second = scene.platform.placeCall({ from: '+12065550147', to: BEA })
    second.answer()
    const body = { sessionId: second.telephonySessionId, partyId: `${second.telephonySessionId.replace('s-', 'p-')}-2` }
    await scene.ask(BEA, 'POST', `/sessions/${conference}/parties/bring-in`, body)
    await scene.ask(BEA, 'DELETE', party(1, conference), { keepConferenceAlive: true })
    await eventually(() => expect(scene.story(conference).slice(3)).toEqual(['5 -1 Disconnected']))
  })

  test('is nothing that a call could be', async () => {
    const body = { sessionId: id, partyId: `${id.replace('s-', 'p-')}-2` }
    await bea('answer')
    expect(await refusal(scene.ask(BEA, 'POST', `/sessions/${id}/parties/bring-in`, body))).toMatchObject({
      status: 409,
    })
  })
})

describe('two calls of one person', () => {
  test('joined by a transfer end together, whoever hangs up', async () => {
    await bea('answer')
    const second = scene.platform.placeCall({ from: BEA, to: SAM })
    second.answer()
    const partyId = `${second.telephonySessionId.replace('s-', 'p-')}-1`
    await bea('bridge', { telephonySessionId: second.telephonySessionId, partyId })
    await scene.ask(SAM, 'DELETE', party(2, second.telephonySessionId))
    await told(['6 -2 Answered', '7 -2 Gone AttendedTransfer', '8 -1 Disconnected'])
  })

  test('cannot be joined while one rings', async () => {
    await bea('answer')
    const { telephonySessionId } = scene.platform.placeCall({ from: SAM, to: BEA })
    const partyId = `${telephonySessionId.replace('s-', 'p-')}-2`
    expect(await refusal(bea('bridge', { telephonySessionId, partyId }))).toMatchObject({ status: 409 })
  })
})

describe('who may do what', () => {
  beforeEach(() => bea('answer'))
  const supervise = (who: string, body: object) => refusal(scene.ask(who, 'POST', `/sessions/${id}/supervise`, body))
  const listen = { mode: 'Listen', supervisorDeviceId: '400801', agentExtensionId: BEA }

  test.each([
    ['somebody who is not in the call', () => scene.ask(SAM, 'POST', `${party(2)}/hold`), 404, 'CMN-102'],
    ['a party that is not theirs', () => scene.ask(BEA, 'POST', `${party(1)}/hold`), 403, 'CMN-408'],
    ['a party that there is not', () => scene.ask(BEA, 'POST', `${party(7)}/hold`), 404, 'CMN-102'],
    ['a party that is not theirs to remove', () => scene.ask(BEA, 'DELETE', party(1)), 403, 'CMN-408'],
    ['a person of another account', () => scene.ask('500102', 'GET', `/sessions/${id}`), 404, 'CMN-102'],
    ['a phone that is not theirs', () => bea('answer', { deviceId: '400804' }), 404, 'CMN-102'],
    ['a target that there is not', () => bea('transfer', { extensionId: '1' }), 404, 'CMN-102'],
    ['two targets', () => bea('transfer', { extensionId: SAM, voicemail: SAM }), 400, 'CMN-101'],
    ['no target', () => bea('transfer', {}), 400, 'CMN-101'],
    ['a place that is none', () => bea('transfer', { parkOrbit: '12' }), 400, 'CMN-101'],
  ])('%s is refused', async (_what, request, status, errorCode) => {
    expect(await refusal(request())).toEqual({ status, errorCode })
  })

  test('listening in is for the supervisor, from a phone of theirs, to an agent of the call', async () => {
    expect(await supervise(SAM, { ...listen, supervisorDeviceId: '400804' })).toEqual({
      status: 403,
      errorCode: 'CMN-408',
    })
    expect(await supervise('400101', { ...listen, supervisorDeviceId: '400802' })).toMatchObject({ status: 404 })
    expect(await supervise('400101', { ...listen, agentExtensionId: SAM })).toMatchObject({ status: 404 })
    expect(await supervise('400101', { ...listen, mode: 'Barge' })).toEqual({ status: 400, errorCode: 'CMN-101' })
    expect(await supervise('400101', listen)).toBeUndefined()
  })

  test('listening in can name the agent’s party, and leaving ends nothing', async () => {
    const answer = await scene.ask('400101', 'POST', `${party(2)}/supervise`, listen)
    expect(answer).toMatchObject({ direction: 'Outbound', muted: true, status: { code: 'Answered' } })
    await scene.ask('400101', 'DELETE', party(3))
    await told(['6 -2 Answered', '7 -3 Answered', '8 -3 Disconnected'])
    expect(await scene.ask(BEA, 'GET', party(2))).toMatchObject({ status: { code: 'Answered' } })
  })

  test('without CallControl nothing goes', async () => {
    const giveBack = scene.platform.misbehave.takePermission('CallControl', BEA)
    for (const request of [
      bea('hold'),
      scene.ask(BEA, 'POST', '/conference'),
      scene.ask(BEA, 'GET', `/sessions/${id}`),
    ]) {
      expect(await refusal(request)).toEqual({ status: 403, errorCode: 'CMN-408' })
    }
    giveBack()
    expect(await refusal(bea('hold'))).toBeUndefined()
  })

  test('a scenario’s call is taken over by an action on it, and the rest of the recording does not happen', async () => {
    await scene.close()
    const nowMs = Date.now()
    scene = await startControlScene({ nowMs: () => nowMs, isPacedByClock: true })
    const replay = scene.platform.replay('direct-call')
    // It rings for five seconds.
    await scene.platform.passTime(2 * SECOND_MS)
    const scenario = scene.events()[0]?.body.telephonySessionId ?? expect.unreachable('the scenario has told nothing')
    expect(await refusal(scene.ask(BEA, 'POST', `${party(2, scenario)}/answer`))).toBeUndefined()
    await scene.platform.passTime(MINUTE_MS)
    await replay
    const told = () =>
      scene
        .events()
        .filter(({ body }) => body.telephonySessionId === scenario)
        .flatMap(({ body }) => body.parties.map(({ id, status }) => `${id.slice(-2)} ${status.code}`))
    expect(told()).toContain('-2 Answered')
    expect(told().filter((line) => /Disconnected|Hold/.test(line))).toEqual([])
    expect(await refusal(scene.ask(BEA, 'POST', `${party(2, scenario)}/hold`))).toBeUndefined()
    await scene.ask(BEA, 'DELETE', party(2, scenario))
    await scene.platform.passTime(SECOND_MS)
    expect(told()).toContain('-2 Hold')
    expect(told().slice(-2).toSorted()).toEqual(['-1 Disconnected', '-2 Disconnected'])
  })
})
