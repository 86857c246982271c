import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeskRecord } from '../../../shared/protocol/desk.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { HelloMessage } from '../../../shared/protocol/wire.ts'
import type { Call } from '../../platform/calls/call.ts'
import { SUPERVISOR } from '../../platform/people.ts'
import { SALES } from '../../platform/queue.ts'
import { eventually } from '../../support/eventually.ts'
import { askRelay, seen } from '../control/relay-client.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'

/** Ines may listen to Bea and runs the queue Sales; Noor watches nobody, and Sam is in the queue. */
const INES = SUPERVISOR.extensionId
const BEA = '400102'
const NOOR = '400103'
const SAM = '400104'
const ADA = '+14085550123'

let fixture: RelayFixture
let bea: string
let sam: string
let ines: string
const streams: StreamClient[] = []
let call: Call

async function join(token: string, view: HelloMessage['view']): Promise<StreamClient> {
  const stream = await openStream(fixture.relay.url)
  stream.hello(token, null, view)
  await stream.welcome()
  streams.push(stream)
  return stream
}

beforeAll(async () => {
  fixture = await startFixture()
  const { grants } = fixture.platform
  grants.take(INES, 'callMonitoring')
  grants.give(INES, 'callMonitoring', [BEA])
  bea = (await signIn(fixture, BEA)).token
  sam = (await signIn(fixture, SAM)).token
  ines = (await signIn(fixture, INES)).token
})
afterAll(async () => {
  for (const stream of streams) await stream.close()
  await fixture.close()
})

/** Ada talks to Bea. */
beforeEach(async () => {
  call = fixture.platform.placeCall({ from: ADA, to: BEA })
  call.answer()
  await call.settled()
})

const hand = (token: string, body: unknown = { raised: true }, telephonySessionId = call.telephonySessionId) =>
  askRelay(fixture, token, 'POST', fillRoute(ROUTES.hand, { telephonySessionId }), body)
const whisper = (token: string, body: unknown, telephonySessionId = call.telephonySessionId) =>
  askRelay(fixture, token, 'POST', fillRoute(ROUTES.whisper, { telephonySessionId }), body)
const toBea = (text: unknown = 'Offer 12 %') => ({ extensionId: BEA, text })

const told = (stream: StreamClient): DeskRecord[] =>
  stream
    .messages()
    .flatMap((message) => (message.type === 'events' ? message.events : []))
    .flatMap((event) => ('desk' in event ? event.desk : []))
    .filter(({ telephonySessionId }) => telephonySessionId === call.telephonySessionId)

describe('a hand', () => {
  it('that is raised and lowered reaches the member and who watches them', async () => {
    const [own, watching, other] = await Promise.all([join(bea, 'mine'), join(ines, 'watched'), join(sam, 'mine')])
    const answer = await hand(bea)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ position: expect.any(Number) })
    expect((await hand(bea, { raised: false })).status).toBe(201)
    const records = [true, false].map((raised) => ({
      telephonySessionId: call.telephonySessionId,
      kind: 'hand',
      from: BEA,
      raised,
    }))
    await eventually(() => expect(told(own)).toEqual(records))
    await eventually(() => expect(told(watching)).toEqual(records))
    expect(told(other)).toEqual([])
  })

  it('is there after a restart', async () => {
    await hand(bea)
    fixture = await fixture.restart()
    const own = await join(bea, 'mine')
    await eventually(() => expect(told(own)).toHaveLength(1))
  })
})

