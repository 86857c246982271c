import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import { type Platform, startPlatform } from './platform.ts'
import { createRandom } from './random.ts'
import { isStreamName, planReplay, readStream, STREAMS } from './replay.ts'
import { logIn } from './test-client.ts'
import { createUntidyTiming, LATENESS_MS } from './untidiness.ts'
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts'

const streamNames = Object.keys(STREAMS).filter(isStreamName)

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

describe.each(streamNames)('%s', (stream) => {
  test('arrives whole, as a new call that began now, with the recorded gaps', async () => {
    const platform = await startPlatform({ tidy: true })
    await subscribe(platform)
    const beforeMs = Date.now()
    const { telephonySessionId } = await platform.replay(stream, { speed: Number.POSITIVE_INFINITY })
    const recorded = (await readStream(stream)).map(decode)
    const events = delivered()

    expect(events.map(({ sequence }) => sequence)).toEqual(recorded.map(({ sequence }) => sequence))
    const startMs = events[0]?.eventTimeMs ?? 0
    expect(startMs).toBeGreaterThanOrEqual(beforeMs)
    expect(startMs).toBeLessThanOrEqual(Date.now())
    const shiftMs = startMs - (recorded[0]?.eventTimeMs ?? 0)
    for (const [index, event] of events.entries()) {
      const original = recorded[index]
      expect(event.telephonySessionId).toBe(telephonySessionId)
      expect(event.eventTimeMs - shiftMs).toBe(original?.eventTimeMs)
      expect(event.timestampMs - shiftMs).toBe(original?.timestampMs)
      expect(event.uuid).not.toBe(original?.uuid)
      expect(event.parties).toEqual(
        original?.parties.map((party) => ({
          ...party,
          id: party.id.replace(original.telephonySessionId.slice(2), telephonySessionId.slice(2)),
        })),
      )
    }
    expect(new Set(events.map(({ uuid }) => uuid)).size).toBe(events.length)
    await platform.close()
  })

  test('two replays are two calls', async () => {
    const platform = await startPlatform()
    const ids = [await platform.replay(stream, { speed: 1000 }), await platform.replay(stream, { speed: 1000 })]
    expect(new Set(ids.map(({ telephonySessionId }) => telephonySessionId)).size).toBe(2)
    await platform.close()
  })

  test('is sent at the recorded pace, divided by the speed, plus the lateness', async () => {
    const recording = await readStream(stream)
    const { events } = planReplay(recording, { startMs: 0, speed: 10, drawTiming: createUntidyTiming(createRandom(1)) })
    const firstMs = decode(recording[0]).eventTimeMs
    for (const [index, { happening, happensAfterMs, sentAfterMs }] of events.entries()) {
      const offsetMs = decode(recording[index]).eventTimeMs - firstMs
      expect(Date.parse(happening.body.eventTime)).toBe(offsetMs)
      expect(happensAfterMs).toBe(offsetMs / 10)
      for (const ms of sentAfterMs) {
        expect(ms - happensAfterMs).toBeGreaterThanOrEqual(LATENESS_MS.min - 1e-9)
        expect(ms - happensAfterMs).toBeLessThanOrEqual(LATENESS_MS.max + 1e-9)
      }
    }
  })
})

describe('untidy', () => {
  async function orderOfArrival(seed: number): Promise<number[]> {
    const platform = await startPlatform({ seed })
    await subscribe(platform)
    webhook.deliveries.splice(0)
    for (const stream of streamNames) await platform.replay(stream, { speed: Number.POSITIVE_INFINITY })
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
  const startedAtMs = performance.now()
  await platform.replay('user-to-user', { speed: 50 })
  const tookMs = performance.now() - startedAtMs
  expect(tookMs).toBeGreaterThan(20_731 / 50)
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
