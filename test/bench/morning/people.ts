import { headOf, type LightClient, openLightClient } from '../fan-out/light-client.ts'
import { serveRequests } from '../serve-requests.ts'

export interface PeopleRequest {
  readonly url: string
  readonly tokens: readonly string[]
  /** Events that each of them should be sent. */
  readonly eventsEach: number
}

export interface PeopleAnswer {
  /** Until the last of them was up to date. */
  readonly durationMs: number
}

/** Everybody comes to work within this. */
const ARRIVAL_MS = 5000

/** Opens one client a person, from the log's beginning, and says when all were up to date. */
serveRequests(async ({ url, tokens, eventsEach }: PeopleRequest): Promise<PeopleAnswer> => {
  const startMs = performance.now()
  const clients = await Promise.all(
    tokens.map(async (token, index): Promise<LightClient> => {
      await new Promise((resolve) => setTimeout(resolve, (index / tokens.length) * ARRIVAL_MS))
      const { promise: upToDate, resolve } = Promise.withResolvers<void>()
      let events = 0
      const hello = JSON.stringify({ type: 'hello', token, after: null, client: 'bench/1' })
      const client = await openLightClient(url, hello, (payload) => {
        if (headOf(payload) === undefined) return
        events += countEvents(payload)
        if (events >= eventsEach) resolve()
      })
      await upToDate
      return client
    }),
  )
  const durationMs = performance.now() - startMs
  for (const client of clients) client.close()
  return { durationMs }
})

const EVENT_START = Buffer.from('{"position":')

function countEvents(payload: Buffer): number {
  let count = 0
  for (let at = payload.indexOf(EVENT_START); at !== -1; at = payload.indexOf(EVENT_START, at + 1)) count += 1
  return count
}