describe('a whisper', () => {
  it('reaches its two ends, and nobody else, now or later', async () => {
    fixture.platform.grants.give(NOOR, 'callMonitoring', [BEA])
    const noors = (await signIn(fixture, NOOR)).token
    const streamOf = {
      bea: await join(bea, 'mine'),
      ines: await join(ines, 'watched'),
      noor: await join(noors, 'watched'),
    }
    expect((await whisper(ines, toBea('ask for\nthe \u202eorder <b>number</b> '))).status).toBe(201)
    const record = {
      telephonySessionId: call.telephonySessionId,
      kind: 'whisper',
      from: INES,
      fromName: 'Ines Moreau',
      to: BEA,
      text: 'ask for the order <b>number</b>',
    }
    await hand(bea)
    for (const stream of [streamOf.bea, streamOf.ines]) {
      await eventually(() => expect(told(stream)).toEqual([record, expect.objectContaining({ kind: 'hand' })]))
    }
    const late = await join(noors, 'watched')
    for (const stream of [streamOf.noor, late]) {
      await eventually(() => expect(told(stream)).toEqual([expect.objectContaining({ kind: 'hand' })]))
      expect(stream.frames.join()).not.toContain('ask for')
    }
    const mine = await join(ines, 'mine')
    await eventually(() => expect(mine.messages().some(({ type }) => type === 'ping')).toBe(true))
    expect(told(mine)).toEqual([])
  })

  it('reaches a member of a queue in its calls, from who runs it', async () => {
    const queued = fixture.platform.placeCall({ from: ADA, to: SALES.extensionId })
    queued.answer(SAM)
    await queued.settled()
    const body = { extensionId: SAM, text: 'I take the next one' }
    await eventually(async () => expect((await whisper(ines, body, queued.telephonySessionId)).status).toBe(201))
    const own = fixture.platform.placeCall({ from: ADA, to: SAM })
    own.answer()
    await own.settled()
    expect((await whisper(ines, body, own.telephonySessionId)).status).toBe(404)
  })
})

describe('is refused', () => {
  it.each<[what: string, ask: () => Promise<Response>, status: number, code: string]>([
    ['a hand of nobody', () => hand('x'), 401, 'unauthorised'],
    ["a hand in somebody else's call", () => hand(sam), 404, 'unknown_session'],
    ['a hand of who only watches', () => hand(ines), 404, 'unknown_session'],
    ['a hand in a call that there is not', () => hand(bea, undefined, 's-none'), 404, 'unknown_session'],
    ['a hand in what is no id', () => hand(bea, undefined, 'a b\n'), 404, 'unknown_session'],
    ['a hand that says nothing', () => hand(bea, {}), 400, 'bad_request'],
    ['a hand that is no hand', () => hand(bea, { raised: 'yes' }), 400, 'bad_request'],
    ['a whisper of who watches nobody', () => whisper(sam, toBea()), 404, 'unknown_session'],
    ['a whisper of a member to themselves', () => whisper(bea, toBea()), 403, 'not_watched'],
    ['a whisper to whom they do not watch', () => whisper(ines, { ...toBea(), extensionId: SAM }), 403, 'not_watched'],
    ['a whisper of nothing', () => whisper(ines, toBea('\u200b \n')), 400, 'bad_request'],
    ['a whisper that is too long', () => whisper(ines, toBea('x'.repeat(501))), 400, 'bad_request'],
    ['a whisper of 10 kB', () => whisper(ines, toBea('x'.repeat(10_000))), 400, 'bad_request'],
    ['a whisper of 20 kB', () => whisper(ines, toBea('x'.repeat(20_000))), 413, 'too_large'],
    ['a whisper to no id', () => whisper(ines, { extensionId: '../1', text: 'x' }), 400, 'bad_request'],
    ['what is no JSON', () => whisper(ines, '{'), 400, 'bad_request'],
  ])('%s', async (_what, ask, status, code) => {
    const answer = await ask()
    expect([answer.status, (await answer.json()).code]).toEqual([status, code])
  })

  it('what comes after the call', async () => {
    call.hangUp('caller')
    await call.settled()
    await eventually(async () => expect((await hand(bea)).status).toBe(409))
    expect((await (await whisper(ines, toBea())).json()).code).toBe('wrong_state')
  })

  it('a whisper to somebody who has no part in the call', async () => {
    fixture.platform.grants.give(INES, 'callMonitoring', [NOOR])
    const token = (await signIn(fixture, INES)).token
    const answer = await whisper(token, { ...toBea(), extensionId: NOOR })
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_there'])
  })

  it('more than anybody tells within a minute, of one person only', async () => {
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await hand(bea)).status))
    expect(new Set(statuses)).toEqual(new Set([201, 429]))
    const refused = await hand(bea)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await whisper(ines, toBea())).status).toBe(201)
  })
})

it('nothing that was told is in the log lines', async () => {
  await whisper(ines, toBea('a secret word'))
  await seen([fixture.logText()], 'Somebody signed in')
  expect(fixture.logText()).not.toContain('secret word')
})
