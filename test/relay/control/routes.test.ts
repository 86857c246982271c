import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Call } from '../../platform/calls/call.ts'
import { eventually } from '../../support/eventually.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'
import { askRelay, partyPath, seen, steps } from './relay-client.ts'

const BEA = '400102'
const SAM = '400104'
const INES = '400101'
const ADA = '+14085550123'
const OUTSIDE = '+12065550147'

let fixture: RelayFixture
let bea: string
let sam: string
let ines: string
let stream: StreamClient
let call: Call

beforeAll(async () => {
  fixture = await startFixture({
    platform: { rateLimits: { Auth: 1000, Light: 1000, Heavy: 1000 } },
    settings: { supervisors: [INES] },
  })
  bea = (await signIn(fixture, BEA)).token
  sam = (await signIn(fixture, SAM)).token
  ines = (await signIn(fixture, INES)).token
  stream = await openStream(fixture.relay.url)
  stream.hello(ines)
  await stream.welcome()
})
afterAll(async () => {
  await stream.close()
  await fixture.close()
})

/** Ada's call to Bea rings, and the relay knows. */
beforeEach(async () => {
  call = fixture.platform.placeCall({ from: ADA, to: BEA })
  await seen(stream.frames, `${call.telephonySessionId.replace('s-', 'p-')}-2`)
})

const act = (token: string, operation: string, body?: unknown, party = 2) =>
  askRelay(fixture, token, 'POST', `${partyPath(call, party)}/${operation}`, body)
const status = async (answer: Promise<Response>) => (await answer).status
const problem = async (answer: Promise<Response>) => {
  const response = await answer
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as { status: number; code: string; detail: string }
}
describe('as the person themselves', () => {
  it('a call is answered, held, let go on, muted, recorded and ended, and the events say so', async () => {
    expect(await status(act(bea, 'answer', { deviceId: '400802' }))).toBe(202)
    expect(await status(act(bea, 'hold'))).toBe(202)
    expect(await status(act(bea, 'unhold', {}))).toBe(202)
    expect(await status(act(bea, 'mute', { muted: true }))).toBe(202)
    expect(await status(act(bea, 'mute', { muted: false }))).toBe(202)
    expect(await status(act(bea, 'record'))).toBe(202)
    expect(await status(askRelay(fixture, bea, 'DELETE', partyPath(call, 2)))).toBe(204)
    for (const text of ['"Answered"', '"Hold"', '"muted":true', '"recordings"', '"Disconnected"']) {
      await seen(stream.frames, text)
    }
  })

  it.each<[operation: string, body: unknown, status: number]>([
    ['reject', undefined, 204],
    ['reply', { replyWithText: 'I call you back' }, 202],
    ['reply', { replyWithPattern: { pattern: 'WillCallYouBack', time: 5, timeUnit: 'Minute' } }, 202],
    ['forward', { phoneNumber: OUTSIDE }, 202],
    ['forward', { extensionNumber: '104' }, 202],
    ['forward', { voicemail: BEA }, 202],
  ])('a ringing call: %s %j', async (operation, body, expected) => {
    expect(await status(act(bea, operation, body))).toBe(expected)
  })

  it.each<[operation: string, body: unknown]>([
    ['transfer', { phoneNumber: OUTSIDE }],
    ['transfer', { extensionId: SAM }],
    ['transfer', { parkOrbit: '*807' }],
    ['park', undefined],
    ['flip', { callFlipId: '3' }],
  ])('an answered call: %s %j', async (operation, body) => {
    call.answer()
    expect(await status(act(bea, operation, body))).toBe(202)
  })

  it('a call is held, a colleague asked, and both are joined', async () => {
    call.answer()
    expect(await status(act(bea, 'hold'))).toBe(202)
    const asked = await askRelay(fixture, bea, 'POST', '/v1/calls', { deviceId: '400802', to: '104' })
    const { telephonySessionId } = (await asked.json()) as { telephonySessionId: string }
    const mine = { telephonySessionId, partyId: `${telephonySessionId.replace('s-', 'p-')}-1` }
    const theirs = { ...mine, partyId: mine.partyId.replace(/1$/, '2') }
    await seen(stream.frames, theirs.partyId)
    expect(await status(askRelay(fixture, sam, 'POST', `${partyPath({ telephonySessionId }, 2)}/answer`))).toBe(202)
    expect(await problem(act(bea, 'bridge', theirs))).toMatchObject({ status: 403, code: 'not_your_party' })
    expect(await problem(act(sam, 'bridge', mine))).toMatchObject({ status: 404, code: 'not_there' })
    expect(await status(act(bea, 'bridge', mine))).toBe(202)
    await seen(stream.frames, '"AttendedTransfer"')
    expect(await problem(act(bea, 'bridge', mine))).toMatchObject({ status: 409, code: 'wrong_state' })
  })

  it('a recording is paused by its id', async () => {
    call.answer()
    await act(bea, 'record')
    const recordingId = await eventually(() => {
      const frames = stream.frames.filter((frame) => frame.includes(call.telephonySessionId))
      return (
        /"recordings":\[\{"id":"([^"]+)"/.exec(frames.join(''))?.[1] ?? expect.unreachable('nothing is recorded yet')
      )
    })
    expect(await status(act(bea, 'record', { recordingId, active: false }))).toBe(202)
    await seen(stream.frames, `{"id":"${recordingId}","active":false}`)
  })

  it('a queue’s call is ignored', async () => {
    const queueCall = fixture.platform.placeCall({ from: ADA, to: '400195' })
    await seen(stream.frames, `${queueCall.telephonySessionId.replace('s-', 'p-')}-3`)
    const ignore = askRelay(fixture, bea, 'POST', `${partyPath(queueCall, 3)}/ignore`, { deviceId: '400802' })
    expect(await status(ignore)).toBe(204)
  })

  it('a parked call is fetched by a colleague who was not in it', async () => {
    call.answer()
    expect(await status(act(bea, 'park'))).toBe(202)
    expect(await status(act(sam, 'pickup', { deviceId: '400804' }))).toBe(202)
  })

  it('the answer tells nothing that an event should', async () => {
    const response = await act(bea, 'answer')
    expect(await response.text()).toBe('')
  })
})

