import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildEnvelope, buildParty } from '../../support/notification.ts'
import { telephonyEventPath } from '../calls/notification.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn } from '../test-client.ts'
import { answerWell, startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'

const ACCOUNT_FILTER = '/restapi/v1.0/account/~/telephony/sessions'
const BEA = telephonyEventPath('400100', '400102')
const SAM = telephonyEventPath('400100', '400104')
const OUTSIDE = telephonyEventPath('400100', undefined)

let platform: Platform
let webhook: WebhookReceiver
let sdk: Awaited<ReturnType<typeof logIn>>

beforeEach(async () => {
  platform = await startPlatform({ tidy: true })
  webhook = await startWebhookReceiver()
  sdk = await logIn(platform)
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

async function subscribe(eventFilters: readonly string[], address = webhook.address): Promise<string> {
  const deliveryMode = { transportType: 'WebHook', address, verificationToken: 'secret-1' }
  return (await (await sdk.post('/restapi/v1.0/subscription', { eventFilters, deliveryMode })).json()).id
}

function received(): Record<string, unknown>[] {
  return webhook.deliveries.map(({ text }) => JSON.parse(text))
}

test('a delivery carries the verification token, the platform’s headers, and the subscription it is for', async () => {
  const id = await subscribe([ACCOUNT_FILTER])
  const envelope = buildEnvelope({ event: BEA })
  expect(await platform.deliver(envelope)).toEqual([200])
  expect(webhook.deliveries[0]?.headers).toMatchObject({
    'verification-token': 'secret-1',
    'content-type': 'application/json; charset=UTF-8',
    'user-agent': expect.stringMatching(/^RingCentral-Webhook\//),
  })
  expect(webhook.deliveries[0]?.headers).not.toHaveProperty('validation-token')
  expect(received()).toEqual([{ ...envelope, subscriptionId: id, ownerId: '400109' }])
})

test('the account’s filter brings everybody’s events, an extension’s only its own', async () => {
  await subscribe([ACCOUNT_FILTER.replace('~', '~/extension/400102')])
  for (const event of [BEA, SAM, OUTSIDE]) await platform.deliver(buildEnvelope({ event }))
  expect(received().map(({ event }) => event)).toEqual([BEA])
  await subscribe([ACCOUNT_FILTER])
  webhook.deliveries.splice(0)
  for (const event of [SAM, OUTSIDE]) await platform.deliver(buildEnvelope({ event }))
  expect(received().map(({ event }) => event)).toEqual([SAM, OUTSIDE])
})

test.each([
  ['direction=Inbound', { direction: 'Inbound' }, { direction: 'Outbound' }],
  ['statusCode=Answered', { status: { code: 'Answered' } }, { status: { code: 'Hold' } }],
  ['missedCall=true', { missedCall: true }, { missedCall: false }],
  ['phoneNumber=%2B14085550123', { from: { phoneNumber: '+14085550123' } }, { from: { phoneNumber: '+14085550199' } }],
  ['withRecordings=true', { recordings: [{ id: '1', active: true }] }, { recordings: [] }],
  ['direction=Inbound&statusCode=Hold', { direction: 'Inbound', status: { code: 'Hold' } }, { direction: 'Inbound' }],
])('the filter’s condition %s narrows', async (query, fitting, other) => {
  await subscribe([`${ACCOUNT_FILTER}?${query}`])
  const send = (party: object) => platform.deliver(buildEnvelope({ event: BEA, parties: [buildParty({ ...party })] }))
  expect(await send(fitting)).toEqual([200])
  expect(await send(other)).toEqual([])
})

test('a reminder reaches those who asked for one', async () => {
  const event = '/restapi/v1.0/subscription/~?threshold=259200&interval=43200'
  await subscribe([ACCOUNT_FILTER])
  expect(await platform.deliver({ uuid: '1', event })).toEqual([])
  await subscribe([ACCOUNT_FILTER, event])
  expect(await platform.deliver({ uuid: '1', event })).toEqual([200])
})

test('anything can be forced on everybody, as it is', async () => {
  await subscribe([ACCOUNT_FILTER])
  for (const odd of ['text', 7, null, [1]]) {
    expect(await platform.deliver(odd)).toEqual([])
    expect(await platform.deliver(odd, { force: true })).toEqual([200])
  }
  expect(webhook.deliveries.map(({ text }) => text)).toEqual(['"text"', '7', 'null', '[1]'])
})

test('statuses are what each webhook answered, 0 for none', async () => {
  const busy = await startWebhookReceiver(({ headers, text }, response) => {
    response.setHeader('content-type', 'application/json')
    response.setHeader('validation-token', headers['validation-token'] ?? '')
    response.statusCode = text === '' ? 200 : 503
    response.end()
  })
  const leaving = await startWebhookReceiver()
  for (const { address } of [webhook, busy, leaving]) await subscribe([ACCOUNT_FILTER], address)
  await leaving.close()
  expect(await platform.deliver(buildEnvelope({ event: BEA }))).toEqual([200, 503, 0])
  await busy.close()
})

test('a deleted subscription gets nothing more, also of what was already on its way', async () => {
  const leaving = await startWebhookReceiver(async (received, response) => {
    if (received.text !== '') await sdk.delete(`/restapi/v1.0/subscription/${id}`)
    answerWell(received, response)
  })
  const id = await subscribe([ACCOUNT_FILTER], leaving.address)
  await platform.replay('user-to-user', { speed: Number.POSITIVE_INFINITY })
  expect(leaving.deliveries).toHaveLength(1)
  await leaving.close()
})
