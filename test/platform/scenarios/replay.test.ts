import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { decodeNotification, type TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { loadNotifications, RECORDED_NAMES, STREAM_NAMES } from '../../support/streams.ts'
import type { Notification } from '../calls/notification.ts'
import { createRandom } from '../calls/random.ts'
import { createTidyTiming, createUntidyTiming, LATENESS_MS } from '../calls/untidiness.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { logIn } from '../test-client.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { castAs } from './recast.ts'
import { planReplay } from './replay.ts'

let webhook: WebhookReceiver
beforeEach(async () => {
  webhook = await startWebhookReceiver()
})
afterEach(() => webhook.close())

async function subscribe(platform: Platform): Promise<void> {
  const sdk = await logIn(platform)
  await sdk.post('/restapi/v1.0/subscription', {
    eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
    deliveryMode: { transportType: 'WebHook', address: webhook.address },
  })
}

function decode(raw: unknown): TelephonyNotification {
  const decoded = decodeNotification(raw)
  if (decoded.kind !== 'telephony') throw new Error(`not a telephony event: ${JSON.stringify(decoded)}`)
  return decoded.notification
}

function delivered(): TelephonyNotification[] {
  return webhook.deliveries.map(({ text }) => decode(JSON.parse(text)))
}

function arrived(): Notification[] {
  return webhook.deliveries.map(({ text }): Notification => JSON.parse(text))
}

/** A stream without what is new in each replay: ids, times and uuids become their place in the stream. */
function selectContent(stream: readonly Notification[]): unknown {
  const places = new Map<string, string>()
  const place = (kind: string, id: string) => {
    if (!places.has(id)) places.set(id, `${kind} ${places.size}`)
    return places.get(id)
  }
  const firstMs = Date.parse(stream[0]?.body.eventTime ?? '')
  return stream.map(({ uuid, timestamp, subscriptionId, ...rest }) =>
    JSON.parse(JSON.stringify({ ...rest, timestamp }), (field, value) => {
      if (field === 'timestamp' || field === 'eventTime') return Date.parse(value) - firstMs
      if (field === 'telephonySessionId') return place('session', value)
      if (field === 'sessionId' && value !== '0') return place('legacy', value)
      if ((field === 'id' || field === 'partyId') && typeof value === 'string') return place('party', value)
      return value
    }),
  )
}

describe.each(STREAM_NAMES)('%s', (scenario) => {
  test('arrives whole, as new calls that begin now, with the content and the gaps of the stream', async () => {
    const platform = await startPlatform({ tidy: true })
    await subscribe(platform)
    const beforeMs = Date.now()
    const { telephonySessionIds } = await platform.replay(scenario, { speed: Number.POSITIVE_INFINITY })
    const stream = loadNotifications(scenario)
    const events = delivered()

    expect(selectContent(inOrder(arrived()))).toEqual(selectContent(inOrder(stream)))
    expect(new Set(events.map(({ telephonySessionId }) => telephonySessionId))).toEqual(new Set(telephonySessionIds))
    expect(events[0]?.eventTimeMs).toBeGreaterThanOrEqual(beforeMs)
    expect(events[0]?.eventTimeMs).toBeLessThanOrEqual(Date.now())
    const text = webhook.deliveries.map((delivery) => delivery.text).join()
    for (const { uuid, body } of stream) {
      expect(text).not.toContain(uuid)
      expect(text).not.toContain(body.telephonySessionId.slice(2))
      if (body.sessionId !== '0') expect(text).not.toContain(body.sessionId)
    }
    expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length)
    await platform.close()
  })

  test('is sent at the pace of the stream, divided by the speed, plus the lateness', () => {
    const stream = loadNotifications(scenario)
    const drawTiming = createUntidyTiming(createRandom(1))
    const { events } = planReplay(stream, { startMs: 0, speed: 10, drawTiming, recast: (text) => text })
    const firstMs = decode(stream[0]).eventTimeMs
    for (const [index, { happening, happensAfterMs, sentAfterMs }] of events.entries()) {
      const offsetMs = decode(stream[index]).eventTimeMs - firstMs
      expect(Date.parse(happening.body.eventTime)).toBe(offsetMs)
      expect(happensAfterMs).toBe(offsetMs / 10)
      for (const ms of sentAfterMs) {
        expect(ms - happensAfterMs).toBeGreaterThanOrEqual(LATENESS_MS.min - 1e-9)
        expect(ms - happensAfterMs).toBeLessThanOrEqual(LATENESS_MS.max + 1e-9)
      }
    }
  })

  test('can be played by another, who then has every part of Bea', () => {
    const stream = loadNotifications(scenario)
    const cast = planReplay(stream, { startMs: 0, speed: 1, drawTiming: createTidyTiming(), recast: castAs('400103') })
    const text = JSON.stringify(cast.events)
    const original = JSON.stringify(stream)
    expect(count(text, '400103')).toBe(count(original, '400102'))
    expect(count(text, '400102')).toBe(count(original, '400103'))
    expect(count(text, 'Noor Haddad')).toBe(count(original, 'Bea Lindqvist'))
    expect(count(text, '+14085550103')).toBe(count(original, '+14085550102'))
    expect(count(text, '"phoneNumber":"103"')).toBe(count(original, '"phoneNumber":"102"'))
    expect(count(text, '400803')).toBe(count(original, '400802'))
  })
})

