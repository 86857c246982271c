import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { createMetrics, type Metrics } from '../../../relay/metrics.ts'
import { createRepair, type Repair } from '../../../relay/repair/repair.ts'
import { createRequestBudget } from '../../../relay/repair/request-budget.ts'
import { createSessionStatuses } from '../../../relay/repair/session-statuses.ts'
import { type ApiAnswer, type ApiRequest, RingCentralError } from '../../../relay/ringcentral/api.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { notification } from '../support/notification.ts'
import { settle } from '../support/subscriber-bench.ts'

/** In which order and at which pace a repair asks, in a time that the test decides. */

let clock: ManualClock
let log: EventLog
let asked: { path: string; atS: number }[]
let answers: (path: string) => Promise<unknown>
let repair: Repair
let metrics: Metrics
let logger: ReturnType<typeof createCollectedLogger>

const failure = (status: number | undefined, facts: { retryAfterMs?: number; codes?: string[] } = {}) =>
  new RingCentralError(`failed with ${status}`, { status, codes: [], retryAfterMs: undefined, ...facts })
const session = { parties: [] }

beforeEach(() => {
  clock = createManualClock()
  log = createMemoryEventLog()
  asked = []
  answers = async (path) => (path.includes('/presence') ? { records: [] } : session)
  logger = createCollectedLogger()
  metrics = createMetrics()
  repair = build()
})

function build(
  settings: Parameters<typeof createRepair>[0]['settings'] = { scope: 'account', extensions: [] },
): Repair {
  const startMs = clock.nowMs()
  const budget = createRequestBudget({ clock, requestsPerMinute: 40 })
  const sendTimed = async ({ path }: ApiRequest): Promise<ApiAnswer> => {
    asked.push({ path: path.replace('/restapi/v1.0/account/~/', ''), atS: (clock.nowMs() - startMs) / SECOND_MS })
    return { body: await answers(path), atMs: clock.nowMs() }
  }
  const service = { sendTimed, send: async (request: ApiRequest) => (await sendTimed(request)).body }
  const statuses = createSessionStatuses({ service, log, clock, logger: logger.logger, budget, metrics })
  return createRepair({
    log,
    service,
    statuses,
    budget,
    clock,
    logger: logger.logger,
    metrics,
    settings,
    random: () => 1,
  })
}

async function appendLive(...ids: readonly string[]): Promise<void> {
  for (const [index, telephonySessionId] of ids.entries()) {
    const content = notification({ telephonySessionId })
    content.body.eventTime = new Date(clock.nowMs() - MINUTE_MS + index).toISOString()
    await log.append({
      uuid: content.uuid,
      telephonySessionId,
      extensionIds: ['400102'],
      receivedAtMs: clock.nowMs(),
      text: JSON.stringify(content),
    })
  }
}

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += SECOND_MS) {
    clock.advance(SECOND_MS)
    await settle()
  }
}

const begin = async () => {
  repair.begin()
  await settle()
}
const sessionsAsked = () =>
  asked.flatMap(({ path }) => (path.startsWith('telephony/') ? [path.replace('telephony/sessions/', '')] : []))

describe('asks', () => {
  it('for presence first, then about each session once, the latest first', async () => {
    await appendLive('first', 'second', 'third')
    const startTime = new Date(clock.nowMs()).toISOString()
    answers = async (path) =>
      path.includes('/presence')
        ? {
            records: [
              { activeCalls: [{ telephonySessionId: 'unheard', startTime }, { telephonySessionId: 'first' }] },
              { activeCalls: [{ telephonySessionId: 'unheard', startTime }] },
              {},
            ],
          }
        : session
    await begin()
    expect(asked[0]?.path).toBe('presence?detailedTelephonyState=true&sipData=true&page=1')
    expect(sessionsAsked()).toEqual(['unheard', 'third', 'second', 'first'])
  })

  it('for every page of presence', async () => {
    answers = async (path) => ({
      records: [{ activeCalls: [{ telephonySessionId: `of-${path.at(-1)}` }] }],
      paging: { totalPages: 3 },
      ...session,
    })
    await begin()
    expect(sessionsAsked().toSorted()).toEqual(['of-1', 'of-2', 'of-3'])
  })

  it('for the presence of single extensions, where only those are subscribed to', async () => {
    repair = build({ scope: 'extension', extensions: ['400102', '400104'] })
    answers = async (path) => (path.includes('/presence') ? {} : session)
    await begin()
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual([
      'extension/400102/presence',
      'extension/400104/presence',
    ])
  })

  it('nothing about sessions when none goes on', async () => {
    await begin()
    expect(sessionsAsked()).toEqual([])
    expect(logger.text()).toBe('')
  })
})

