import { setTimeout as delay } from 'node:timers/promises'
import { SECOND_MS } from '../../../shared/time.ts'
import { buildPost, openConnection } from '../http-connection.ts'
import { createEvents } from '../ingest/events.ts'
import { serveRequests } from '../serve-requests.ts'

/** The load: posts events at a rate for so long. */

export interface PacedRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly postsPerSecond: number
  readonly durationMs: number
}

export interface PacedAnswer {
  readonly posts: number
  /** How much longer than asked it took until the last was answered. */
  readonly lateMs: number
}

/** More than a relay that keeps up has under way. */
const CONNECTIONS = 64

serveRequests<PacedRequest, PacedAnswer>(async ({ url, headers, postsPerSecond, durationMs }) => {
  const posts = Math.round((postsPerSecond * durationMs) / SECOND_MS)
  const requests = createEvents(posts).map((body) => buildPost({ url, headers, body }))
  const open = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)))
  const due = requests.entries()
  const beganMs = performance.now()
  await Promise.all(
    open.map(async (connection) => {
      for (const [index, request] of due) {
        const waitMs = beganMs + (index / postsPerSecond) * SECOND_MS - performance.now()
        if (waitMs > 1) await delay(waitMs)
        const status = await connection.send(request)
        if (status !== 200) throw new Error(`every post should be answered 200, but one was answered ${status}`)
      }
    }),
  )
  const lateMs = performance.now() - beganMs - durationMs
  for (const connection of open) connection.close()
  return { posts, lateMs }
})