describe('who may do what', () => {
  it.each<[what: string, answer: () => Promise<Response>, status: number, code: string]>([
    ['another party of one’s own call', () => act(bea, 'hold', undefined, 1), 403, 'not_your_party'],
    ['removing another party', () => askRelay(fixture, bea, 'DELETE', partyPath(call, 1)), 403, 'not_your_party'],
    ['a call of somebody else', () => act(sam, 'answer'), 404, 'not_there'],
    ['a party that there is not', () => act(bea, 'answer', undefined, 9), 404, 'not_there'],
    [
      'a session that there is not',
      () => askRelay(fixture, bea, 'POST', '/v1/sessions/s-none/parties/p-none-1/hold'),
      404,
      'not_there',
    ],
    [
      'listening in as an agent',
      () => act(sam, 'supervise', { supervisorDeviceId: '400804' }),
      403,
      'supervisors_only',
    ],
  ])('%s is refused, and RingCentral is not asked to do it', async (_what, answer, status, code) => {
    const before = steps(fixture)
    expect(await problem(answer())).toMatchObject({ status, code })
    expect(steps(fixture)).toEqual(before)
  })

  it('a supervisor listens in to an agent', async () => {
    call.answer()
    expect(await status(act(ines, 'supervise', { supervisorDeviceId: '400801' }))).toBe(202)
    await seen(stream.frames, `${call.telephonySessionId.replace('s-', 'p-')}-3`)
  })

  it('a supervisor may name anybody’s party, and hears what RingCentral says to it', async () => {
    call.answer()
    expect(await problem(act(ines, 'hold'))).toMatchObject({ code: 'not_there' })
    expect(steps(fixture).at(-1)).toBe('POST hold 404')
  })

  it('a call that the log does not know is looked up at RingCentral, as the person', async () => {
    const stop = fixture.platform.misbehave.dropDeliveries()
    onTestFinished(stop)
    const unheard = fixture.platform.placeCall({ from: OUTSIDE, to: BEA })
    await unheard.settled()
    const path = `${partyPath(unheard, 2)}/answer`
    expect(await problem(askRelay(fixture, sam, 'POST', path))).toMatchObject({ code: 'not_there' })
    expect(await status(askRelay(fixture, bea, 'POST', path, { deviceId: '400802' }))).toBe(202)
  })

  it.each(['', 'Bearer ', 'Bearer wrong', 'Basic abc'])('with the header %j nobody gets in', async (authorization) => {
    for (const [method, path] of [
      ['POST', `${partyPath(call, 2)}/answer`],
      ['DELETE', partyPath(call, 2)],
      ['GET', '/v1/devices'],
      ['POST', '/v1/calls'],
    ] as const) {
      const headers = { ...(authorization !== '' && { authorization }), origin: EXTENSION_ORIGIN }
      const response = await fetch(`${fixture.relay.url}${path}`, { method, headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
      expect(await response.json()).toMatchObject({ code: 'unauthorised' })
    }
  })
})

describe('what is wrong with a request is said in a sentence, and nothing is sent', () => {
  it.each<[operation: string, body: unknown, detail: string]>([
    ['answer', '{"deviceId":', 'The body should be JSON.'],
    ['answer', [], 'The body should be a JSON object.'],
    ['answer', '['.repeat(5000), 'The body should be JSON.'],
    ['answer', { deviceId: 7 }, 'deviceId should be an id of at most 256 visible characters.'],
    ['ignore', {}, 'The body should have deviceId.'],
    ['bridge', { telephonySessionId: 's-2' }, 'The body should have partyId.'],
    ['ignore', { deviceId: 'x'.repeat(257) }, 'deviceId should be an id of at most 256 visible characters.'],
    [
      'forward',
      {},
      'The body should be an object with exactly one of phoneNumber, extensionNumber, extensionId and voicemail.',
    ],
    [
      'forward',
      { phoneNumber: OUTSIDE, voicemail: BEA },
      'The body should be an object with exactly one of phoneNumber, extensionNumber, extensionId and voicemail.',
    ],
    ['forward', { phoneNumber: '2065550147' }, 'phoneNumber should be a number in E.164 like +12065550100.'],
    [
      'forward',
      { parkOrbit: '*801' },
      'The body should be an object with exactly one of phoneNumber, extensionNumber, extensionId and voicemail.',
    ],
    ['transfer', { extensionNumber: '+1' }, 'extensionNumber should be a short extension number like 102.'],
    ['transfer', { extensionId: 'x' }, 'extensionId should be a RingCentral extension id, a number like 400102.'],
    [
      'transfer',
      {},
      'The body should be an object with exactly one of phoneNumber, extensionNumber, extensionId, voicemail and parkOrbit.',
    ],
    ['reply', { replyWithText: '' }, 'replyWithText should be a text that is not empty.'],
    ['reply', { replyWithText: 'x'.repeat(501) }, 'replyWithText should be a text of at most 500 characters.'],
    [
      'reply',
      { replyWithPattern: { pattern: 'InAMeeting', timeUnit: 'Year' } },
      'replyWithPattern.timeUnit should be Minute, Hour or Day.',
    ],
    [
      'record',
      { active: true },
      'The body should be empty to start a recording, or have recordingId and active to change one.',
    ],
    ['mute', { muted: 'yes' }, 'muted should be true or false.'],
    ['pickup', {}, 'The body should have deviceId.'],
    ['flip', {}, 'The body should have callFlipId.'],
  ])('%s: %#', async (operation, body, detail) => {
    const before = steps(fixture)
    expect(await problem(act(bea, operation, body))).toMatchObject({ status: 400, code: 'bad_request', detail })
    expect(steps(fixture)).toEqual(before)
  })

  it('listening in to somebody who is no colleague', async () => {
    expect(await problem(act(ines, 'supervise', { supervisorDeviceId: '400801' }, 1))).toMatchObject({
      status: 400,
      detail: 'The party should be that of a colleague: there is nobody else to listen in to.',
    })
  })

  it('the mode of listening in', async () => {
    expect(await problem(act(ines, 'supervise', { mode: 'Barge', supervisorDeviceId: '400801' }))).toMatchObject({
      detail: 'mode should be Listen.',
    })
  })

  it.each([['..'], ['%2e%2e'], ['%00'], ['a%20b'], ['x'.repeat(257)]])('an id that is none: %#', async (id) => {
    const response = await askRelay(fixture, bea, 'POST', `/v1/sessions/${id}/parties/p-1/hold`)
    expect([400, 404]).toContain(response.status)
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/\.$/) })
  })

  it('a body above 16 kB', async () => {
    const response = await act(bea, 'reply', { replyWithText: 'x'.repeat(17_000) })
    expect(response.status).toBe(413)
  })
})

