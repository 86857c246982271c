import { beforeEach, describe, expect, it } from 'vitest'
import type { RingCentralError } from '../../../relay/ringcentral/api.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { settle } from '../support/subscriber-bench.ts'
import { createRepairBench, failure, type RepairBench, session } from './repair-bench.ts'

/** What a repair does while RingCentral fails, as a whole or for one session, in a time that the test decides. */

let bench: RepairBench

beforeEach(() => {
  bench = createRepairBench()
})

describe('when RingCentral fails', () => {
  it('it waits as long as it is asked to, and goes on where it was', async () => {
    await bench.appendLive('a', 'b')
    let failures = 1
    bench.answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      if (failures-- > 0) throw failure(429, { retryAfterMs: 45 * SECOND_MS })
      return session
    }
    await bench.begin()
    await bench.pass(44 * SECOND_MS)
    expect(bench.sessionsAsked()).toEqual(['b'])
    await bench.pass(SECOND_MS)
    expect(bench.sessionsAsked()).toEqual(['b', 'b', 'a'])
  })

  it('it does not give up', async () => {
    await bench.appendLive('a')
    let isAway = true
    bench.answers = async (path) => {
      if (isAway) throw failure(undefined)
      return path.includes('/presence') ? { records: [] } : session
    }
    await bench.begin()
    await bench.pass(20 * MINUTE_MS)
    expect(bench.asked.length).toBeLessThan(30)
    bench.asked = []
    isAway = false
    await bench.pass(2 * MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual(['a'])
    expect(await bench.log.readSessionIndex('a')).toHaveLength(2)
  })

  it.each<[what: string, error: RingCentralError, says: string]>([
    [
      'CallControl is missing',
      failure(403, { codes: ['CMN-401'] }),
      'add CallControl, SubscriptionWebhook, ReadAccounts and ReadPresence to the app',
    ],
    ['one session can’t be described', failure(400, { codes: ['CMN-101'] }), 'A session could not be asked about'],
    ['one session is described in another shape', failure(200), 'A session could not be asked about'],
  ])('%s: it says so', async (_what, error, says) => {
    await bench.appendLive('a', 'b')
    bench.answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      throw error
    }
    await bench.begin()
    await bench.pass(MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual(error.status === 403 ? ['b'] : ['b', 'a'])
    expect(bench.logText()).toContain(says)
  })

  it('presence of another shape does not keep it from the logged sessions', async () => {
    await bench.appendLive('a')
    bench.answers = async (path) => (path.includes('/presence') ? { entries: [] } : session)
    await bench.begin()
    expect(bench.sessionsAsked()).toEqual(['a'])
    expect(bench.logText()).toContain('records should be')
  })
})

describe('one session for which RingCentral always fails', () => {
  const failFor = (id: string, error: () => Error) => {
    bench.answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      if (path.endsWith(`/${encodeURIComponent(id)}`)) throw error()
      return session
    }
  }
  const repairs = async (result: string) => {
    const { text } = await bench.metrics.render()
    return Number(text.split(`ringside_repairs_total{result="${result}"} `)[1]?.split('\n')[0])
  }

  it.each<[what: string, error: () => Error]>([
    ['500', () => failure(500)],
    ['no answer', () => failure(undefined)],
    ['a 403 of something in between', () => failure(403)],
    ['a 404 of something in between', () => failure(404)],
  ])('(%s) keeps none of the others waiting, and is come back to', async (_what, error) => {
    await bench.appendLive('a', 'b', 'c')
    failFor('c', error)
    await bench.begin()
    await bench.pass(10 * SECOND_MS)
    expect(bench.sessionsAsked().slice(0, 3)).toEqual(['c', 'b', 'a'])
    await bench.pass(MINUTE_MS)
    expect(bench.logText()).toContain('RingCentral fails for some sessions: they are asked about later')
    expect(await repairs('failed')).toBe(1)
    bench.answers = async () => session
    bench.asked = []
    await bench.pass(2 * MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual(['c'])
    expect(await repairs('done')).toBe(1)
  })

  it('does not keep calls of which nothing came from being found', async () => {
    await bench.appendLive('a')
    failFor('a', () => failure(500))
    await bench.begin()
    await bench.pass(MINUTE_MS)
    bench.answers = async (path) => {
      if (path.includes('/presence')) return { records: [{ activeCalls: [{ telephonySessionId: 'unheard' }] }] }
      if (path.endsWith('/a')) throw failure(500)
      return session
    }
    bench.repair.lookForUnheard()
    await settle()
    await bench.pass(10 * SECOND_MS)
    expect(bench.sessionsAsked()).toContain('unheard')
  })

  it('is asked about for a day, and then no more', async () => {
    await bench.appendLive('a')
    failFor('a', () => failure(500))
    await bench.begin()
    await bench.pass(MINUTE_MS)
    const passHalfADay = async () => {
      for (let minutes = 0; minutes < 12 * 60; minutes += 2) {
        bench.clock.advance(2 * MINUTE_MS)
        await settle()
      }
    }
    await passHalfADay()
    const atNoon = bench.asked.length
    await passHalfADay()
    await passHalfADay()
    const last = bench.asked.length
    expect(last).toBeGreaterThan(atNoon)
    expect(bench.logText().split('asked about any more')).toHaveLength(2)
    await passHalfADay()
    expect(bench.asked).toHaveLength(last)
  })

  it('because its id is no text that can be sent is given up at once', async () => {
    await bench.appendLive('a', '\ud800', 'c')
    await bench.begin()
    await bench.pass(MINUTE_MS)
    expect(bench.sessionsAsked()).toEqual(['c', 'a'])
    expect(bench.logText()).toContain('A session could not be asked about')
    expect(await repairs('done')).toBe(1)
  })
})

it('presence that always fails does not keep it from the logged sessions', async () => {
  await bench.appendLive('a')
  bench.answers = async (path) => {
    if (path.includes('/presence')) throw failure(500)
    return session
  }
  await bench.begin()
  await bench.pass(MINUTE_MS)
  expect(bench.sessionsAsked()).toEqual(['a'])
  bench.answers = async (path) =>
    path.includes('/presence') ? { records: [{ activeCalls: [{ telephonySessionId: 'unheard' }] }] } : session
  await bench.pass(2 * MINUTE_MS)
  expect(bench.sessionsAsked()).toEqual(['a', 'unheard'])
})
