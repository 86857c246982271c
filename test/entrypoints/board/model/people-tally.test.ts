import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { ExtensionRow } from '../../../../entrypoints/board/feed/contract.ts'
import { createFeedModel } from '../../../../entrypoints/board/model/feed-model.ts'
import { createPeopleTally, type PeopleCounted } from '../../../../entrypoints/board/model/people-tally.ts'
import { EXTENSION_STATES } from '../../../../shared/live/types.ts'
import { buildRow } from '../rows.ts'

const account = { timeZone: 'UTC', sinceMs: 0, people: {}, queues: {} }
const EVERYBODY: PeopleCounted = { isWatched: () => true, isOfQueue: () => true }
const SOME: PeopleCounted = {
  isWatched: (id) => id !== '1',
  isOfQueue: ({ extensionId, calls }) => extensionId === '2' || calls.length > 0,
}

function openFeed() {
  const frames: (() => void)[] = []
  const feed = createFeedModel({ nowMs: () => 0, beforeFrame: (task) => frames.push(task) })
  const draw = () => {
    for (const frame of frames.splice(0)) frame()
  }
  return {
    feed,
    begin: (...extensions: readonly ExtensionRow[]) => {
      feed.take({ account, extensions })
      draw()
    },
    tell: (...extensions: readonly ExtensionRow[]) => {
      feed.take({ extensions })
      draw()
    },
  }
}

it('people are added up by what they do, and whoever an alert may be about is pressing', () => {
  const { feed, begin } = openFeed()
  begin(
    buildRow('101', { state: 'talking' }),
    buildRow('102', { state: 'holding' }),
    buildRow('103'),
    buildRow('104', { state: 'wrapUp' }),
    buildRow('105', { state: 'ringing' }),
    buildRow('106', { handSinceMs: 5 }),
  )
  expect(createPeopleTally(feed)(EVERYBODY)).toEqual({
    watched: new Set(['101', '102', '103', '104', '105', '106']),
    pressing: new Set(['102', '105', '106']),
    ofQueue: {
      all: new Set(['101', '102', '103', '104', '105', '106']),
      talking: new Set(['101', '102']),
      available: new Set(['103', '106']),
    },
  })
})

it('kept up change by change they come to what they come to when all are looked at', () => {
  const facts = fc.record({
    state: fc.constantFrom(...EXTENSION_STATES),
    handSinceMs: fc.option(fc.nat(2), { nil: undefined }),
  })
  const frame = fc.record({
    changes: fc.array(fc.tuple(fc.nat(6).map(String), facts), { maxLength: 3 }),
    as: fc.constantFrom(EVERYBODY, SOME),
    isAsked: fc.boolean(),
    isFresh: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
      const { feed, begin, tell } = openFeed()
      const tally = createPeopleTally(feed)
      begin(buildRow('1'), buildRow('2'))
      for (const { changes, as, isAsked, isFresh } of frames) {
        const rows = changes.map(([id, row]) => buildRow(id, row))
        if (isFresh) begin(...rows)
        else tell(...rows)
        if (isAsked) expect(tally(as)).toEqual(createPeopleTally(feed)(as))
      }
    }),
  )
})

it('of thousands only those are looked at who have changed', () => {
  const { feed, begin, tell } = openFeed()
  begin(...Array.from({ length: 4000 }, (_, index) => buildRow(String(index))))
  const tally = createPeopleTally(feed)
  const isWatched = vi.fn(() => true)
  const as = { isWatched, isOfQueue: () => true }
  expect(tally(as).ofQueue.available.size).toBe(4000)
  isWatched.mockClear()
  tell(buildRow('7', { state: 'talking' }))
  tell(buildRow('8', { state: 'ringing' }), buildRow('7'))
  expect(tally(as).ofQueue.available.size).toBe(3999)
  expect(isWatched.mock.calls).toEqual([['7'], ['8']])
})
