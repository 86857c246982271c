import { openLightClient } from '../fan-out/light-client.ts'
import { serveRequests } from '../serve-requests.ts'

export interface ReadRequest {
  readonly url: string
  readonly token: string
  /** What the floor reads. */
  readonly file: string
  readonly events: number
}

export interface ReadAnswer {
  readonly durationMs: number
}

interface EventsMessage {
  readonly type: string
  readonly events: readonly { readonly position: number }[]
}

/** A client that reads everything from the beginning and parses it; a gap or another order is an error. */
serveRequests(async ({ url, token, events }: ReadRequest): Promise<ReadAnswer> => {
  let position = 0
  const hello = JSON.stringify({ type: 'hello', token, after: null, client: 'bench/1' })
  const startMs = performance.now()
  const client = await openLightClient(url, hello, (payload) => {
    const message = JSON.parse(payload.toString()) as EventsMessage
    if (message.type !== 'events') return
    for (const event of message.events) {
      if (event.position !== position + 1) throw new Error(`${event.position} follows ${position}`)
      position = event.position
    }
  })
  const durationMs = performance.now() - startMs
  client.close()
  // What the relay found out by itself after its start may follow.
  if (position < events) throw new Error(`${events} events should come, but ${position} came`)
  return { durationMs }
})