describe('looking for calls of which nothing came', () => {
  const onPhones = (...ids: readonly string[]) => {
    answers = async (path) =>
      path.includes('/presence')
        ? { records: [{ activeCalls: ids.map((telephonySessionId) => ({ telephonySessionId })) }] }
        : session
  }
  const look = async () => {
    repair.lookForUnheard()
    await settle()
  }

  it('asks about those that the log does not know, and says what may be wrong', async () => {
    await appendLive('heard')
    onPhones('heard', 'unheard')
    await look()
    await pass(10 * SECOND_MS)
    expect(sessionsAsked()).toEqual(['unheard'])
    expect(await log.readSessionIndex('unheard')).toHaveLength(1)
    expect(logger.text()).toContain('calls of which nothing was delivered')
  })

  it('waits for what may be on its way', async () => {
    onPhones('just begun')
    await look()
    await appendLive('just begun')
    await pass(MINUTE_MS)
    expect(sessionsAsked()).toEqual([])
    expect(logger.text()).toBe('')
  })

  it('leaves a repair that is under way alone, and ends with the relay', async () => {
    await appendLive(...Array.from({ length: 40 }, (_, index) => `s-${index}`))
    await begin()
    await look()
    expect(asked.filter(({ path }) => path.startsWith('presence'))).toHaveLength(1)
    await repair.close()
    await look()
    expect(asked.filter(({ path }) => path.startsWith('presence'))).toHaveLength(1)
  })
})

it('is counted by how it ended', async () => {
  await begin()
  await appendLive('a')
  answers = async () => {
    throw failure(503)
  }
  await begin()
  await repair.close()
  repair = build()
  answers = async (path) => {
    if (path.includes('/presence')) return { records: [] }
    throw failure(403, { codes: ['CMN-401'] })
  }
  await begin()
  const { text } = await metrics.render()
  const counted = text.split('\n').filter((line) => line.startsWith('ringside_repairs_total'))
  expect(counted).toEqual([
    'ringside_repairs_total{result="done"} 1',
    'ringside_repairs_total{result="failed"} 1',
    'ringside_repairs_total{result="ended"} 1',
  ])
})

describe('the pace', () => {
  it('stays below what RingCentral takes in a minute, and leaves room', async () => {
    await appendLive(...Array.from({ length: 100 }, (_, index) => `s-${index}`))
    await begin()
    await pass(4 * MINUTE_MS)
    expect(sessionsAsked()).toHaveLength(100)
    const times = asked.filter(({ path }) => path.startsWith('telephony/')).map(({ atS }) => atS)
    for (const atS of times)
      expect(times.filter((other) => other >= atS && other < atS + 60).length).toBeLessThanOrEqual(30)
  })

  it('of presence too', async () => {
    answers = async () => ({ records: [], paging: { totalPages: 20 } })
    await begin()
    await pass(4 * MINUTE_MS)
    const times = asked.map(({ atS }) => atS)
    expect(times).toHaveLength(20)
    for (const atS of times)
      expect(times.filter((other) => other >= atS && other < atS + 60).length).toBeLessThanOrEqual(6)
  })
})

describe('when RingCentral fails', () => {
  it('it waits as long as it is asked to, and goes on where it was', async () => {
    await appendLive('a', 'b')
    let failures = 1
    answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      if (failures-- > 0) throw failure(429, { retryAfterMs: 45 * SECOND_MS })
      return session
    }
    await begin()
    await pass(44 * SECOND_MS)
    expect(sessionsAsked()).toEqual(['b'])
    await pass(SECOND_MS)
    expect(sessionsAsked()).toEqual(['b', 'b', 'a'])
  })

  it('it does not give up', async () => {
    await appendLive('a')
    let isAway = true
    answers = async (path) => {
      if (isAway) throw failure(undefined)
      return path.includes('/presence') ? { records: [] } : session
    }
    await begin()
    await pass(20 * MINUTE_MS)
    expect(asked.length).toBeLessThan(30)
    asked = []
    isAway = false
    await pass(2 * MINUTE_MS)
    expect(sessionsAsked()).toEqual(['a'])
    expect(await log.readSessionIndex('a')).toHaveLength(2)
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
    await appendLive('a', 'b')
    answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      throw error
    }
    await begin()
    await pass(MINUTE_MS)
    expect(sessionsAsked()).toEqual(error.status === 403 ? ['b'] : ['b', 'a'])
    expect(logger.text()).toContain(says)
  })

  it('presence of another shape does not keep it from the logged sessions', async () => {
    await appendLive('a')
    answers = async (path) => (path.includes('/presence') ? { entries: [] } : session)
    await begin()
    expect(sessionsAsked()).toEqual(['a'])
    expect(logger.text()).toContain('records should be')
  })
})

