import { beforeEach, describe, expect, it } from 'vitest'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { createMetrics, type Metrics } from '../../../relay/metrics.ts'
import { createRequestBudget } from '../../../relay/repair/request-budget.ts'
import { createSessionStatuses, type SessionStatuses } from '../../../relay/repair/session-statuses.ts'
import { type ApiAnswer, type ApiRequest, RingCentralError } from '../../../relay/ringcentral/api.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { newEvent } from '../support/new-event.ts'

/** Asking RingCentral how sessions stand, against answers that each test chooses. */

let clock: ManualClock
let log: EventLog
let asked: string[]
let answer: (request: ApiRequest) => Promise<ApiAnswer>
let statuses: SessionStatuses
let metrics: Metrics

const SESSION = { id: 's-1', parties: [{ id: 'p-1', extensionId: '400102', status: { code: 'Answered' } }] }
const refusal = (status: number, facts = {}) =>
  new RingCentralError(`answered ${status}`, { status, codes: [], retryAfterMs: undefined, ...facts })

beforeEach(() => {
  clock = createManualClock()
  log = createMemoryEventLog()
  asked = []
  metrics = createMetrics()
  answer = async () => ({ body: SESSION, atMs: clock.nowMs() })
  const sendTimed = (request: ApiRequest) => {
    asked.push(request.path)
    return answer(request)
  }
  statuses = createSessionStatuses({
    service: { sendTimed, send: async (request) => (await sendTimed(request)).body },
    log,
    clock,
    logger: createCollectedLogger().logger,
    budget: createRequestBudget({ clock, requestsPerMinute: 4 }),
    metrics,
  })
})

const ask = (id = 's-1', leaving = 0) => statuses.ask(id, { leaving })
const logged = async () => (await log.read(0, 10)).filter(({ kind }) => kind === 'status')

it('shares an answer for ten seconds', async () => {
  const first = await ask()
  clock.advance(10 * SECOND_MS - 1)
  expect(await ask()).toBe(first)
  clock.advance(1)
  expect(await ask()).not.toBe(first)
  expect(asked).toHaveLength(2)
})

it('asks once for all who ask while the answer is on its way, however long that takes', async () => {
  const { promise, resolve: release } = Promise.withResolvers<ApiAnswer>()
  answer = () => promise
  const first = ask()
  clock.advance(60 * SECOND_MS)
  const second = ask()
  release({ body: SESSION, atMs: clock.nowMs() })
  expect(await second).toBe(await first)
  expect(asked).toHaveLength(1)
})

it('shares a failure for a second', async () => {
  answer = () => Promise.reject(refusal(503))
  await expect(ask()).rejects.toMatchObject({ status: 503 })
  await expect(ask()).rejects.toMatchObject({ status: 503 })
  expect(asked).toHaveLength(1)
  clock.advance(SECOND_MS)
  await expect(ask()).rejects.toMatchObject({ status: 503 })
  expect(asked).toHaveLength(2)
})

it('an id is one step of the path, whatever it holds', async () => {
  await ask('../a?b/c')
  expect(asked).toEqual(['/restapi/v1.0/account/~/telephony/sessions/..%2Fa%3Fb%2Fc'])
})

it('beyond the budget nothing is sent, and the refusal says when to come again', async () => {
  for (const id of ['a', 'b', 'c']) await ask(id, 1)
  await expect(ask('d', 1)).rejects.toMatchObject({ retryAfterMs: 60 * SECOND_MS })
  await ask('d')
  expect(asked).toHaveLength(4)
})

describe('the log', () => {
  it('gets the answer about a session that it knows, with whose parties are in it', async () => {
    await log.append(newEvent('s-1', 2, [undefined]))
    await ask()
    expect(await logged()).toMatchObject([{ telephonySessionId: 's-1', extensionIds: ['400102'], kind: 'status' }])
  })

  it('gets none about a session that it does not know, unless it is news', async () => {
    await ask()
    expect(await logged()).toEqual([])
    clock.advance(10 * SECOND_MS)
    await statuses.ask('s-1', { leaving: 0, isNews: true })
    expect(await logged()).toHaveLength(1)
  })

  it('gets no news of a session that nobody knows', async () => {
    answer = () => Promise.reject(refusal(404, { codes: ['CMN-102'] }))
    expect(await statuses.ask('s-1', { leaving: 0, isNews: true })).toMatchObject({ found: false })
    expect(await logged()).toEqual([])
  })

  it('that can’t be written is no reason not to tell', async () => {
    await log.append(newEvent('s-1', 2, ['400102']))
    log.append = () => Promise.reject(new Error('no room'))
    expect(await ask()).toMatchObject({ found: true })
  })
})

describe('an answer', () => {
  it('404 of something in between is no end', async () => {
    answer = () => Promise.reject(refusal(404))
    await expect(ask()).rejects.toMatchObject({ status: 404 })
    expect(await logged()).toEqual([])
  })

  it('404 is the end, as of its date', async () => {
    answer = () => Promise.reject(refusal(404, { codes: ['CMN-102'], atMs: Date.parse('2026-01-05T08:59:59Z') }))
    expect(await ask()).toEqual({ telephonySessionId: 's-1', asOf: '2026-01-05T08:59:59.000Z', found: false })
  })

  it.each([
    ['without a body', undefined],
    ['without parties', { id: 's-1' }],
    ['that is no object', 'gone'],
  ])('%s is none, and not the end', async (_what, body) => {
    answer = async () => ({ body, atMs: clock.nowMs() })
    await log.append(newEvent('s-1', 2, ['400102']))
    await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('should list its parties') })
    expect(await logged()).toEqual([])
  })
})

it('is counted by what became of the question', async () => {
  await ask('s-found')
  await ask('s-found')
  answer = async () => {
    throw refusal(404, { codes: ['CMN-102'] })
  }
  await ask('s-over')
  answer = async () => {
    throw refusal(500)
  }
  await ask('s-failed').catch(() => undefined)
  await ask('s-failed-too').catch(() => undefined)
  await ask('s-beyond').catch(() => undefined)
  const { text } = await metrics.render()
  const counted = text.split('\n').filter((line) => line.startsWith('ringside_status_requests_total'))
  expect(counted.map((line) => line.replace('ringside_status_requests_total', ''))).toEqual([
    '{result="found"} 1',
    '{result="over"} 1',
    '{result="failed"} 2',
    '{result="shared"} 1',
    '{result="over_budget"} 1',
  ])
})
