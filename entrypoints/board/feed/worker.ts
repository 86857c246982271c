import { type BoardFeed, createBoardFeed, type FeedRuntime } from './board-feed.ts'
import type { FeedNews, FeedOrder } from './contract.ts'

/** The feed in a thread of its own; the page starts it with `new Worker`. */
let feed: BoardFeed | undefined

const runtime: FeedRuntime = {
  clock: {
    nowMs: () => Date.now(),
    elapsedMs: () => performance.now(),
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
  },
  fetch: (input, init) => fetch(input, init),
  connect: (url) => new WebSocket(url),
  random: () => Math.random(),
}

addEventListener('message', ({ data: order }: MessageEvent<FeedOrder>) => {
  if (order.type === 'hurry') return feed?.hurry()
  feed?.close()
  const { relayUrl, token, client } = order
  feed = createBoardFeed({ relayUrl, token, client, onNews: (news: FeedNews) => postMessage(news) }, runtime)
})