describe('one session for which RingCentral always fails', () => {
  const failFor = (id: string, error: () => Error) => {
    answers = async (path) => {
      if (path.includes('/presence')) return { records: [] }
      if (path.endsWith(`/${encodeURIComponent(id)}`)) throw error()
      return session
    }
  }
  const repairs = async (result: string) => {
    const { text } = await metrics.render()
    return Number(text.split(`ringside_repairs_total{result="${result}"} `)[1]?.split('\n')[0])
  }

  it.each<[what: string, error: () => Error]>([
    ['500', () => failure(500)],
    ['no answer', () => failure(undefined)],
    ['a 403 of something in between', () => failure(403)],
    ['a 404 of something in between', () => failure(404)],
  ])('(%s) keeps none of the others waiting, and is come back to', async (_what, error) => {
    await appendLive('a', 'b', 'c')
    failFor('c', error)
    await begin()
    await pass(10 * SECOND_MS)
    expect(sessionsAsked().slice(0, 3)).toEqual(['c', 'b', 'a'])
    await pass(MINUTE_MS)
    expect(logger.text()).toContain('RingCentral fails for some sessions: they are asked about later')
    expect(await repairs('failed')).toBe(1)
    answers = async () => session
    asked = []
    await pass(2 * MINUTE_MS)
    expect(sessionsAsked()).toEqual(['c'])
    expect(await repairs('done')).toBe(1)
  })

  it('does not keep calls of which nothing came from being found', async () => {
    await appendLive('a')
    failFor('a', () => failure(500))
    await begin()
    await pass(MINUTE_MS)
    answers = async (path) => {
      if (path.includes('/presence')) return { records: [{ activeCalls: [{ telephonySessionId: 'unheard' }] }] }
      if (path.endsWith('/a')) throw failure(500)
      return session
    }
    repair.lookForUnheard()
    await settle()
    await pass(10 * SECOND_MS)
    expect(sessionsAsked()).toContain('unheard')
  })

  it('is asked about for a day, and then no more', async () => {
    await appendLive('a')
    failFor('a', () => failure(500))
    await begin()
    await pass(MINUTE_MS)
    const passHalfADay = async () => {
      for (let minutes = 0; minutes < 12 * 60; minutes += 2) {
        clock.advance(2 * MINUTE_MS)
        await settle()
      }
    }
    await passHalfADay()
    const atNoon = asked.length
    await passHalfADay()
    await passHalfADay()
    const last = asked.length
    expect(last).toBeGreaterThan(atNoon)
    expect(logger.text().split('asked about any more')).toHaveLength(2)
    await passHalfADay()
    expect(asked).toHaveLength(last)
  })

  it('because its id is no text that can be sent is given up at once', async () => {
    await appendLive('a', '\ud800', 'c')
    await begin()
    await pass(MINUTE_MS)
    expect(sessionsAsked()).toEqual(['c', 'a'])
    expect(logger.text()).toContain('A session could not be asked about')
    expect(await repairs('done')).toBe(1)
  })
})

it('presence that always fails does not keep it from the logged sessions', async () => {
  await appendLive('a')
  answers = async (path) => {
    if (path.includes('/presence')) throw failure(500)
    return session
  }
  await begin()
  await pass(MINUTE_MS)
  expect(sessionsAsked()).toEqual(['a'])
  answers = async (path) =>
    path.includes('/presence') ? { records: [{ activeCalls: [{ telephonySessionId: 'unheard' }] }] } : session
  await pass(2 * MINUTE_MS)
  expect(sessionsAsked()).toEqual(['a', 'unheard'])
})

describe('an end', () => {
  it('stops it in the middle, also while it waits', async () => {
    await appendLive('a')
    answers = async () => {
      throw failure(503, { retryAfterMs: MINUTE_MS })
    }
    await begin()
    await repair.close()
    await pass(2 * MINUTE_MS)
    expect(asked).toHaveLength(1)
  })

  it('of one is the beginning of the next', async () => {
    await appendLive('a')
    answers = async () => {
      throw failure(503, { retryAfterMs: MINUTE_MS })
    }
    await begin()
    answers = async (path) => (path.includes('/presence') ? { records: [] } : session)
    await begin()
    expect(sessionsAsked()).toEqual(['a'])
    await pass(2 * MINUTE_MS)
    expect(sessionsAsked()).toEqual(['a'])
  })
})
