import { setTimeout as delay } from 'node:timers/promises'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createDeliveryConnections } from '../delivery-connections.ts'
import { type LightClient, openLightClient } from '../fan-out/light-client.ts'
import { buildPost } from '../http-connection.ts'
import { inTime } from '../in-time.ts'
import { MAX_ROUNDS } from '../rounds.ts'
import { serveRequests } from '../serve-requests.ts'
import { percentile } from '../statistics.ts'
import { inventOffice } from './office.ts'
import { createReception } from './reception.ts'
import { type DayEvent, playStretches, writeEvent } from './stretches.ts'

/** The load of one server: everybody's clients, and the events of the day, delivered at their times. */

export interface DayRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** First everybody comes; supervisors look at their boards. Then the day is played, one stretch after the other. */
  readonly what: { readonly arriving: readonly Arrival[] } | { readonly stretch: number }
}

export interface Arrival {
  readonly token: string
  /** Whose calls they see; `undefined`: everybody's. */
  readonly extensionId: string | undefined
}

export interface DayAnswer {
  readonly events: number
  /** From writing a post to a client's having its event, over all clients that are to have it. */
  readonly p99Ms: number
  /** How much later than due the last event was delivered. */
  readonly lateMs: number
}

const OPENED_AT_A_TIME = 50
const MAX_WAIT_MS = 10 * SECOND_MS
/** One more warms up. */
const stretches = playStretches(inventOffice(), MAX_ROUNDS + 1)
const reception = createReception()

serveRequests<DayRequest, DayAnswer>(async ({ url, headers, what }) => {
  if ('stretch' in what) return play(stretches[what.stretch] ?? [], url, headers)
  for (let first = 0; first < what.arriving.length; first += OPENED_AT_A_TIME) {
    const some = what.arriving.slice(first, first + OPENED_AT_A_TIME)
    await Promise.all(some.map((arrival) => arrive(url, arrival)))
  }
  return { events: 0, p99Ms: 0, lateMs: 0 }
})

async function arrive(url: string, { token, extensionId }: Arrival): Promise<void> {
  const readEvents = reception.join(extensionId)
  const hello = JSON.stringify({ type: 'hello', token, after: null, client: 'bench/1' })
  let client: LightClient | undefined
  client = await openLightClient(url, hello, (payload) => {
    const text = payload.toString('latin1')
    // The first one comes before it counts as open, when nobody doubts yet that it is alive.
    if (text.startsWith('{"type":"ping"')) client?.send('{"type":"pong"}')
    else readEvents(text)
  })
  if (extensionId !== undefined) return
  const board = await fetch(`${url}${ROUTES.board}`, { headers: { authorization: `Bearer ${token}` } })
  if (!board.ok) throw new Error(`a board should be answered, but was with ${board.status}: ${await board.text()}`)
  await board.arrayBuffer()
}

async function play(
  events: readonly DayEvent[],
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<DayAnswer> {
  const began = { atMs: Date.now(), elapsedMs: performance.now() }
  const received = reception.expect(events)
  const connections = createDeliveryConnections(url)
  // Events of one call one after the other: the floor, which looks back at nothing, tells each to whoever was in the call before.
  const posts = new Map<string, Promise<void>>()
  const post = async (event: DayEvent, before: Promise<void> | undefined): Promise<void> => {
    const request = buildPost({ url: `${url}${ROUTES.webhook}`, headers, body: writeEvent(event, began.atMs) })
    await before
    reception.noteSent(event)
    await connections.post(request)
  }
  for (const event of events) {
    const waitMs = began.elapsedMs + event.dueMs - performance.now()
    if (waitMs > 0) await delay(waitMs)
    const { telephonySessionId } = event.happening.body
    posts.set(telephonySessionId, post(event, posts.get(telephonySessionId)))
  }
  const lateMs = performance.now() - began.elapsedMs - (events.at(-1)?.dueMs ?? 0)
  await Promise.all(posts.values())
  const latenciesMs = await inTime(received, MAX_WAIT_MS, 'Not everybody was handed what is theirs.')
  connections.close()
  return { events: events.length, p99Ms: percentile(latenciesMs, 0.99), lateMs }
}
