import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import type { ExtensionRow } from '../../../../entrypoints/board/feed/contract.ts'
import { createFeedModel } from '../../../../entrypoints/board/model/feed-model.ts'
import { createPeopleOrder, type PeopleWanted } from '../../../../entrypoints/board/model/people-order.ts'
import { buildRow } from '../rows.ts'

const byCalls = (a: ExtensionRow, b: ExtensionRow) => b.today.calls - a.today.calls
const withCalls = (extensionId: string, calls: number) => buildRow(extensionId, { today: { calls } })

function openBoard() {
  const frames: (() => void)[] = []
  const feed = createFeedModel({ nowMs: () => 0, beforeFrame: (task) => frames.push(task) })
  const wanted = signal<PeopleWanted>({ isShown: () => true, compare: byCalls })
  const order = createPeopleOrder(feed, wanted)
  const account = { timeZone: 'UTC', sinceMs: 0, people: {}, queues: {} }
  const tell = (...extensions: readonly ExtensionRow[]) => feed.take({ extensions })
  const drawFrame = () => {
    for (const frame of frames.splice(0)) frame()
  }
  feed.take({ account, extensions: [withCalls('1', 1), withCalls('2', 2), withCalls('3', 3)] })
  drawFrame()
  return { feed, wanted, order, tell, drawFrame, account }
}

it('everybody is where they belong, as soon as the next frame is drawn', () => {
  const { order, tell, drawFrame } = openBoard()
  expect(order.ids.value).toEqual(['3', '2', '1'])
  tell(withCalls('1', 9))
  tell(withCalls('2', 8))
  expect(order.ids.value).toEqual(['3', '2', '1'])
  drawFrame()
  expect(order.ids.value).toEqual(['1', '2', '3'])
})

it('a pause keeps everybody in their place, shows what they do, and counts who has changed', () => {
  const { feed, order, tell, drawFrame } = openBoard()
  order.setPaused(true)
  tell(withCalls('1', 9))
  drawFrame()
  tell(withCalls('1', 10), withCalls('4', 4))
  drawFrame()
  expect(order.ids.value).toEqual(['3', '2', '1'])
  expect(feed.extension('1').value?.today.calls).toBe(10)
  expect(order.pausedChanges.value).toBe(2)
  order.setPaused(false)
  expect(order.ids.value).toEqual(['1', '4', '3', '2'])
  expect(order.pausedChanges.value).toBeUndefined()
})

it('another filter holds at once, also in a pause', () => {
  const { wanted, order, tell, drawFrame } = openBoard()
  order.setPaused(true)
  tell(withCalls('1', 9))
  drawFrame()
  wanted.value = { isShown: ({ extensionId }) => extensionId !== '3', compare: byCalls }
  expect(order.ids.value).toEqual(['1', '2'])
  expect(order.pausedChanges.value).toBe(0)
})

it('nobody of an earlier snapshot is left when there is another', () => {
  const { feed, order, account, drawFrame } = openBoard()
  feed.take({ account, extensions: [withCalls('7', 1)] })
  drawFrame()
  expect(order.ids.value).toEqual(['7'])
  expect(feed.extension('3').value).toBeUndefined()
})
