import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../../platform/calls/call.ts'
import { personByExtensionId } from '../../platform/people.ts'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type FixtureOptions, type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { type SignedIn, signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/** `GET /v1/sessions/:sid`, over HTTP. */

const BEA = '400102'
const SAM = '400104'
const INES = '400101'
const CALLER = '+14085550123'

let fixture: RelayFixture
let bea: SignedIn

async function start(options: FixtureOptions = {}): Promise<void> {
  fixture = await startFixture({ ...options, settings: { supervisors: [INES], ...options.settings } })
  bea = await signIn(fixture, BEA)
}
afterEach(() => fixture.close())

const ask = (telephonySessionId: string, token: string | undefined = bea.token, headers: Record<string, string> = {}) =>
  fetch(`${fixture.relay.url}/v1/sessions/${encodeURIComponent(telephonySessionId)}`, {
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
  })

const requests = () => fixture.platform.requests().filter(({ path }) => path.includes('/telephony/sessions/'))

async function placeCall(to = BEA): Promise<Call> {
  const call = fixture.platform.placeCall({ from: CALLER, to })
  await call.settled()
  return call
}

/** A call of which the relay hears nothing. */
async function placeUnheard(to = BEA): Promise<Call> {
  const stop = fixture.platform.misbehave.dropDeliveries()
  const call = await placeCall(to)
  stop()
  return call
}

describe('a session of theirs', () => {
  beforeEach(() => start())

  it('is told as RingCentral knows it, as of the moment it answered', async () => {
    const call = await placeCall()
    const before = fixture.platform.nowMs()
    const response = await ask(call.telephonySessionId)
    const body = await response.json()
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({
      telephonySessionId: call.telephonySessionId,
      asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      found: true,
      session: { id: call.telephonySessionId, parties: [{ direction: 'Outbound' }, { extensionId: BEA }] },
    })
    expect(Date.parse(body.asOf)).toBeGreaterThan(before - 1000)
    expect(Date.parse(body.asOf)).toBeLessThanOrEqual(fixture.platform.nowMs())
  })

  it('that RingCentral does not know any more is not found: it is over', async () => {
    const call = await placeCall()
    fixture.platform.misbehave.dropDeliveries()
    call.hangUp('caller')
    await call.settled()
    expect(await (await ask(call.telephonySessionId)).json()).toEqual({
      telephonySessionId: call.telephonySessionId,
      asOf: expect.any(String),
      found: false,
    })
  })

  it('is asked about once for all who ask at the same time, and for ten seconds', async () => {
    const call = await placeCall()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(call.telephonySessionId)))
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())))
    expect(texts.size).toBe(1)
    expect(texts).toContain(await (await ask(call.telephonySessionId)).text())
    expect(requests()).toHaveLength(1)
  })

  it('repairs everybody who sees it, by the log', async () => {
    const call = await placeCall()
    const ines = await signIn(fixture, INES)
    const client = await openStream(fixture.relay.url)
    client.hello(ines.token)
    const answer = await (await ask(call.telephonySessionId)).json()
    await eventually(() =>
      expect(client.messages().flatMap((message) => (message.type === 'events' ? message.events : []))).toContainEqual({
        position: expect.any(Number),
        receivedAt: expect.any(String),
        status: answer,
      }),
    )
    await client.close()
  })

  it('is no news of deliveries: the ping goes on to tell when the last event came', async () => {
    const call = await placeCall()
    await ask(call.telephonySessionId)
    const lastEvent = () => readMetric(fixture.relay.url, 'ringside_last_event_timestamp_seconds')
    const before = await lastEvent()
    fixture.platform.misbehave.dropDeliveries()
    call.answer()
    await ask(call.telephonySessionId)
    expect(await lastEvent()).toBe(before)
  })
})

