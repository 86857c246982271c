import { openLightClient } from '../fan-out/light-client.ts'
import { buildPost, openConnection } from '../http-connection.ts'
import { createEvents } from '../ingest/events.ts'
import { serveRequests } from '../serve-requests.ts'

/**
 * The load: posts one event after the other to one relay, and has a client at each of two. Called with a token and the addresses of
 * the relays.
 */

export interface WayRequest {
  /** Of the relay that takes the deliveries, and of the other one. */
  readonly takingUrl: string
  readonly otherUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly posts: number
}

/** From writing the post to a client's having its event, ms, for each event: a client of the relay that took it, and of the other. */
export interface WayAnswer {
  readonly takingMs: readonly number[]
  readonly otherMs: readonly number[]
}

const [, , token = '', ...urls] = process.argv
const hello = JSON.stringify({ type: 'hello', token, after: null, client: 'bench/1' })
/** By relay and uuid: when its client had it. */
const arrivals = new Map(urls.map((url) => [url, new Map<string, number>()]))
let onArrival: () => void = () => {}

for (const [url, arrivedMs] of arrivals) {
  await openLightClient(url, hello, (payload) => {
    const nowMs = performance.now()
    for (const [, uuid = ''] of payload.toString('latin1').matchAll(/"uuid":"([^"]+)"/g)) arrivedMs.set(uuid, nowMs)
    onArrival()
  })
}

serveRequests(async ({ takingUrl, otherUrl, headers, posts }: WayRequest): Promise<WayAnswer> => {
  const connection = await openConnection(takingUrl)
  const answer = { takingMs: [] as number[], otherMs: [] as number[] }
  for (const body of createEvents(posts)) {
    const uuid = /"uuid":"([^"]+)"/.exec(body)?.[1] ?? ''
    const arrived = everywhere(uuid)
    const sentMs = performance.now()
    const status = await connection.send(buildPost({ url: `${takingUrl}/webhook`, headers, body }))
    if (status !== 200) throw new Error(`every post should be answered 200, but one was answered ${status}`)
    await arrived
    answer.takingMs.push(arrivedMsAt(takingUrl, uuid) - sentMs)
    answer.otherMs.push(arrivedMsAt(otherUrl, uuid) - sentMs)
  }
  connection.close()
  return answer
})

/** Resolves when both clients have the event. */
function everywhere(uuid: string): Promise<void> {
  return new Promise((resolve) => {
    onArrival = () => {
      if ([...arrivals.values()].every((arrivedMs) => arrivedMs.has(uuid))) resolve()
    }
  })
}

function arrivedMsAt(url: string, uuid: string): number {
  return arrivals.get(url)?.get(uuid) ?? Number.NaN
}
