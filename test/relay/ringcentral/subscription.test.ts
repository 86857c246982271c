import * as v from 'valibot'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Settings } from '../../../relay/config.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import { type ApiRequest, RingCentralError, toRingCentralError } from '../../../relay/ringcentral/api.ts'
import { createSubscriptionOwner, type SubscriptionOwner } from '../../../relay/ringcentral/subscription.ts'
import { DAY_MS, formatInstant, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { settle } from '../support/subscriber-bench.ts'
import { LOOK_MS } from '../support/subscription-scene.ts'

/** The owner against a platform of a few lines, where each answer can be chosen. */

interface FakeSubscription {
  id: string
  status: string
  address: string
  secret: string
  filters: readonly string[]
  expiresAtMs: number
}

const ACCOUNT_FILTER = '/restapi/v1.0/account/~/telephony/sessions'
const REMINDER_FILTER = '/restapi/v1.0/subscription/~?threshold=259200&interval=43200'
const ADDRESS = 'https://relay.example/webhook'

let clock: ManualClock
let records: Records
let subscriptions: FakeSubscription[]
let requests: string[]
/** Answers in place of the usual ones, by method and the path's beginning. */
let failures: { match: RegExp; error: RingCentralError }[]
let disabled: readonly string[]
/** How the platform writes a filter that it was given. */
let spell: (filter: string) => string
let created: number
let logger: ReturnType<typeof createCollectedLogger>

beforeEach(() => {
  clock = createManualClock()
  records = createMemoryRecords()
  subscriptions = []
  requests = []
  failures = []
  disabled = []
  spell = (filter) => filter
  created = 0
  logger = createCollectedLogger()
})

function describeSubscription({ id, status, address, filters, expiresAtMs }: FakeSubscription) {
  return {
    id,
    status,
    eventFilters: filters.map((filter) => spell(filter.replace('account/~', 'account/400100'))),
    disabledFilters: disabled.map((filter) => ({ filter, reason: 'x', message: 'y' })),
    expirationTime: formatInstant(expiresAtMs),
    deliveryMode: { transportType: 'WebHook', address },
  }
}

async function send({ method, path, body }: ApiRequest): Promise<unknown> {
  const line = `${method} ${path.replace('/restapi/v1.0/', '')}`
  requests.push(line)
  const failure = failures.find(({ match }) => match.test(line))
  if (failure !== undefined) throw failure.error
  const id = path.split('/')[4]
  if (path.includes('/extension/')) return { id: 400109, account: { id: '400100' }, name: 'Service' }
  if (method === 'GET') return { records: subscriptions.map(describeSubscription) }
  if (method === 'DELETE') {
    subscriptions = subscriptions.filter((one) => one.id !== id)
    return undefined
  }
  const renewed = subscriptions.find((one) => one.id === id)
  if (renewed !== undefined) {
    renewed.expiresAtMs = clock.nowMs() + 7 * DAY_MS
    return describeSubscription(renewed)
  }
  const { deliveryMode, eventFilters, expiresIn } = body as {
    deliveryMode: { address: string; verificationToken: string }
    eventFilters: string[]
    expiresIn: number
  }
  const made: FakeSubscription = {
    id: `sub-${++created}`,
    status: 'Active',
    address: deliveryMode.address,
    secret: deliveryMode.verificationToken,
    filters: eventFilters,
    expiresAtMs: clock.nowMs() + expiresIn * SECOND_MS,
  }
  subscriptions.push(made)
  return describeSubscription(made)
}

const refusal = (status: number, code: string, retryAfterMs?: number) =>
  new RingCentralError(`RingCentral answered ${status} ${code}`, { status, codes: [code], retryAfterMs })

interface StartOptions {
  readonly settings?: Pick<Settings, 'scope' | 'extensions'>
  readonly publicUrl?: string
  /** In place of the platform's own answers. */
  readonly send?: (request: ApiRequest) => Promise<unknown>
}

async function start(options: StartOptions = {}): Promise<SubscriptionOwner> {
  const { settings = { scope: 'account', extensions: [] }, publicUrl = 'https://relay.example' } = options
  const owner = await createSubscriptionOwner({
    service: { send: options.send ?? send },
    records,
    clock,
    time: clock,
    logger: logger.logger,
    settings,
    publicUrl,
    random: () => 1,
  })
  owner.start()
  await settle()
  return owner
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await settle()
}

describe('at the start', () => {
  it('creates one for the account, with a reminder, a week of life and a secret of its own', async () => {
    const owner = await start()
    expect(subscriptions).toMatchObject([{ address: ADDRESS, filters: [ACCOUNT_FILTER, REMINDER_FILTER] }])
    expect(owner.state).toMatchObject({ status: 'Active', expiresAtMs: clock.nowMs() + 7 * DAY_MS })
    expect(owner.acceptedSecrets()).toEqual([subscriptions[0]?.secret])
    expect(owner.accountId).toBe('400100')
  })

  it('accepts the secret before the create call is answered', async () => {
    let accepted: readonly string[] = []
    const owner = await createSubscriptionOwner({
      service: {
        send: async (request) => {
          const isCreate = request.method === 'POST'
          if (isCreate) accepted = owner.acceptedSecrets()
          return send(request)
        },
      },
      records,
      clock,
      time: clock,
      logger: logger.logger,
      settings: { scope: 'account', extensions: [] },
      publicUrl: 'https://relay.example',
    })
    owner.start()
    await settle()
    expect(accepted).toEqual([subscriptions[0]?.secret])
  })

  it('keeps the one of before and creates nothing', async () => {
    await (await start()).close()
    const [before] = subscriptions
    requests = []
    const owner = await start()
    expect(subscriptions).toEqual([before])
    expect(requests).toEqual(['GET account/~/extension/~', 'GET subscription'])
    expect(owner.acceptedSecrets()).toEqual([before?.secret])
    expect(logger.text()).toContain('The subscription is kept')
  })

  it.each<[what: string, change: () => StartOptions]>([
    [
      'it is blacklisted',
      () => {
        for (const one of subscriptions) one.status = 'Blacklisted'
        return {}
      },
    ],
    ['the address is another', () => ({ publicUrl: 'https://other.example' })],
    ['the filters are others', () => ({ settings: { scope: 'extension', extensions: ['1'] } })],
  ])('creates another and deletes the old one when %s', async (_what, change) => {
    await (await start()).close()
    const [before] = subscriptions
    const owner = await start(change())
    expect(subscriptions.map(({ id }) => id)).toEqual(['sub-2'])
    expect(owner.acceptedSecrets()).toEqual([subscriptions[0]?.secret, before?.secret])
    await pass(5 * MINUTE_MS)
    expect(owner.acceptedSecrets()).toEqual([subscriptions[0]?.secret])
  })

  it('removes its own leftovers, and leaves those that lead elsewhere', async () => {
    const left = { status: 'Active', secret: 'x', filters: [ACCOUNT_FILTER], expiresAtMs: clock.nowMs() + DAY_MS }
    subscriptions = [
      { ...left, id: 'leftover', address: ADDRESS },
      { ...left, id: 'elsewhere', address: 'https://elsewhere.example/hook' },
    ]
    await start()
    expect(subscriptions.map(({ id }) => id)).toEqual(['elsewhere', 'sub-1'])
  })

  it('overlooks subscriptions that are no webhooks', async () => {
    const owner = await start({
      send: async (request) =>
        request.method === 'GET' && request.path.endsWith('/subscription')
          ? { records: [{ id: 'socket', deliveryMode: { transportType: 'WebSocket' } }] }
          : send(request),
    })
    expect(owner.state.status).toBe('Active')
  })

  it('makes room when there are too many', async () => {
    const left = { status: 'Active', secret: 'x', filters: [], expiresAtMs: clock.nowMs() + DAY_MS }
    subscriptions = [{ ...left, id: 'leftover', address: ADDRESS }]
    failures = [{ match: /^POST subscription$/, error: refusal(403, 'SUB-505') }]
    await start()
    expect(subscriptions).toEqual([])
    failures = []
    await pass(15 * MINUTE_MS)
    expect(subscriptions.map(({ id }) => id)).toEqual(['sub-1'])
  })
})

describe('later', () => {
  it('renews when half its life is over', async () => {
    const owner = await start()
    requests = []
    for (let look = 0; look < (3.5 * DAY_MS) / LOOK_MS - 1; look++) await pass(LOOK_MS)
    expect(requests.filter((line) => line.startsWith('POST'))).toEqual([])
    await pass(LOOK_MS)
    expect(requests.filter((line) => line.startsWith('POST'))).toEqual(['POST subscription/sub-1/renew'])
    expect(owner.state.expiresAtMs).toBe(clock.nowMs() + 7 * DAY_MS)
  })

  it('renews at once when it is reminded', async () => {
    const owner = await start()
    requests = []
    owner.renewSoon()
    await settle()
    expect(requests).toEqual(['GET subscription', 'POST subscription/sub-1/renew'])
  })

  it.each<[what: string, happen: () => void]>([
    ['was deleted', () => subscriptions.splice(0)],
    ['was blacklisted', () => Object.assign(subscriptions[0] ?? {}, { status: 'Blacklisted' })],
  ])('creates another within minutes when it %s', async (_what, happen) => {
    const owner = await start()
    happen()
    await pass(LOOK_MS)
    expect(subscriptions).toMatchObject([{ id: 'sub-2', status: 'Active' }])
    expect(owner.state.status).toBe('Active')
  })

  it.each<[what: string, happen: () => void]>([
    ['somebody changed its filters', () => Object.assign(subscriptions[0] ?? {}, { filters: [REMINDER_FILTER] })],
    ['somebody took its filters away', () => Object.assign(subscriptions[0] ?? {}, { filters: [] })],
  ])('creates another and deletes the old one when %s', async (_what, happen) => {
    await start()
    happen()
    await pass(LOOK_MS)
    expect(subscriptions).toMatchObject([{ id: 'sub-2', filters: [ACCOUNT_FILTER, REMINDER_FILTER] }])
  })

  it('keeps it however RingCentral spells the filters', async () => {
    spell = (filter) => filter.replace('threshold=259200&interval=43200', 'interval=43200&threshold=259200')
    await (await start()).close()
    const owner = await start()
    await pass(LOOK_MS)
    expect(requests.filter((line) => line === 'POST subscription')).toHaveLength(1)
    expect(owner.state.status).toBe('Active')
  })

  it('says which permission is missing when its filters are disabled, and keeps what there is', async () => {
    const owner = await start()
    disabled = [ACCOUNT_FILTER]
    await pass(LOOK_MS)
    expect(owner.state.status).toBe('None')
    expect(logger.text()).toContain('add the permission CallControl')
    expect(subscriptions.map(({ id }) => id)).toEqual(['sub-1'])
    expect(owner.acceptedSecrets()).toContain(subscriptions[0]?.secret)
  })

  it('says so when it has expired', async () => {
    const owner = await start()
    failures = [{ match: /./, error: refusal(500, 'CMN-201') }]
    await pass(8 * DAY_MS)
    expect(owner.state.status).toBe('Expired')
  })
})

function shapeFault(): unknown {
  try {
    return v.parse(v.object({ account: v.object({ id: v.string() }) }), { account: { id: null } })
  } catch (error) {
    return error
  }
}

describe('when RingCentral refuses', () => {
  it('waits longer each time, up to a minute', async () => {
    failures = [{ match: /^GET subscription/, error: refusal(503, 'CMN-211') }]
    await start()
    for (const delayMs of [2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * SECOND_MS)) {
      requests = []
      await pass(delayMs - 1)
      expect(requests).toEqual([])
      await pass(1)
      expect(requests).toEqual(['GET subscription'])
    }
  })

  it('with an answer of another shape: says where, and tries again', async () => {
    failures = [{ match: /^GET account/, error: await toRingCentralError(shapeFault()) }]
    const owner = await start()
    expect(logger.text()).toContain("RingCentral's answer has another shape: account.id should be string")
    failures = []
    await pass(2 * SECOND_MS)
    expect(owner.state.status).toBe('Active')
  })

  it('a create call that timed out: what it left behind is removed', async () => {
    const lost = new RingCentralError('RingCentral did not answer', {
      status: undefined,
      codes: [],
      retryAfterMs: undefined,
    })
    const answered = vi.fn(send)
    answered.mockImplementationOnce(send).mockImplementationOnce(send)
    answered.mockImplementationOnce(async (request) => {
      await send(request)
      throw lost
    })
    const owner = await start({ send: answered })
    expect(subscriptions.map(({ id }) => id)).toEqual(['sub-1'])
    await pass(2 * SECOND_MS)
    expect(subscriptions.map(({ id }) => id)).toEqual(['sub-2'])
    expect(owner.acceptedSecrets()).toEqual([subscriptions[0]?.secret])
  })
})

describe('filters that RingCentral spells another way than at first', () => {
  const passHours = async (hours: number) => {
    for (let minute = 0; minute < hours * 60; minute += 0.5) await pass(LOOK_MS)
  }

  it.each<[what: string, again: (filter: string) => string]>([
    ['with the parameters in another order', (filter) => filter.replace(/\?(.*)&(.*)/, '?$2&$1')],
    ['encoded', (filter) => filter.replace('threshold=259200', 'threshold=%32%35%39200')],
    ['with a slash at the end', (filter) => filter.replace(/sessions$/, 'sessions/')],
    ['as a whole address', (filter) => `https://platform.ringcentral.com${filter}`],
  ])('%s are the same', async (_what, again) => {
    await start()
    spell = again
    await passHours(1)
    expect(created).toBe(1)
  })

  it('in the list in words of its own: those are what it is compared with', async () => {
    spell = (filter) =>
      filter.replace('telephony/sessions', requests.at(-1)?.startsWith('GET') ? 'calls' : 'telephony/sessions')
    const owner = await start()
    await passHours(1)
    expect(created).toBe(1)
    expect(owner.state.status).toBe('Active')
    Object.assign(subscriptions[0] ?? {}, { filters: [REMINDER_FILTER] })
    await pass(LOOK_MS)
    expect(subscriptions).toMatchObject([{ id: 'sub-2' }])
  })

  it('at every look in other words: it is replaced once an hour at most, and an error says so', async () => {
    let looks = 0
    spell = (filter) => filter.replace('telephony/sessions', `calls-${looks++}`)
    const owner = await start()
    await passHours(2)
    expect(created).toBeLessThanOrEqual(3)
    expect(owner.state.status).toBe('Active')
    expect(subscriptions).toHaveLength(1)
    expect(logger.text()).toContain('"level":50')
    expect(logger.text()).toContain('it is kept')
  })
})

it('logs no secret', async () => {
  const owner = await start()
  for (const secret of owner.acceptedSecrets()) expect(logger.text()).not.toContain(secret)
})