describe('who may ask', () => {
  beforeEach(() => start())

  it.each<[what: string, who: string, expected: number]>([
    ['a member', BEA, 200],
    ['a supervisor', INES, 200],
    ['a stranger', SAM, 404],
  ])('about a session that the log knows: %s', async (_what, who, expected) => {
    const { token } = await signIn(fixture, who)
    const call = await placeCall()
    expect((await ask(call.telephonySessionId, token)).status).toBe(expected)
  })

  it.each<[what: string, who: string, expected: number]>([
    ['one of its members', BEA, 200],
    ['a supervisor', INES, 200],
    ['a stranger', SAM, 404],
  ])('about a session that the log does not know: %s', async (_what, who, expected) => {
    const { token } = await signIn(fixture, who)
    const call = await placeUnheard()
    expect((await ask(call.telephonySessionId, token)).status).toBe(expected)
  })

  it.each([['s-unknown'], ['x'.repeat(201)], ['../../extension/~'], ['s-1/parties/p-1'], ['?']])(
    'nobody about a session that there is not: %s',
    async (id) => {
      const response = await ask(id)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'unknown_session' })
    },
  )

  it('somebody who came in unheard, and the log learns of it', async () => {
    const call = await placeCall()
    const stop = fixture.platform.misbehave.dropDeliveries()
    call.transfer({ kind: 'colleague', who: personByExtensionId(SAM) })
    await call.settled()
    stop()
    const sam = await signIn(fixture, SAM)
    expect((await ask(call.telephonySessionId, sam.token)).status).toBe(200)
  })

  it('only who is signed in', async () => {
    const call = await placeCall()
    for (const token of [undefined, 'not-a-token']) {
      const response = await fetch(`${fixture.relay.url}/v1/sessions/${call.telephonySessionId}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ code: 'unauthorised' })
    }
    expect(requests()).toEqual([])
  })

  it('strangers, with any ids, leave room for those who ask about their own', async () => {
    const call = await placeCall()
    const statuses = []
    for (let index = 0; index < 20; index += 1) statuses.push((await ask(`s-guess-${index}`)).status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(15)
    expect(statuses.filter((status) => status === 503)).toHaveLength(5)
    expect((await ask(call.telephonySessionId)).status).toBe(200)
  })
})

describe('the extension', () => {
  beforeEach(() => start())

  it('reads the answer, refusals included', async () => {
    const call = await placeCall()
    for (const [id, token] of [
      [call.telephonySessionId, bea.token],
      ['s-unknown', bea.token],
      [call.telephonySessionId, 'no'],
    ] as const) {
      const { headers } = await ask(id, token, { origin: EXTENSION_ORIGIN })
      expect(headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
      expect(headers.get('vary')).toContain('Origin')
    }
    const foreign = await ask(call.telephonySessionId, bea.token, { origin: 'https://crm.example' })
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('when RingCentral', () => {
  beforeEach(() => start())

  it.each<[what: string, status: 500 | 503 | 429, retryAfterS: number | undefined, expected: string]>([
    ['is busy', 503, 7, '7'],
    ['fails', 500, undefined, '10'],
    ['limits requests', 429, 45, '45'],
    ['limits requests without saying how long', 429, undefined, '60'],
  ])('%s: 503 and when to come again', async (_what, status, retryAfterS, expected) => {
    const call = await placeCall()
    fixture.platform.misbehave.answerRequests('session', {
      status,
      ...(retryAfterS !== undefined && { retryAfterS }),
    })
    const response = await ask(call.telephonySessionId)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe(expected)
    expect(await response.json()).toMatchObject({ code: 'ringcentral_busy', retryAfterS: Number(expected) })
  })

  it('limits requests, nothing is sent until that is over', async () => {
    const [first, second] = [await placeCall(), await placeCall(SAM)]
    const ines = await signIn(fixture, INES)
    fixture.platform.misbehave.penalise('Light')
    expect((await ask(first.telephonySessionId)).status).toBe(503)
    expect((await ask(second.telephonySessionId, ines.token)).status).toBe(503)
    expect(requests()).toHaveLength(1)
  })

  it('does not answer: the same', async () => {
    const call = await placeCall()
    fixture.platform.misbehave.resetRequests('session')
    expect((await ask(call.telephonySessionId)).status).toBe(503)
  })

  it('refuses the relay: 502, and the log says what to change', async () => {
    const call = await placeCall()
    fixture.platform.misbehave.takeScope('CallControl')
    const response = await ask(call.telephonySessionId)
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ code: 'ringcentral_refused' })
    expect(fixture.logText()).toContain('add CallControl to the app in the RingCentral console')
  })
})

it('under own visibility others’ parties are removed', async () => {
  await start({ settings: { visibility: 'own' } })
  const call = await placeCall()
  const { session } = await (await ask(call.telephonySessionId)).json()
  expect(session.parties).toMatchObject([{ extensionId: BEA }])
  const ines = await signIn(fixture, INES)
  expect((await (await ask(call.telephonySessionId, ines.token)).json()).session.parties).toHaveLength(2)
})
