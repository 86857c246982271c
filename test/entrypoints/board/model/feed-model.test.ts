import { effect } from '@preact/signals'
import { expect, it } from 'vitest'
import { createFeedModel } from '../../../../entrypoints/board/model/feed-model.ts'
import type { QueueLive } from '../../../../shared/live/types.ts'
import { buildRow } from '../rows.ts'

function openFeed(startMs = 1_000) {
  let nowMs = startMs
  const frames: (() => void)[] = []
  const feed = createFeedModel({ nowMs: () => nowMs, beforeFrame: (task) => frames.push(task) })
  return {
    feed,
    pass: (ms: number) => {
      nowMs += ms
      feed.tick()
    },
    drawFrame: () => {
      for (const frame of frames.splice(0)) frame()
    },
    frames,
  }
}

it('what comes within a frame is drawn once, and only what is different', () => {
  const { feed, drawFrame, frames } = openFeed()
  feed.take({ extensions: [buildRow('1'), buildRow('2')] })
  drawFrame()
  const drawn: string[] = []
  const takeChanged = feed.readChanges()
  takeChanged()
  for (const id of ['1', '2']) effect(() => void drawn.push(`${id} ${feed.extension(id).value?.standing.state}`))
  feed.take({ extensions: [buildRow('1', { state: 'ringing' })] })
  feed.take({ extensions: [buildRow('1', { state: 'talking' })] })
  expect(frames).toHaveLength(1)
  drawFrame()
  expect(drawn).toEqual(['1 idle', '2 idle', '1 talking'])
  expect([...(takeChanged() ?? [])]).toEqual(['1'])
})

it('its clock is the platform’s', () => {
  const { feed, pass, drawFrame } = openFeed()
  feed.take({ connection: { state: 'live' }, aheadMs: 500 })
  drawFrame()
  pass(250)
  expect(feed.nowMs.value).toBe(1_750)
})

it('and stands still where the stream broke off: nobody knows what goes on', () => {
  const { feed, pass, drawFrame } = openFeed()
  feed.take({ connection: { state: 'lost', sinceMs: 1_000, refusal: undefined } })
  drawFrame()
  pass(60_000)
  expect(feed.nowMs.value).toBe(1_000)
})

it('what rules have told is void with the account that it was told of', () => {
  const { feed, drawFrame } = openFeed()
  const act = { telephonySessionId: 's-1', kind: 'sent', rule: 'VIP', to: '1' } as const
  const account = { timeZone: 'UTC', sinceMs: 0, people: {}, queues: {} }
  feed.take({ account, notices: [{ act, receivedMs: 1 }] })
  drawFrame()
  expect(feed.notices.value).toHaveLength(1)
  const before = feed.notices.value
  feed.take({ extensions: [buildRow('1')] })
  drawFrame()
  expect(feed.notices.value).toBe(before)
  feed.take({ account })
  drawFrame()
  expect(feed.notices.value).toEqual([])
})

it('its list of queues is another only when there is another queue', () => {
  const { feed, drawFrame } = openFeed()
  const tell = (...queueIds: readonly string[]) => {
    feed.take({ queues: queueIds.map(buildQueue) })
    drawFrame()
    return feed.queueIds.value
  }
  const before = tell('400201')
  expect(before).toEqual(['400201'])
  expect(tell('400201')).toBe(before)
  expect(tell('400202')).toEqual(['400201', '400202'])
})

it('each who asks is told of what has changed since they asked, and at first and after a snapshot of everything', () => {
  const { feed, drawFrame } = openFeed()
  const [often, seldom] = [feed.readChanges(), feed.readChanges()]
  const tell = (id: string) => {
    feed.take({ extensions: [buildRow(id)] })
    drawFrame()
  }
  expect([often(), seldom()]).toEqual([undefined, undefined])
  tell('1')
  expect(often()).toEqual(new Set(['1']))
  tell('2')
  expect([often(), seldom()]).toEqual([new Set(['2']), new Set(['1', '2'])])
  feed.take({ account: { timeZone: 'UTC', sinceMs: 0, people: {}, queues: {} } })
  drawFrame()
  tell('3')
  expect([often(), seldom()]).toEqual([undefined, undefined])
})

function buildQueue(queueId: string): QueueLive {
  const tally = { offered: 0, answered: 0, abandoned: 0, redirected: 0, longestWait: undefined }
  return {
    ...{ queueId, waiting: [], onPhone: [] },
    today: { ...tally, answeredWaits: new Map(), abandonedWaits: new Map() },
  }
}
