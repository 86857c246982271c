import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { STREAM_NAMES } from '../../support/streams.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn, refusalOf } from '../test-client.ts'
import { startWebhookReceiver } from '../webhook-receiver.ts'

let platform: Platform
beforeEach(async () => {
  platform = await startPlatform({ tidy: true })
})
afterEach(() => platform.close())

interface Answer {
  readonly telephonySessionId?: string
  readonly telephonySessionIds?: readonly string[]
  readonly [field: string]: unknown
}

async function post(path: string, body: unknown): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(`${platform.url}/phone/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, answer: await response.json() }
}

async function readState() {
  return (await fetch(`${platform.url}/phone/api/state`)).json()
}

test('the page offers every scenario, the callers and the agents', async () => {
  const html = await (await fetch(`${platform.url}/phone`)).text()
  const offered = [...html.matchAll(/data-scenario="([^"]+)"/g)].map(([, name]) => name)
  expect(offered.toSorted()).toEqual(STREAM_NAMES.toSorted())
  for (const text of [
    'A queue rings three agents; Bea takes it',
    'Moving and joining calls',
    '10× faster',
    'Ada Winter · +14085550123',
    'Withheld number',
    'Sam Okafor · Ext. 104',
  ]) {
    expect(html).toContain(text)
  }
  expect(html).not.toContain('Ringside Service')
  expect(html).not.toContain('Otto Fremd')
})

test('the titles name whoever plays Bea’s part', async () => {
  const titles = await (await fetch(`${platform.url}/phone/api/scenarios?as=400104`)).json()
  expect(titles).toContainEqual({
    name: 'queue-answered-elsewhere',
    title: 'A queue rings three agents; Bea takes it, not Sam',
  })
})

test('the page’s styles and script are served', async () => {
  const types = await Promise.all(
    ['pages.css', 'phone.css', 'phone.js'].map(async (name) => {
      const response = await fetch(`${platform.url}/assets/${name}`)
      return `${response.status} ${response.headers.get('content-type')}`
    }),
  )
  expect(types).toEqual([
    '200 text/css; charset=utf-8',
    '200 text/css; charset=utf-8',
    '200 text/javascript; charset=utf-8',
  ])
})

test('it says whether a webhook is subscribed', async () => {
  expect(await readState()).toEqual({ isSubscribed: false, calls: [], misbehaviours: [] })
  const webhook = await startWebhookReceiver()
  await (await logIn(platform)).post('/restapi/v1.0/subscription', {
    eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
  expect(await readState()).toMatchObject({ isSubscribed: true })
  await webhook.close()
})

test('a call by hand goes from ringing to its end, and offers only what can be done', async () => {
  const { status, answer } = await post('calls', { from: '+14085550123', to: '400102' })
  expect(status).toBe(201)
  const steps = `calls/${answer.telephonySessionId}`
  const listed = async () => (await readState()).calls[0]
  await eventually(async () =>
    expect(await listed()).toEqual({
      telephonySessionId: answer.telephonySessionId,
      title: 'Ada Winter → Bea Lindqvist',
      state: 'ringing',
      lastEvent: 'event 5, Proceeding (Bea Lindqvist)',
      steps: ['answer', 'transfer', 'hang-up'],
    }),
  )
  expect(await post(`${steps}/answer`, { by: 'agent' })).toEqual({ status: 200, answer: { state: 'talking' } })
  expect(await listed()).toMatchObject({ state: 'talking', steps: ['hold', 'transfer', 'park', 'hang-up'] })
  await post(`${steps}/hold`, { by: 'agent' })
  expect(await listed()).toMatchObject({ state: 'on hold', steps: ['unhold', 'transfer', 'park', 'hang-up'] })
  await post(`${steps}/unhold`, { by: 'agent' })
  await post(`${steps}/hang-up`, { by: 'caller' })
  await eventually(async () =>
    expect(await listed()).toMatchObject({
      state: 'ended',
      steps: [],
      lastEvent: 'event 10, Disconnected (Bea Lindqvist)',
    }),
  )
})

test('a call by hand is transferred, parked and picked up by colleagues', async () => {
  const { answer } = await post('calls', { from: '+14085550123', to: '400102' })
  const steps = `calls/${answer.telephonySessionId}`
  await post(`${steps}/answer`, { by: 'agent' })
  expect(await post(`${steps}/transfer`, { by: 'agent', to: '400104' })).toMatchObject({ answer: { state: 'ringing' } })
  await post(`${steps}/answer`, { by: 'agent' })
  expect(await post(`${steps}/park`, { by: 'agent' })).toMatchObject({ answer: { state: 'parked' } })
  await eventually(async () =>
    expect((await readState()).calls[0]).toMatchObject({ state: 'parked', steps: ['pick-up', 'hang-up'] }),
  )
  expect(await post(`${steps}/pick-up`, { by: 'agent', to: '1' })).toEqual({
    status: 400,
    answer: { message: 'The colleague should be given by extension id.' },
  })
  expect(await post(`${steps}/pick-up`, { by: 'agent', to: '400103' })).toMatchObject({ answer: { state: 'talking' } })
  await eventually(async () =>
    expect((await readState()).calls).toMatchObject([
      { title: 'Noor Haddad → *801', state: 'ended' },
      { title: 'Ada Winter → Noor Haddad', state: 'talking', lastEvent: 'event 13, Answered (Noor Haddad)' },
    ]),
  )
})

test('a scenario is listed with its states', async () => {
  const { status, answer } = await post('replays', { scenario: 'pstn-to-user', speed: 100 })
  expect(status).toBe(202)
  expect(answer).toMatchObject({ title: 'Ada calls and reaches Bea through the menu', isSubscribed: false })
  const [telephonySessionId] = answer.telephonySessionIds ?? []
  await eventually(async () =>
    expect((await readState()).calls).toMatchObject([
      { telephonySessionId, title: 'Ada Winter → Bea Lindqvist', state: 'ended', steps: [] },
    ]),
  )
})

test('a scenario of several sessions, played by another, answers with all of them', async () => {
  const { answer } = await post('replays', { scenario: 'conference', speed: 1000, as: '400103' })
  expect(answer).toMatchObject({ title: 'Noor calls Ada and Grace, and merges the calls' })
  expect(answer.telephonySessionIds).toHaveLength(3)
  await eventually(async () => {
    const { calls } = await readState()
    expect(calls.map(({ telephonySessionId }: { telephonySessionId: string }) => telephonySessionId)).toEqual(
      answer.telephonySessionIds?.toReversed(),
    )
    expect(calls.map(({ title }: { title: string }) => title)).toEqual([
      'Conference',
      'Noor Haddad → +12065550147',
      'Noor Haddad → +14085550123',
    ])
  })
})

test.each([
  ['a step that the state does not allow', '', 409, 'The call cannot be put on hold: it is still ringing.'],
  ['a call that there is not', 's-unknown', 404, 'There is no call with this id that goes on.'],
])('%s is refused in words', async (_what, unknownId, status, message) => {
  const { answer } = await post('calls', { from: '400104', to: '400102' })
  const id = unknownId || answer.telephonySessionId
  expect(await post(`calls/${id}/hold`, { by: 'agent' })).toEqual({ status, answer: { message } })
})

test.each([
  ['calls', { from: '400102', to: '400102' }, 'The caller and the called agent should be two people.'],
  ['calls', { from: '+14085550123', to: '1' }, 'The called agent should be an extension id of Northwind Bikes.'],
  ['calls', { from: '+14085550123' }, 'to should be given.'],
  ['replays', {}, 'scenario should be given.'],
  ['replays', { scenario: 'busy', speed: 0 }, 'speed should be >=1.'],
  [
    'replays',
    { scenario: 'busy', as: '400109' },
    "Whoever plays Bea's part should be the extension id of somebody at Northwind Bikes.",
  ],
])('%s with %j is refused in words', async (path, body, message) => {
  expect(await post(path, body)).toEqual({ status: 400, answer: { message } })
})

test.each(['unknown', 'toString', ''])('a scenario that there is not is refused in words: "%s"', async (scenario) => {
  const message = `There is no scenario "${scenario}".`
  expect(await post('replays', { scenario })).toEqual({ status: 404, answer: { message } })
})

test('what goes wrong is turned on and off by name', async () => {
  const webhook = await startWebhookReceiver()
  const sdk = await logIn(platform)
  await sdk.post('/restapi/v1.0/subscription', {
    eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
  expect(await post('misbehaviours/busy-api', { isOn: true })).toEqual({ status: 200, answer: { isOn: true } })
  expect(await readState()).toMatchObject({ misbehaviours: ['busy-api'] })
  expect(await refusalOf(sdk.get('/restapi/v1.0/subscription'))).toMatchObject({ status: 503 })
  await post('misbehaviours/busy-api', { isOn: false })
  expect((await sdk.get('/restapi/v1.0/subscription')).status).toBe(200)
  expect(await post('mishaps/blacklist', {})).toEqual({ status: 200, answer: { isSubscribed: false } })
  expect(platform.subscriptions()).toMatchObject([{ status: 'Blacklisted' }])
  expect(await post('misbehaviours/sulk', { isOn: true })).toMatchObject({ status: 404 })
  await webhook.close()
})

test('the phone page’s own requests are not in the record of the API', async () => {
  await readState()
  await fetch(`${platform.url}/restapi/oauth/authorize`)
  expect(platform.requests()).toMatchObject([{ method: 'GET', path: '/restapi/oauth/authorize', status: 400 }])
})
