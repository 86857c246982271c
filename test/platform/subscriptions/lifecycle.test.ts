import { STATUS_CODES } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { buildEnvelope } from '../../support/notification.ts'
import { telephonyEventPath } from '../calls/notification.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn, refusalOf } from '../test-client.ts'
import { answerWell, startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'

const PATH = '/restapi/v1.0/subscription'
const ACCOUNT_FILTER = '/restapi/v1.0/account/~/telephony/sessions'
const EVENT = buildEnvelope({ event: telephonyEventPath('400100', '400102') })

let platform: Platform
let webhook: WebhookReceiver
let sdk: Awaited<ReturnType<typeof logIn>>
/** What the webhook answers to deliveries; `undefined`: nothing at all. */
let deliveryStatus: number | undefined

beforeEach(async () => {
  deliveryStatus = 200
  platform = await startPlatform({ maxSubscriptions: 2 })
  webhook = await startWebhookReceiver((received, response) => {
    if (received.text !== '' && deliveryStatus === undefined) return response.destroy()
    if (received.text !== '' && deliveryStatus !== undefined) response.statusCode = deliveryStatus
    return answerWell(received, response)
  })
  sdk = await logIn(platform)
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

async function subscribe(fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const deliveryMode = { transportType: 'WebHook', address: webhook.address, verificationToken: 'secret-1' }
  return (await (await sdk.post(PATH, { eventFilters: [ACCOUNT_FILTER], deliveryMode, ...fields })).json()).id
}

async function read(id: string) {
  return (await sdk.get(`${PATH}/${id}`)).json()
}

describe('reminders', () => {
  const remind = (threshold: number, interval: number) => [
    ACCOUNT_FILTER,
    `${PATH}/~?threshold=${threshold}&interval=${interval}`,
  ]
  const received = () => webhook.deliveries.map(({ text }) => JSON.parse(text))
  /** Seconds to the nearest ten: what the machine itself takes is on the clock as well. */
  const roughly = (seconds: number) => Math.round(seconds / 10) * 10

  test('come from the threshold on, at each interval, until the end', async () => {
    const startMs = platform.nowMs()
    const id = await subscribe({ eventFilters: remind(300, 100), expiresIn: 900 })
    await platform.passTime(590 * SECOND_MS)
    expect(received()).toEqual([])
    await platform.passTime(DAY_MS)
    expect(received().map(({ timestamp }) => roughly((Date.parse(timestamp) - startMs) / SECOND_MS))).toEqual([
      600, 700, 800,
    ])
    expect(received()[0]).toMatchObject({
      event: `${PATH}/${id}?threshold=300&interval=100`,
      subscriptionId: id,
      ownerId: '400109',
      body: { id, status: 'Active', uri: `${platform.url}${PATH}/${id}` },
    })
    expect(roughly(received()[0].body.expiresIn)).toBe(300)
    expect(webhook.deliveries[0]?.headers['verification-token']).toBe('secret-1')
  })

  test('are at most half a life ahead, and half of that apart', async () => {
    await subscribe({ eventFilters: remind(86_400, 86_400), expiresIn: 400 })
    await platform.passTime(DAY_MS)
    expect(received().map(({ body }) => roughly(body.expiresIn))).toEqual([200, 100])
  })

  test('begin anew with a renewal, and end with the subscription', async () => {
    const id = await subscribe({ eventFilters: remind(100, 50), expiresIn: 400 })
    await platform.passTime(300 * SECOND_MS)
    expect(received()).toHaveLength(1)
    await sdk.post(`${PATH}/${id}/renew`)
    await platform.passTime(290 * SECOND_MS)
    expect(received()).toHaveLength(1)
    await sdk.delete(`${PATH}/${id}`)
    await platform.passTime(DAY_MS)
    expect(received()).toHaveLength(1)
  })
})

describe('a webhook that fails', () => {
  const deliver = () => platform.deliver(EVENT)

  test('is blacklisted after ten minutes, and gets nothing more', async () => {
    const id = await subscribe()
    deliveryStatus = 404
    await deliver()
    await platform.passTime(10 * MINUTE_MS - 1_000)
    await deliver()
    expect(await read(id)).toMatchObject({ status: 'Active' })
    await platform.passTime(1_000)
    await deliver()
    expect(await read(id)).toMatchObject({
      status: 'Blacklisted',
      blacklistedData: {
        blacklistedAt: expect.any(String),
        reason: `Webhook responses with code: [404], reason: [${STATUS_CODES[404]}]`,
      },
    })
    deliveryStatus = 200
    expect(await deliver()).toEqual([])
    expect(webhook.deliveries).toHaveLength(3)
  })

  test('is blacklisted for not answering, too', async () => {
    const id = await subscribe()
    deliveryStatus = undefined
    await deliver()
    await platform.passTime(10 * MINUTE_MS)
    await deliver()
    expect((await read(id)).blacklistedData.reason).toBe('I/O operation is failed. Details: [ECONNRESET]')
  })

  test('is forgiven when one delivery goes well in between', async () => {
    const id = await subscribe()
    for (const status of [500, 200, 500]) {
      deliveryStatus = status
      await deliver()
      await platform.passTime(6 * MINUTE_MS)
    }
    expect(await read(id)).toMatchObject({ status: 'Active' })
  })

  test('stays blacklisted when it is renewed or changed', async () => {
    const id = await subscribe()
    platform.misbehave.blacklistSubscription(id)
    await sdk.post(`${PATH}/${id}/renew`)
    expect(await (await sdk.put(`${PATH}/${id}`)).json()).toMatchObject({ status: 'Blacklisted' })
    expect(await deliver()).toEqual([])
  })
})

test('how long it may fail is an option', async () => {
  const strict = await startPlatform({ blacklistAfterMs: 0 })
  const strictSdk = await logIn(strict)
  await strictSdk.post(PATH, {
    eventFilters: [ACCOUNT_FILTER],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
  deliveryStatus = 500
  await strict.deliver(EVENT)
  expect(strict.subscriptions()).toMatchObject([{ status: 'Blacklisted' }])
  await strict.close()
})

describe('from outside', () => {
  test('it is suspended', async () => {
    const id = await subscribe()
    platform.misbehave.suspendSubscription(id)
    expect(await read(id)).toMatchObject({ status: 'Suspended' })
    expect(await platform.deliver(EVENT)).toEqual([])
  })

  test('it is deleted', async () => {
    const id = await subscribe()
    platform.misbehave.deleteSubscription(id)
    expect(await refusalOf(sdk.get(`${PATH}/${id}`))).toEqual({ status: 404, errorCode: 'CMN-102' })
  })

  test('it expires before its time', async () => {
    const id = await subscribe()
    platform.misbehave.expireSubscription()
    expect(await refusalOf(sdk.post(`${PATH}/${id}/renew`))).toEqual({ status: 404, errorCode: 'SUB-507' })
  })

  test('one that there is not is a mistake of the test', () => {
    expect(() => platform.misbehave.blacklistSubscription('x')).toThrow('There is no subscription with the id x.')
  })
})

test('the limit counts what is blacklisted, and not what has expired', async () => {
  const first = await subscribe()
  await subscribe()
  platform.misbehave.blacklistSubscription(first)
  expect(await refusalOf(subscribe() as unknown as Promise<Response>)).toEqual({ status: 403, errorCode: 'SUB-505' })
  platform.misbehave.expireSubscription(first)
  expect(await subscribe()).toEqual(expect.any(String))
})

describe('a missing permission', () => {
  const disabledFilters = [
    {
      filter: '/restapi/v1.0/account/400100/telephony/sessions',
      reason: 'CMN-408',
      message: expect.stringContaining('[CallControl]'),
    },
  ]

  test('disables the filters of a new subscription', async () => {
    platform.misbehave.takePermission('CallControl')
    const reminder = `${PATH}/~?threshold=60&interval=15`
    const id = await subscribe({ eventFilters: [ACCOUNT_FILTER, reminder] })
    expect(await read(id)).toMatchObject({ status: 'Active', eventFilters: [reminder], disabledFilters })
    expect(await platform.deliver(EVENT)).toEqual([])
  })

  test('disables them later, and enables them again', async () => {
    const id = await subscribe()
    const giveBack = platform.misbehave.takePermission('CallControl', '400109')
    expect(await read(id)).toMatchObject({ eventFilters: [], disabledFilters })
    giveBack()
    expect(await read(id)).not.toHaveProperty('disabledFilters')
    expect(await platform.deliver(EVENT)).toEqual([200])
  })

  test('for webhooks refuses to create one', async () => {
    platform.misbehave.takeScope('SubscriptionWebhook')
    expect(await refusalOf(subscribe() as unknown as Promise<Response>)).toEqual({ status: 403, errorCode: 'CMN-401' })
  })
})