/** Equal delivery times leave the order of two sessions open; their own counters do not. */
function inOrder(stream: readonly Notification[]): readonly Notification[] {
  const sessions = [...new Set(stream.toSorted(byStart).map(({ body }) => body.telephonySessionId))]
  return sessions.flatMap((id) =>
    stream.filter(({ body }) => body.telephonySessionId === id).toSorted((a, b) => a.body.sequence - b.body.sequence),
  )
}

function byStart(a: Notification, b: Notification): number {
  return Date.parse(a.body.eventTime) - Date.parse(b.body.eventTime) || a.body.sequence - b.body.sequence
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

test('two replays of a scenario have no session in common', async () => {
  const platform = await startPlatform()
  const ids = await Promise.all([1, 2].map(() => platform.replay('conference', { speed: Number.POSITIVE_INFINITY })))
  expect(new Set(ids.flatMap(({ telephonySessionIds }) => telephonySessionIds)).size).toBe(6)
  await platform.close()
})

test('the API tells the state of a scenario’s session while it lasts', async () => {
  const nowMs = Date.now()
  const platform = await startPlatform({ tidy: true, nowMs: () => nowMs, isPacedByClock: true })
  const sdk = await logIn(platform)
  const replay = platform.replay('park-location')
  // Parked after twenty seconds, for half a minute.
  await platform.passTime(30 * SECOND_MS)
  const [call] = (await (await fetch(`${platform.url}/phone/api/state`)).json()).calls
  expect(call).toMatchObject({ state: 'parked' })
  const { telephonySessionId } = call
  const session = await (await sdk.get(`/restapi/v1.0/account/~/telephony/sessions/${telephonySessionId}`)).json()
  expect(session).toMatchObject({
    id: telephonySessionId,
    parties: [
      { status: { code: 'Answered' } },
      { status: { code: 'Parked', reason: 'ParkLocation', parkData: '' }, owner: { extensionId: '400102' } },
    ],
  })
  await platform.passTime(2 * MINUTE_MS)
  await replay
  await platform.close()
})

describe('untidy', () => {
  async function orderOfArrival(seed: number): Promise<number[]> {
    const platform = await startPlatform({ seed })
    await subscribe(platform)
    webhook.deliveries.splice(0)
    for (const scenario of RECORDED_NAMES) await platform.replay(scenario, { speed: Number.POSITIVE_INFINITY })
    await platform.close()
    return delivered().map(({ sequence }) => sequence)
  }

  test('the same seed brings the events in the same order, another seed in another', async () => {
    const first = await orderOfArrival(3)
    expect(await orderOfArrival(3)).toEqual(first)
    expect(await orderOfArrival(4)).not.toEqual(first)
  })

  test('some overtake, some come twice with the same uuid, none is lost', async () => {
    const platform = await startPlatform({ seed: 5 })
    await subscribe(platform)
    let overtaken = 0
    let repeated = 0
    for (let call = 0; call < 20; call += 1) {
      webhook.deliveries.splice(0)
      await platform.replay('pstn-to-user', { speed: Number.POSITIVE_INFINITY })
      const events = delivered()
      const uuids = new Set(events.map(({ uuid }) => uuid))
      expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(11)
      expect(uuids.size).toBe(11)
      repeated += events.length - uuids.size
      overtaken += events.filter(({ sequence }, index) => sequence < (events[index - 1]?.sequence ?? 0)).length
    }
    expect(overtaken).toBeGreaterThan(20)
    expect(repeated).toBeGreaterThan(0)
    expect(repeated).toBeLessThan(20)
    await platform.close()
  })
})

test('a fast replay takes the recorded time divided by the speed', async () => {
  const platform = await startPlatform()
  await subscribe(platform)
  const timers = vi.spyOn(globalThis, 'setTimeout')
  await platform.replay('user-to-user', { speed: 50 })
  // Each event waits from the start on, the last the longest.
  expect(timers).toHaveBeenCalledWith(expect.any(Function), 20_731 / 50)
  timers.mockRestore()
  expect(delivered().length).toBeGreaterThanOrEqual(9)
  await platform.close()
})

test('closing the platform ends a replay that is under way', async () => {
  const platform = await startPlatform()
  await subscribe(platform)
  const replay = platform.replay('pstn-to-user')
  await platform.close()
  await replay
  expect(webhook.deliveries.length).toBeLessThan(11)
})

test('a speed that is not above 0 is refused', async () => {
  const platform = await startPlatform()
  await expect(platform.replay('pstn-to-user', { speed: 0 })).rejects.toThrow('The speed should be above 0, but is 0.')
  await platform.close()
})
