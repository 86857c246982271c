import { beforeEach, describe, expect, it } from 'vitest'
import { createDirectory, type KeptDirectory } from '../../../relay/directory/keep-directory.ts'
import { RingCentralError } from '../../../relay/ringcentral/api.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { settle } from '../support/subscriber-bench.ts'

const LEVEL = { slaGoal: 80, slaThresholdSeconds: 30, includeAbandonedCalls: true, abandonedThresholdSeconds: 5 }
const RULE = { agentTimeout: 20, wrapUpTime: 15, holdTime: 900, maxCallers: 25 }

let clock: ManualClock
let logger: ReturnType<typeof createCollectedLogger>
/** Answers by the end of the path; an error is thrown. */
let answers: Record<string, unknown>
let asked: string[]
let budget: number
let told: string[]
let directory: KeptDirectory

const refusal = (status: number, ...codes: string[]) =>
  new RingCentralError('refused', { status, codes, retryAfterMs: undefined })
const requests = (path: string) => asked.filter((one) => one.startsWith(`${path}?`) || one === path).length

beforeEach(() => {
  clock = createManualClock()
  logger = createCollectedLogger()
  answers = {
    '/directory/entries': {
      records: [
        { id: '400102', type: 'User', firstName: 'Bea', lastName: 'Lindqvist', extensionNumber: '102' },
        { id: 400201, type: 'Department', name: 'Sales', extensionNumber: '201' },
      ],
    },
    '/call-queues': { records: [{ id: '400201', name: 'Sales', extensionNumber: '201' }] },
    '/call-queues/400201': { serviceLevelSettings: LEVEL },
    '/call-queues/400201/members': { records: [{ id: 400102 }, { id: 400104 }] },
    '/extension/400201/answering-rule/business-hours-rule': { queue: RULE },
  }
  asked = []
  told = []
  budget = Number.POSITIVE_INFINITY
  directory = createDirectory({
    service: {
      async send({ path }) {
        const below = path.replace('/restapi/v1.0/account/~', '')
        asked.push(below)
        const answer = answers[below.split('?')[0] ?? '']
        if (answer instanceof Error) throw answer
        return typeof answer === 'function' ? answer(new URL(below, 'http://x').searchParams) : answer
      },
    },
    takeRequest() {
      budget -= 1
      return budget >= 0 ? 0 : MINUTE_MS
    },
    clock,
    logger: logger.logger,
    onRead: (part, error) => told.push(`${part} ${error === undefined ? 'read' : error.codes.join()}`),
  })
})

const sales = () => directory.queues.get('400201')

describe('The directory', () => {
  it('asks for nothing while nobody looks', async () => {
    await settle()
    clock.advance(DAY_MS)
    await settle()
    expect(asked).toEqual([])
    expect(directory.people.size).toBe(0)
  })

  it('has names and numbers of people and queues, and how the queues are set', async () => {
    directory.want()
    await settle()
    expect(Object.fromEntries(directory.people)).toEqual({
      400102: { name: 'Bea Lindqvist', type: 'User', extensionNumber: '102' },
      400201: { name: 'Sales', type: 'Department', extensionNumber: '201' },
    })
    expect(Object.fromEntries(directory.queues)).toEqual({
      400201: {
        name: 'Sales',
        extensionNumber: '201',
        members: ['400102', '400104'],
        slaGoal: 80,
        slaSeconds: 30,
        slaCountsAbandoned: true,
        abandonedAfterSeconds: 5,
        maxCallers: 25,
        maxWaitSeconds: 900,
        agentTimeoutSeconds: 20,
        wrapUpSeconds: 15,
      },
    })
    expect(told).toEqual(['directory read', 'queueSettings read'])
  })

  it('leaves out what RingCentral does not tell', async () => {
    answers['/call-queues/400201'] = {}
    answers['/extension/400201/answering-rule/business-hours-rule'] = { queue: { maxCallers: 'many' } }
    directory.want()
    await settle()
    expect(sales()).toEqual({ name: 'Sales', extensionNumber: '201', members: ['400102', '400104'] })
  })

  it.each<[what: string, entry: object, name: string]>([
    ['markup and what turns the direction', { name: '<b>Max\u202e</b>\n' }, '<b>Max</b>'],
    ['no name', { extensionNumber: '107' }, 'Extension 107'],
    ['nothing but an id', {}, 'Extension 9'],
    ['a name without end', { name: 'x'.repeat(5000) }, 'x'.repeat(100)],
  ])('shows all that is in a name: %s', async (_what, entry, name) => {
    answers['/directory/entries'] = { records: [null, { id: 9, ...entry }, 'odd'] }
    directory.want()
    await settle()
    expect(directory.people.get('9')?.name).toBe(name)
    expect(directory.people.size).toBe(1)
  })

  it('is read to the last page', async () => {
    answers['/directory/entries'] = (query: URLSearchParams) => ({
      records: [{ id: `4001${query.get('page')}`, name: `Page ${query.get('page')}` }],
      paging: { totalPages: 3 },
    })
    directory.want()
    await settle()
    expect([...directory.people.keys()]).toEqual(['40011', '40012', '40013'])
  })

  it('is read again each hour for a day after somebody looked, and then no more', async () => {
    directory.want()
    await settle()
    directory.want()
    await settle()
    expect(requests('/directory/entries')).toBe(1)
    for (let hours = 0; hours < 30; hours++) {
      clock.advance(HOUR_MS)
      await settle()
    }
    expect(requests('/directory/entries')).toBe(24)
    answers['/call-queues'] = { records: [] }
    directory.want()
    await settle()
    expect(directory.queues.size).toBe(0)
  })

  it('sends what queues cost only as the budget has room', async () => {
    budget = 1
    directory.want()
    await settle()
    expect(sales()).toEqual({ name: 'Sales', extensionNumber: '201', members: [] })
    expect(requests('/call-queues/400201/members')).toBe(0)
    budget = 2
    clock.advance(MINUTE_MS)
    await settle()
    expect(sales()?.wrapUpSeconds).toBe(15)
  })

  it.each<[what: string, error: Error]>([
    ['fails', refusal(503)],
    ['limits requests', refusal(429, 'CMN-301')],
    ['answers something else', new Error('another shape')],
  ])('goes on with what is known when RingCentral %s, and tries again within a minute', async (_what, error) => {
    directory.want()
    await settle()
    const before = directory.people
    const kept = answers['/directory/entries']
    answers['/directory/entries'] = error
    clock.advance(HOUR_MS)
    await settle()
    expect(directory.people).toBe(before)
    expect(sales()?.members).toHaveLength(2)
    answers['/directory/entries'] = kept
    clock.advance(MINUTE_MS)
    await settle()
    expect(requests('/directory/entries')).toBe(3)
    expect(logger.text()).toContain('The directory could not be read')
    expect(logger.text()).not.toContain('Lindqvist')
  })

  it('has the names without the settings, and asks again after an hour, where a permission is missing', async () => {
    answers['/call-queues'] = refusal(403, 'CMN-408')
    directory.want()
    await settle()
    expect(directory.people.size).toBe(2)
    expect(told).toEqual(['directory read', 'queueSettings CMN-408'])
    clock.advance(HOUR_MS - 1)
    await settle()
    expect(requests('/call-queues')).toBe(1)
    clock.advance(1)
    await settle()
    expect(requests('/call-queues')).toBe(2)
  })

  it('ends with the relay, also while it waits for room', async () => {
    budget = 0
    directory.want()
    await settle()
    const before = asked.length
    directory.close()
    clock.advance(DAY_MS)
    directory.want()
    await settle()
    expect(asked).toHaveLength(before)
  })
})
