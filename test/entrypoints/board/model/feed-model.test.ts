import { effect } from '@preact/signals'
import { expect, it } from 'vitest'
import { createFeedModel } from '../../../../entrypoints/board/model/feed-model.ts'
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
  for (const id of ['1', '2']) effect(() => void drawn.push(`${id} ${feed.extension(id).value?.standing.state}`))
  feed.take({ extensions: [buildRow('1', { state: 'ringing' })] })
  feed.take({ extensions: [buildRow('1', { state: 'talking' })] })
  expect(frames).toHaveLength(1)
  drawFrame()
  expect(drawn).toEqual(['1 idle', '2 idle', '1 talking'])
  expect([...(feed.changed() ?? [])]).toEqual(['1'])
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
