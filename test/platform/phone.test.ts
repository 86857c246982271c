import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Platform, startPlatform } from './platform.ts'
import { logIn } from './test-client.ts'
import { startWebhookReceiver } from './webhook-receiver.ts'

let platform: Platform
beforeEach(async () => {
  platform = await startPlatform({ tidy: true })
})
afterEach(() => platform.close())

async function post(path: string, body: unknown): Promise<{ status: number; answer: Record<string, string> }> {
  const response = await fetch(`${platform.url}/phone/api/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, answer: await response.json() }
}

async function readState() {
  return (await fetch(`${platform.url}/phone/api/state`)).json()
}

test('the page offers the recorded calls, the callers and the agents', async () => {
  const html = await (await fetch(`${platform.url}/phone`)).text()
  for (const text of [
    'As recorded',
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

test('the page’s style and script are served', async () => {
  const types = await Promise.all(
    ['pages.css', 'phone.js'].map(async (name) => {
      const response = await fetch(`${platform.url}/assets/${name}`)
      return `${response.status} ${response.headers.get('content-type')}`
    }),
  )
  expect(types).toEqual(['200 text/css; charset=utf-8', '200 text/javascript; charset=utf-8'])
})

test('it says whether a webhook is subscribed', async () => {
  expect(await readState()).toEqual({ isSubscribed: false, calls: [] })
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
  await vi.waitFor(async () =>
    expect(await listed()).toEqual({
      telephonySessionId: answer.telephonySessionId,
      title: 'Ada Winter → Bea Lindqvist',
      state: 'ringing',
      lastEvent: 'event 5, Proceeding (Bea Lindqvist)',
      steps: ['answer', 'hang-up'],
    }),
  )
  expect(await post(`${steps}/answer`, { by: 'agent' })).toEqual({ status: 200, answer: { state: 'talking' } })
  expect(await listed()).toMatchObject({ state: 'talking', steps: ['hold', 'hang-up'] })
  await post(`${steps}/hold`, { by: 'agent' })
  expect(await listed()).toMatchObject({ state: 'on hold', steps: ['unhold', 'hang-up'] })
  await post(`${steps}/unhold`, { by: 'agent' })
  await post(`${steps}/hang-up`, { by: 'caller' })
  await vi.waitFor(async () =>
    expect(await listed()).toMatchObject({
      state: 'ended',
      steps: [],
      lastEvent: 'event 10, Disconnected (Bea Lindqvist)',
    }),
  )
})

test('a replayed call is listed with its state, and goes its own way', async () => {
  const { status, answer } = await post('replays', { stream: 'pstn-to-user', speed: 100 })
  expect(status).toBe(202)
  await vi.waitFor(async () =>
    expect((await readState()).calls).toMatchObject([
      { telephonySessionId: answer.telephonySessionId, title: 'Ada Winter → Bea Lindqvist', state: 'ended', steps: [] },
    ]),
  )
})

test.each([
  ['a step that the state does not allow', '', 409, 'The call cannot be put on hold: it is still ringing.'],
  ['a call that there is not', 's-unknown', 404, 'There is no call by hand with this id.'],
])('%s is refused in words', async (_what, unknownId, status, message) => {
  const { answer } = await post('calls', { from: '400104', to: '400102' })
  const id = unknownId || answer.telephonySessionId
  expect(await post(`calls/${id}/hold`, { by: 'agent' })).toEqual({ status, answer: { message } })
})

test.each([
  ['calls', { from: '400102', to: '400102' }, 'The caller and the called agent should be two people.'],
  ['calls', { from: '+14085550123', to: '1' }, 'The called agent should be an extension id of Northwind Bikes.'],
  ['calls', { from: '+14085550123' }, 'to should be given.'],
  ['replays', { stream: 'unknown', speed: 1 }, 'stream should be ("pstn-to-user" | "user-to-pstn" | "user-to-user").'],
])('%s with %j is refused in words', async (path, body, message) => {
  expect(await post(path, body)).toEqual({ status: 400, answer: { message } })
})

test('the phone page’s own requests are not in the record of the API', async () => {
  await readState()
  await fetch(`${platform.url}/restapi/oauth/authorize`)
  expect(platform.requests()).toEqual([{ method: 'GET', path: '/restapi/oauth/authorize', status: 400 }])
})
