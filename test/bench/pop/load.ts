import { setTimeout as delay } from 'node:timers/promises'
import { buildPost, openConnection, type Post } from '../http-connection.ts'
import { serveRequests } from '../serve-requests.ts'

/** The load: posts one event when it is told to, over a connection that stands by then. */

export interface LoadRequest extends Post {
  /** How long to wait before posting. */
  readonly pauseMs: number
}

export interface LoadAnswer {
  /** When the post was about to be written, ms since the epoch. */
  readonly sentMs: number
}

serveRequests(async ({ pauseMs, ...post }: LoadRequest): Promise<LoadAnswer> => {
  const request = buildPost(post)
  const connection = await openConnection(post.url)
  await delay(pauseMs)
  const sentMs = performance.timeOrigin + performance.now()
  const status = await connection.send(request)
  connection.close()
  if (status !== 200) throw new Error(`every post should be answered 200, but one was answered ${status}`)
  return { sentMs }
})