describe('devices and calling out', () => {
  it('lists the person’s own phones', async () => {
    const response = await askRelay(fixture, bea, 'GET', '/v1/devices')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      devices: [{ id: '400802', name: 'Desk phone', type: 'HardPhone', status: 'Online' }],
    })
  })

  it('lists everybody of the account but oneself, by name, with what they are doing', async () => {
    const list = async (token: string) => {
      const response = await askRelay(fixture, token, 'GET', '/v1/colleagues')
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
      return ((await response.json()) as { colleagues: readonly { readonly name: string }[] }).colleagues
    }
    await eventually(async () => expect(await list(sam)).not.toEqual([]))
    expect(await list(sam)).toMatchObject([
      {
        extensionId: BEA,
        name: 'Bea Lindqvist',
        extensionNumber: '102',
        presence: expect.stringMatching(/busy|ringing/),
      },
      { extensionId: INES, name: 'Ines Moreau', extensionNumber: '101' },
      { name: 'Noor Haddad' },
      { name: 'Ringside Service', presence: 'available' },
    ])
    const reads = fixture.platform.requests().filter(({ path }) => path.endsWith('/presence'))
    expect(reads).toHaveLength(1)
    onTestFinished(fixture.platform.misbehave.takePermission('ReadPresence', INES))
    expect((await list(ines)).map((one) => 'presence' in one)).toEqual([false, false, false, false])
    const told = await askRelay(fixture, ines, 'GET', '/v1/capabilities')
    expect(await told.json()).toMatchObject({
      capabilities: expect.arrayContaining([expect.objectContaining({ name: 'presence', state: 'refused' })]),
    })
  })

  it.each(['+12065550147', '104'])('calls %s and says which session it is', async (to) => {
    const before = steps(fixture).length
    const response = await askRelay(fixture, bea, 'POST', '/v1/calls', { deviceId: '400802', to })
    expect(response.status).toBe(202)
    const { telephonySessionId } = (await response.json()) as { telephonySessionId: string }
    await seen(stream.frames, telephonySessionId)
    expect(steps(fixture).slice(before)).toEqual(['POST call-out 201'])
  })

  it.each<[body: unknown, detail: string]>([
    [{ to: OUTSIDE }, 'The body should have deviceId.'],
    [{ deviceId: '400802' }, 'The body should have to.'],
    [
      { deviceId: '400802', to: '(206) 555-0147' },
      'to should be a number in E.164 like +12065550100, or a short extension number like 102.',
    ],
    [
      { deviceId: '400802', to: { phoneNumber: OUTSIDE } },
      'to should be a number in E.164 like +12065550100, or a short extension number like 102.',
    ],
  ])('does not call with %j', async (body, detail) => {
    expect(await problem(askRelay(fixture, bea, 'POST', '/v1/calls', body))).toMatchObject({ status: 400, detail })
  })

  it('does not call from the phone of somebody else', async () => {
    const answer = askRelay(fixture, bea, 'POST', '/v1/calls', { deviceId: '400804', to: OUTSIDE })
    expect(await problem(answer)).toMatchObject({ status: 404, code: 'not_there' })
  })
})

it('the extension may ask first, for each of the routes', async () => {
  for (const path of [`${partyPath(call, 2)}/answer`, partyPath(call, 2), '/v1/devices', '/v1/calls']) {
    const response = await fetch(`${fixture.relay.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin: EXTENSION_ORIGIN, 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST, DELETE')
  }
})

it('neither a number nor a name nor a token is logged', () => {
  const text = fixture.logText()
  for (const secret of [bea, sam, ines, ADA, OUTSIDE, 'I call you back']) expect(text).not.toContain(secret)
})
