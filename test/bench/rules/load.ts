import { setTimeout as delay } from 'node:timers/promises'
import { SECOND_MS } from '../../../shared/time.ts'
import { createDeliveryConnections } from '../delivery-connections.ts'
import { buildPost } from '../http-connection.ts'
import { serveRequests } from '../serve-requests.ts'
import { createEventSource, type Delivery } from './events.ts'
import { startFastRingCentral } from './ringcentral.ts'

/**
 * The load: delivers events at their times, as RingCentral does, and is RingCentral where it is asked to forward, so that both ends of
 * what is measured are told by one clock. Called with the address of the stand-in, and how many calls go on.
 */

export interface LoadRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The calls that go on are opened as fast as it goes; a round has its events at their times, the same whoever they are for. */
  readonly what: 'opening' | { readonly round: number; readonly ms: number }
}

export interface LoadAnswer {
  /** From writing the delivery of the event that calls for it to the request to forward the call, ms. */
  readonly forwardMs: readonly number[]
  /** How much later than due the last event was delivered. */
  readonly lateMs: number
}

export interface LoadReady {
  /** Where RingCentral is to be asked. */
  readonly url: string
}

const [elsewhere = '', liveCalls] = process.argv.slice(2)
const OPENING_CONNECTIONS = 32
const FORWARDS_TIMEOUT_MS = 10 * SECOND_MS

const ringCentral = await startFastRingCentral(elsewhere)
const source = createEventSource(Number(liveCalls))
let current: { readonly round: number; readonly deliveries: readonly Delivery[] } | undefined

serveRequests<LoadRequest, LoadAnswer>(
  async ({ what, ...target }) => {
    if (what === 'opening') return openCalls(source.opening, target)
    if (current?.round !== what.round) current = { round: what.round, deliveries: source.nextRound(what.ms) }
    return play(current.deliveries, target)
  },
  { url: ringCentral.url } satisfies LoadReady,
)

type Target = Pick<LoadRequest, 'url' | 'headers'>

async function openCalls(deliveries: readonly Delivery[], target: Target): Promise<LoadAnswer> {
  const left = deliveries.values()
  const connections = createDeliveryConnections(target.url)
  const beganMs = Date.now()
  await Promise.all(
    Array.from({ length: OPENING_CONNECTIONS }, async () => {
      for (const delivery of left) await connections.post(writePost(delivery, target, beganMs))
    }),
  )
  connections.close()
  return { forwardMs: [], lateMs: 0 }
}

async function play(deliveries: readonly Delivery[], target: Target): Promise<LoadAnswer> {
  const began = { atMs: Date.now(), elapsedMs: performance.now() }
  const connections = createDeliveryConnections(target.url)
  const posts: Promise<void>[] = []
  const sentMs = new Map<string, number>()
  ringCentral.forwards.clear()

  for (const delivery of deliveries) {
    const waitMs = began.elapsedMs + delivery.offsetMs - performance.now()
    if (waitMs > 0) await delay(waitMs)
    const request = writePost(delivery, target, began.atMs)
    if (delivery.forwarded !== undefined) sentMs.set(delivery.forwarded, performance.now())
    posts.push(connections.post(request))
  }
  const lateMs = performance.now() - began.elapsedMs - (deliveries.at(-1)?.offsetMs ?? 0)
  await Promise.all(posts)
  connections.close()
  return { forwardMs: await awaitForwards(sentMs), lateMs }
}

/** One request came for each, or nothing was measured. */
async function awaitForwards(sentMs: ReadonlyMap<string, number>): Promise<readonly number[]> {
  const { forwards } = ringCentral
  const deadlineMs = performance.now() + FORWARDS_TIMEOUT_MS
  while (forwards.size < sentMs.size && performance.now() < deadlineMs) await delay(SECOND_MS / 10)
  return [...sentMs].map(([session, atMs]) => {
    const [arrivedMs, again] = forwards.get(session) ?? []
    if (arrivedMs === undefined || again !== undefined) {
      const asked = [...forwards.values()].flat().length
      throw new Error(`${sentMs.size} calls should be forwarded once each, but RingCentral was asked ${asked} times`)
    }
    return arrivedMs - atMs
  })
}

function writePost(delivery: Delivery, { url, headers }: Target, beganMs: number): Buffer {
  const { forwarded } = delivery
  const forwardUrl = `${ringCentral.url}/restapi/v1.0/account/~/telephony/sessions/${forwarded}/parties/p-2/forward`
  // For the floor, which knows nothing of events; the relay takes no notice of it.
  const marked = forwarded === undefined ? headers : { ...headers, 'x-forward': forwardUrl }
  return buildPost({ url, headers: marked, body: delivery.write(beganMs) })
}
