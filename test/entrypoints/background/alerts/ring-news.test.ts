import { beforeEach, describe, expect, it } from 'vitest'
import { createRingNews, type RingNews } from '../../../../entrypoints/background/alerts/ring-news.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { buildRow } from '../../lib/store/row.ts'

let stored: readonly string[]
let known: readonly CallRow[]
let heard: string[]
let news: RingNews

/** As a worker has it that has just been started. */
const begin = () =>
  createRingNews({
    shown: {
      getValue: async () => stored,
      setValue: async (value) => {
        stored = value
      },
    },
    findCall: async (id) => known.find(({ telephonySessionId }) => telephonySessionId === id),
    onNews: (row, news) => heard.push(`${row.telephonySessionId} ${news}`),
  })

beforeEach(() => {
  stored = []
  known = []
  heard = []
  news = begin()
})

const settled = () => new Promise((resolve) => setImmediate(resolve))
const row = (telephonySessionId: string, changes: Partial<CallRow> = {}) =>
  buildRow({ telephonySessionId, phase: 'ringing', outcome: undefined, ...changes })

describe('a call that rings', () => {
  it('is told of when the stream is live again, if nobody told before', async () => {
    news.catchUp([row('a'), row('talks', { phase: 'talking' }), row('away', { isDismissed: true })])
    await settled()
    expect(heard).toEqual(['a ringing'])
  })

  it('is told of once, though the stream comes and goes and the worker is ended', async () => {
    news.tell(row('a'), ['ringing'])
    news.catchUp([row('a'), row('b')])
    await settled()
    for (let times = 0; times < 3; times++) {
      news = begin()
      news.catchUp([row('a'), row('b')])
      await settled()
    }
    expect(heard).toEqual(['a ringing', 'b ringing'])
  })

  it('is told of again when it rings again', async () => {
    news.tell(row('a'), ['ringing'])
    news.tell(row('a', { phase: 'ended' }), ['ended'])
    await settled()
    news.catchUp([row('a')])
    await settled()
    expect(heard).toEqual(['a ringing', 'a ended', 'a ringing'])
  })
})

describe('a call that was told of and rings no more when the stream is live again', () => {
  it.each([
    ['on a card still', { phase: 'talking' } as const, 'a ended'],
    ['over', { phase: 'ended' } as const, 'a ended'],
    ['missed', { phase: 'ended', missedUnseen: 1 } as const, 'a missed'],
  ])('is told to be over: %s', async (_what, changes, expected) => {
    stored = ['a']
    known = [row('a', changes)]
    news.catchUp(changes.phase === 'talking' ? known : [])
    await settled()
    expect(heard).toEqual([expected])
    news.catchUp([])
    await settled()
    expect(heard).toHaveLength(1)
  })
})
