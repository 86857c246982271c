import { beforeEach, describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { settle } from '../support/subscriber-bench.ts'
import { createRepairBench, failure, type RepairBench, session } from './repair-bench.ts'

/** In which order and at which pace a repair asks, in a time that the test decides. */

let bench: RepairBench

beforeEach(() => {
  bench = createRepairBench()
})

describe('asks', () => {
  it('for presence first, then about each session once, the latest first', async () => {
    await bench.appendLive('first', 'second', 'third')
    const startTime = new Date(bench.clock.nowMs()).toISOString()
    bench.answers = async (path) =>
      path.includes('/presence')
        ? {
            records: [
              { activeCalls: [{ telephonySessionId: 'unheard', startTime }, { telephonySessionId: 'first' }] },
              { activeCalls: [{ telephonySessionId: 'unheard', startTime }] },
              {},
            ],
          }
        : session
    await bench.begin()
    expect(bench.asked[0]?.path).toBe('presence?detailedTelephonyState=true&sipData=true&page=1')
    expect(bench.sessionsAsked()).toEqual(['unheard', 'third', 'second', 'first'])
  })

  it('for every page of presence', async () => {
    bench.answers = async (path) => ({
      records: [{ activeCalls: [{ telephonySessionId: `of-${path.at(-1)}` }] }],
      paging: { totalPages: 3 },
      ...session,
    })
    await bench.begin()
    expect(bench.sessionsAsked().toSorted()).toEqual(['of-1', 'of-2', 'of-3'])
  })

  it('for the presence of single extensions, where only those are subscribed to', async () => {
    bench.startAgain({ scope: 'extension', extensions: ['400102', '400104'] })
    bench.answers = async (path) => (path.includes('/presence') ? {} : session)
    await bench.begin()
    expect(bench.asked.map(({ path }) => path.split('?')[0])).toEqual([
      'extension/400102/presence',
      'extension/400104/presence',
    ])
  })

  it('nothing about sessions when none goes on', async () => {
    await bench.begin()
    expect(bench.sessionsAsked()).toEqual([])
    expect(bench.logText()).toBe('')
  })
})

describe('looking for calls of which nothing came', () => {
  const onPhones = (...ids: readonly string[]) => {
    bench.answers = async (path) =>
      path.includes('/presence')
        ? { records: [{ activeCalls: ids.map((telephonySessionId) => ({ telephonySessionId })) }] }
        : session
  }
  const look = async () => {
    bench.repair.lookForUnheard()
    await settle()
  }

  it('asks about those that the log does not know, and says what may be wrong', async () => {
    await bench.appendLive('heard')
    onPhones('heard', 'unheard')
    await look()
    await bench.pass(10 * SECOND_MS)
    expect(bench.sessionsAsked()).toEqual(['unheard'])
    expect(await bench.log.readSessionIndex('unheard')).toHaveLength(1)
    expect(bench.logText()).toContain('calls of which nothing was delivered')
  })

  it('waits for what may be on its way', async () => {
    onPhones('just begun')
    await look()
    await bench.appendLive('just begun')
    await bench.pass(MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual([])
    expect(bench.logText()).toBe('')
  })

  it('leaves a repair that is under way alone, and ends with the relay', async () => {
    await bench.appendLive(...Array.from({ length: 40 }, (_, index) => `s-${index}`))
    await bench.begin()
    await look()
    expect(bench.asked.filter(({ path }) => path.startsWith('presence'))).toHaveLength(1)
    await bench.repair.close()
    await look()
    expect(bench.asked.filter(({ path }) => path.startsWith('presence'))).toHaveLength(1)
  })
})

it('is counted by how it ended', async () => {
  await bench.begin()
  await bench.appendLive('a')
  bench.answers = async () => {
    throw failure(503)
  }
  await bench.begin()
  await bench.repair.close()
  bench.startAgain()
  bench.answers = async (path) => {
    if (path.includes('/presence')) return { records: [] }
    throw failure(403, { codes: ['CMN-401'] })
  }
  await bench.begin()
  const { text } = await bench.metrics.render()
  const counted = text.split('\n').filter((line) => line.startsWith('ringside_repairs_total'))
  expect(counted).toEqual([
    'ringside_repairs_total{result="done"} 1',
    'ringside_repairs_total{result="failed"} 1',
    'ringside_repairs_total{result="ended"} 1',
  ])
})

describe('the pace', () => {
  it('stays below what RingCentral takes in a minute, and leaves room', async () => {
    await bench.appendLive(...Array.from({ length: 100 }, (_, index) => `s-${index}`))
    await bench.begin()
    await bench.pass(4 * MINUTE_MS)
    expect(bench.sessionsAsked()).toHaveLength(100)
    const times = bench.asked.filter(({ path }) => path.startsWith('telephony/')).map(({ atS }) => atS)
    for (const atS of times)
      expect(times.filter((other) => other >= atS && other < atS + 60).length).toBeLessThanOrEqual(30)
  })

  it('of presence too', async () => {
    bench.answers = async () => ({ records: [], paging: { totalPages: 20 } })
    await bench.begin()
    await bench.pass(4 * MINUTE_MS)
    const times = bench.asked.map(({ atS }) => atS)
    expect(times).toHaveLength(20)
    for (const atS of times)
      expect(times.filter((other) => other >= atS && other < atS + 60).length).toBeLessThanOrEqual(6)
  })
})

describe('an end', () => {
  it('stops it in the middle, also while it waits', async () => {
    await bench.appendLive('a')
    bench.answers = async () => {
      throw failure(503, { retryAfterMs: MINUTE_MS })
    }
    await bench.begin()
    await bench.repair.close()
    await bench.pass(2 * MINUTE_MS)
    expect(bench.asked).toHaveLength(1)
  })

  it('of one is the beginning of the next', async () => {
    await bench.appendLive('a')
    bench.answers = async () => {
      throw failure(503, { retryAfterMs: MINUTE_MS })
    }
    await bench.begin()
    bench.answers = async (path) => (path.includes('/presence') ? { records: [] } : session)
    await bench.begin()
    expect(bench.sessionsAsked()).toEqual(['a'])
    await bench.pass(2 * MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual(['a'])
  })
})
