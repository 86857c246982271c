import { buildPost, openConnection } from '../http-connection.ts'
import { serveRequests } from '../serve-requests.ts'
import { percentile } from '../statistics.ts'
import { createEvents } from './events.ts'

/** The load: posts events over some connections, each sending its next when the last was answered. */

export interface LoadRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly posts: number
}

export interface LoadAnswer {
  readonly postsPerSecond: number
  /** From writing the request to the last byte of the answer. */
  readonly p50Ms: number
  readonly p99Ms: number
}

serveRequests(async ({ url, headers, connections, posts }: LoadRequest): Promise<LoadAnswer> => {
  const requests = createEvents(posts).map((body) => buildPost({ url, headers, body }))
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(url)))
  const latenciesMs: number[] = []
  const left = requests.values()
  const startMs = performance.now()
  await Promise.all(
    open.map(async (connection) => {
      for (const request of left) {
        const sentMs = performance.now()
        const status = await connection.send(request)
        latenciesMs.push(performance.now() - sentMs)
        if (status !== 200) throw new Error(`every post should be answered 200, but one was answered ${status}`)
      }
    }),
  )
  const durationMs = performance.now() - startMs
  for (const connection of open) connection.close()
  return {
    postsPerSecond: (posts / durationMs) * 1000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  }
})
