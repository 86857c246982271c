import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn, refusalOf, signIn } from '../test-client.ts'
import { answerWell, type Received, startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'

const PATH = '/restapi/v1.0/subscription'
const ACCOUNT_FILTER = '/restapi/v1.0/account/~/telephony/sessions'
const REMINDER_FILTER = '/restapi/v1.0/subscription/~?threshold=259200&interval=43200'

let platform: Platform
let webhook: WebhookReceiver
let sdk: Awaited<ReturnType<typeof logIn>>
let nowMs: number

beforeEach(async () => {
  nowMs = Date.now()
  platform = await startPlatform({ nowMs: () => nowMs })
  webhook = await startWebhookReceiver()
  sdk = await logIn(platform)
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

function wish(overrides: Readonly<Record<string, unknown>> = {}, address = webhook.address) {
  return {
    eventFilters: [ACCOUNT_FILTER, REMINDER_FILTER],
    deliveryMode: { transportType: 'WebHook', address, verificationToken: 'secret-1' },
    ...overrides,
  }
}

describe('creating', () => {
  test('shakes hands first, with an empty body, and answers with real ids', async () => {
    const response = await sdk.post(PATH, wish({ expiresIn: 3600 }))
    const answer = await response.json()
    expect(answer).toEqual({
      uri: `${platform.url}${PATH}/${answer.id}`,
      id: expect.any(String),
      creationTime: new Date(nowMs).toISOString(),
      status: 'Active',
      eventFilters: ['/restapi/v1.0/account/400100/telephony/sessions', REMINDER_FILTER],
      expirationTime: new Date(nowMs + 3_600_000).toISOString(),
      expiresIn: 3600,
      deliveryMode: { transportType: 'WebHook', encryption: false, address: webhook.address },
    })
    expect(webhook.handshakes).toHaveLength(1)
    expect(webhook.handshakes[0]?.headers['validation-token']).toBeTruthy()
    expect(webhook.handshakes[0]?.headers['user-agent']).toMatch(/^RingCentral-Webhook\//)
    expect(platform.subscriptions()).toMatchObject([
      { id: answer.id, verificationToken: 'secret-1', ownerId: '400109', status: 'Active' },
    ])
  })

  test('gives seven days when no life is asked for', async () => {
    expect(await (await sdk.post(PATH, wish())).json()).toMatchObject({ expiresIn: 604_800 })
  })

  test('an agent may subscribe their own extension', async () => {
    const agent = await signIn(platform, '400102')
    const filter = '/restapi/v1.0/account/~/extension/~/telephony/sessions?direction=Inbound'
    const answer = await (await agent.post(PATH, wish({ eventFilters: [filter] }))).json()
    expect(answer.eventFilters).toEqual([
      '/restapi/v1.0/account/400100/extension/400102/telephony/sessions?direction=Inbound',
    ])
  })

  test('stops at thirty', async () => {
    await Promise.all(Array.from({ length: 30 }, () => sdk.post(PATH, wish())))
    expect(await refusalOf(sdk.post(PATH, wish()))).toEqual({ status: 403, errorCode: 'SUB-505' })
    expect(platform.subscriptions()).toHaveLength(30)
  })
})

describe('a request is refused', () => {
  const deliveryMode = (fields: Readonly<Record<string, unknown>>) => ({
    deliveryMode: { transportType: 'WebHook', address: 'http://127.0.0.1:1/', ...fields },
  })
  test.each([
    ['without filters', { eventFilters: [] }, 400, 'CMN-101'],
    ['with a filter that is not one', { eventFilters: ['/restapi/v1.0/account/~/sms'] }, 400, 'SUB-508'],
    ['with an unknown parameter', { eventFilters: [`${ACCOUNT_FILTER}?colour=blue`] }, 400, 'SUB-508'],
    ['with a reminder that has no number', { eventFilters: [`${PATH}/~?threshold=soon`] }, 400, 'SUB-508'],
    ['with the reminder alone', { eventFilters: [REMINDER_FILTER] }, 400, 'SUB-515'],
    ['for another account', { eventFilters: [ACCOUNT_FILTER.replace('~', '500100')] }, 403, 'SUB-406'],
    ['for nobody’s extension', { eventFilters: [ACCOUNT_FILTER.replace('~', '~/extension/1')] }, 403, 'SUB-408'],
    ['without a delivery mode', { deliveryMode: undefined }, 400, 'CMN-101'],
    ['for another transport', deliveryMode({ transportType: 'WebSocket' }), 400, 'CMN-101'],
    ['with an address that is none', deliveryMode({ address: 'webhook' }), 400, 'CMN-101'],
    ['with an address elsewhere', deliveryMode({ address: 'https://relay.example/webhook' }), 400, 'CMN-101'],
    ['with no life', { expiresIn: 0 }, 400, 'CMN-101'],
    ['with more than ten years', { expiresIn: 315_360_001 }, 400, 'CMN-101'],
  ])('%s', async (_what, overrides, status, errorCode) => {
    expect(await refusalOf(sdk.post(PATH, wish(overrides)))).toEqual({ status, errorCode })
    expect(webhook.handshakes).toHaveLength(0)
  })

  test('when an agent asks for the account, or for a colleague', async () => {
    const agent = await signIn(platform, '400102')
    for (const filter of [ACCOUNT_FILTER, ACCOUNT_FILTER.replace('~', '~/extension/400104')]) {
      expect(await refusalOf(agent.post(PATH, wish({ eventFilters: [filter] })))).toEqual({
        status: 403,
        errorCode: 'CMN-408',
      })
    }
  })

  test('when it is not JSON, with the parameter named when a value is wrong', async () => {
    const headers = { authorization: await sdk.authHeader() }
    const post = (body: string) => fetch(`${platform.url}${PATH}`, { method: 'POST', headers, body })
    expect(await (await post('{')).json()).toMatchObject({ errorCode: 'CMN-103' })
    expect(await (await post(JSON.stringify(wish({ expiresIn: 'long' })))).json()).toMatchObject({
      errors: [{ errorCode: 'CMN-101', parameterName: 'expiresIn' }],
    })
  })
})

describe('the handshake fails', () => {
  type Answer = (received: Received, response: ServerResponse) => void
  const cases: [what: string, errorCode: string, answer: Answer][] = [
    ['when the connection breaks', 'SUB-521', (_received, response) => response.destroy()],
    ['with another status', 'SUB-522', (_received, response) => response.writeHead(404).end()],
    ['with a redirect', 'SUB-522', (_received, response) => response.writeHead(302, { location: '/' }).end()],
    [
      'without the header',
      'SUB-525',
      (_received, response) => response.setHeader('content-type', 'application/json').end(),
    ],
    [
      'with another token',
      'SUB-525',
      (received, response) => {
        response.setHeader('content-type', 'application/json')
        response.setHeader('validation-token', `${received.headers['validation-token']}x`).end()
      },
    ],
    [
      'with another content type',
      'SUB-525',
      (received, response) => {
        response.setHeader('content-type', 'text/plain')
        response.setHeader('validation-token', String(received.headers['validation-token'])).end()
      },
    ],
    [
      'with too many headers',
      'SUB-525',
      (received, response) => {
        response.setHeader('content-security-policy', 'x'.repeat(1024))
        answerWell(received, response)
      },
    ],
  ]
  test.each(cases)('%s', async (_what, errorCode, answer) => {
    const other = await startWebhookReceiver(answer)
    expect(await refusalOf(sdk.post(PATH, wish({}, other.address)))).toEqual({ status: 400, errorCode })
    expect(platform.subscriptions()).toEqual([])
    await other.close()
  })

  test('when nobody listens', async () => {
    await webhook.close()
    expect(await refusalOf(sdk.post(PATH, wish()))).toEqual({ status: 400, errorCode: 'SUB-521' })
    webhook = await startWebhookReceiver()
  })

  test('when there is no answer within three seconds', async () => {
    const silent = await startWebhookReceiver(() => {})
    // The three seconds are over at once; every other timer runs as it is.
    const realSetTimeout = setTimeout
    const hurry = (task: () => void, ms?: number) => realSetTimeout(task, ms === 3000 ? 0 : ms)
    const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurry as typeof setTimeout)
    expect(await refusalOf(sdk.post(PATH, wish({}, silent.address)))).toEqual({ status: 400, errorCode: 'SUB-521' })
    timers.mockRestore()
    await silent.close()
  })
})

describe('an existing subscription', () => {
  let id: string
  beforeEach(async () => {
    id = (await (await sdk.post(PATH, wish({ expiresIn: 600 }))).json()).id
  })

  test('is listed and read by its owner', async () => {
    expect(await (await sdk.get(PATH)).json()).toMatchObject({ records: [{ id, expiresIn: 600 }] })
    expect(await (await sdk.get(`${PATH}/${id}`)).json()).toMatchObject({ id, status: 'Active' })
  })

  test('is invisible to another person', async () => {
    const agent = await signIn(platform, '400102')
    expect(await (await agent.get(PATH)).json()).toMatchObject({ records: [] })
    for (const request of [
      agent.get(`${PATH}/${id}`),
      agent.delete(`${PATH}/${id}`),
      agent.post(`${PATH}/${id}/renew`),
    ]) {
      expect(await refusalOf(request)).toEqual({ status: 404, errorCode: 'CMN-102' })
    }
    expect(platform.subscriptions()).toHaveLength(1)
  })

  test('is invisible to the same person in another app', async () => {
    const filter = '/restapi/v1.0/account/~/extension/~/telephony/sessions'
    await (await signIn(platform, '400102')).post(PATH, wish({ eventFilters: [filter] }))
    const count = async (agent: typeof sdk) => (await (await agent.get(PATH)).json()).records.length
    expect(await count(await signIn(platform, '400102'))).toBe(1)
    expect(await count(await signIn(platform, '400102', platform.signInApp))).toBe(0)
  })

  test('is renewed with its last life', async () => {
    nowMs += 500_000
    expect(await (await sdk.post(`${PATH}/${id}/renew`)).json()).toMatchObject({
      expiresIn: 600,
      expirationTime: new Date(nowMs + 600_000).toISOString(),
    })
  })

  test('gets other filters, or the default life for an empty body', async () => {
    const filter = '/restapi/v1.0/account/400100/extension/400102/telephony/sessions'
    const changed = await sdk.put(`${PATH}/${id}`, { eventFilters: [filter], expiresIn: 900 })
    expect(await changed.json()).toMatchObject({ eventFilters: [filter], expiresIn: 900 })
    expect(await (await sdk.put(`${PATH}/${id}`)).json()).toMatchObject({ eventFilters: [filter], expiresIn: 604_800 })
    expect(webhook.handshakes).toHaveLength(1)
  })

  test('keeps its filters when the new ones are refused', async () => {
    expect(await refusalOf(sdk.put(`${PATH}/${id}`, { eventFilters: [REMINDER_FILTER] }))).toEqual({
      status: 400,
      errorCode: 'SUB-515',
    })
    expect(platform.subscriptions()[0]?.eventFilters).toHaveLength(2)
  })

  test('is deleted', async () => {
    expect((await sdk.delete(`${PATH}/${id}`)).status).toBe(204)
    expect(await refusalOf(sdk.get(`${PATH}/${id}`))).toEqual({ status: 404, errorCode: 'CMN-102' })
    expect(platform.subscriptions()).toEqual([])
  })

  test('ends with its life', async () => {
    nowMs += 600_000
    expect(platform.subscriptions()).toEqual([])
    expect(await (await sdk.get(PATH)).json()).toMatchObject({ records: [] })
    expect(await refusalOf(sdk.post(`${PATH}/${id}/renew`))).toEqual({ status: 404, errorCode: 'SUB-507' })
  })
})
