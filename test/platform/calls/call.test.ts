import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeNotification, type TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn } from '../test-client.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'

let platform: Platform
let webhook: WebhookReceiver

async function start(options: { tidy: boolean; seed?: number }): Promise<void> {
  platform = await startPlatform(options)
  const sdk = await logIn(platform)
  await sdk.post('/restapi/v1.0/subscription', {
    eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
}

beforeEach(async () => {
  webhook = await startWebhookReceiver()
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

/** What arrived, decoded, each event once and in order of sequence. */
function history(): TelephonyNotification[] {
  const bySequence = new Map<number, TelephonyNotification>()
  for (const { text } of webhook.deliveries) {
    const decoded = decodeNotification(JSON.parse(text))
    if (decoded.kind !== 'telephony') throw new Error(`not a telephony event: ${text}`)
    bySequence.set(decoded.notification.sequence, decoded.notification)
  }
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence)
}

/** Each event as `2 -1 Setup`: number, party, state. */
function story(): string[] {
  return history().map(({ sequence, parties }) => {
    const [party] = parties
    return `${sequence} ${party?.id.slice(-2)} ${party?.status.code}`
  })
}

test('an outside call: the events of the recorded one without its menu, numbered from 2 without a gap', async () => {
  await start({ tidy: false })
  const call = platform.placeCall({ from: '+14085550123', to: '400102' })
  call.answer()
  call.hold()
  call.unhold()
  call.hangUp('agent')
  await call.settled()
  expect(story()).toEqual([
    '2 -1 Setup',
    '3 -2 Setup',
    '4 -1 Answered',
    '5 -2 Proceeding',
    '6 -2 Answered',
    '7 -2 Hold',
    '8 -2 Answered',
    '9 -2 Disconnected',
    '10 -1 Disconnected',
  ])
  const events = history()
  expect(new Set(events.map(({ telephonySessionId }) => telephonySessionId))).toEqual(
    new Set([call.telephonySessionId]),
  )
  for (const [index, event] of events.entries()) {
    expect(event.eventTimeMs).toBeGreaterThanOrEqual(events[index - 1]?.eventTimeMs ?? 0)
    expect(event.timestampMs - event.eventTimeMs).toBeGreaterThanOrEqual(14)
    expect(event.timestampMs - event.eventTimeMs).toBeLessThanOrEqual(113)
    const [party] = event.parties
    expect(party?.extensionId).toBe(party?.direction === 'Inbound' ? '400102' : undefined)
    expect(party?.from.phoneNumber).toBe('+14085550123')
    expect(party?.to.phoneNumber).toBe('+14085550102')
  }
})

test('no delivery comes before its event', async () => {
  await start({ tidy: false })
  const call = platform.placeCall({ from: '+14085550123', to: '400102' })
  await call.settled()
  for (const { text, receivedAtMs } of webhook.deliveries) {
    expect(receivedAtMs).toBeGreaterThanOrEqual(Date.parse(JSON.parse(text).timestamp) - 2)
  }
})

test('an untidy platform learns the outside caller’s name a few events late', async () => {
  await start({ tidy: false })
  const call = platform.placeCall({ from: '+14085550123', to: '400102' })
  call.answer()
  await call.settled()
  const names = history().flatMap(({ parties: [party] }) => (party?.direction === 'Inbound' ? [party.from.name] : []))
  expect(names[0]).toBeUndefined()
  expect(names.at(-1)).toBe('Ada Winter')
})

test('a tidy platform knows it at once, and sends in order', async () => {
  await start({ tidy: true })
  const call = platform.placeCall({ from: '+12065550100', to: '400102', fromName: 'Rosa Feld' })
  await call.settled()
  expect(history().find(({ sequence }) => sequence === 3)?.parties[0]?.from.name).toBe('Rosa Feld')
  expect(webhook.deliveries.map(({ text }) => JSON.parse(text).body.sequence)).toEqual([2, 3, 4, 5])
})

test('a withheld number is nowhere', async () => {
  await start({ tidy: true })
  const call = platform.placeCall({ from: 'withheld', to: '400102' })
  await call.settled()
  for (const { parties } of history()) {
    expect(parties[0]?.from).toMatchObject({ phoneNumber: undefined, name: undefined })
  }
})

test('a colleague’s call has short numbers, an extension id on both sides, and a hold of the caller’s own', async () => {
  await start({ tidy: true })
  const call = platform.placeCall({ from: '400104', to: '400102' })
  call.answer()
  call.hold('caller')
  call.hold('agent')
  call.unhold('caller')
  expect(call.state()).toBe('on hold')
  call.unhold('agent')
  expect(call.state()).toBe('talking')
  call.hangUp('caller')
  await call.settled()
  expect(story().slice(4)).toEqual([
    '6 -2 Answered',
    '7 -1 Hold',
    '8 -2 Hold',
    '9 -1 Answered',
    '10 -2 Answered',
    '11 -1 Disconnected',
    '12 -2 Disconnected',
  ])
  const [first, second] = history().map(({ parties }) => parties[0])
  expect(first).toMatchObject({ extensionId: '400104', to: { phoneNumber: '102' } })
  expect(second).toMatchObject({ extensionId: '400102', from: { phoneNumber: '104', name: 'Sam Okafor' } })
})

describe('a call that nobody answers', () => {
  test('is missed when the caller gives up', async () => {
    await start({ tidy: true })
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    call.hangUp('caller')
    await call.settled()
    expect(story().slice(4)).toEqual(['6 -1 Disconnected', '7 -2 Disconnected'])
    expect(history().at(-1)?.parties[0]).toMatchObject({ missedCall: true, status: { reason: undefined } })
  })

  test('is rejected when the agent declines', async () => {
    await start({ tidy: true })
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    call.hangUp('agent')
    await call.settled()
    expect(story().slice(4)).toEqual(['6 -2 Disconnected', '7 -1 Disconnected'])
    expect(history()[4]?.parties[0]).toMatchObject({ missedCall: false, status: { reason: 'Rejected' } })
  })
})

describe('a step that the state does not allow is refused in words', () => {
  beforeEach(() => start({ tidy: true }))

  test.each([
    ['hold', 'The call cannot be put on hold: it is still ringing.'],
    ['unhold', 'The call cannot be resumed: it is still ringing.'],
  ] as const)('%s while ringing', (step, message) => {
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    expect(() => call[step]()).toThrow(message)
  })

  test('answering twice, holding twice, resuming what is not held', () => {
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    call.answer()
    expect(() => call.answer()).toThrow('The call cannot be answered: it is already answered.')
    expect(() => call.unhold()).toThrow('The call cannot be resumed: the agent has not put it on hold.')
    call.hold()
    expect(() => call.hold()).toThrow('The call cannot be put on hold: the agent did that already.')
    expect(() => call.hold('caller')).toThrow('The call cannot be put on hold: the platform would not know')
  })

  test('anything after the end', () => {
    const call = platform.placeCall({ from: '+14085550123', to: '400102' })
    call.hangUp('caller')
    expect(call.state()).toBe('ended')
    expect(() => call.answer()).toThrow('The call cannot be answered: it is over.')
    expect(() => call.hangUp('agent')).toThrow('The call cannot be hung up: it is over.')
  })

  test('a caller or an agent that there is not', () => {
    expect(() => platform.placeCall({ from: '555', to: '400102' })).toThrow('The caller should be a number in E.164')
    expect(() => platform.placeCall({ from: '+14085550123', to: '500102' })).toThrow('The called agent should be')
  })
})
