import { BlockList } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { type AppDependencies, createApp } from '../../../relay/app.ts'
import { createFailureLimits } from '../../../relay/http/failure-limits.ts'
import { createUnderWay, type UnderWay } from '../../../relay/http/under-way.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { createMetrics, type Metrics } from '../../../relay/metrics.ts'
import type { SignIn } from '../../../relay/people/sign-in.ts'
import { parseTrustedProxies } from '../../../relay/trusted-proxies.ts'
import { MAX_BODY_BYTES } from '../../../relay/webhook/webhook.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { notification } from '../support/notification.ts'

const NO_PROXIES = parseTrustedProxies([]) ?? new BlockList()
const SECRET = 'the-current-secret'
const OLD_SECRET = 'the-previous-secret'

let log: EventLog
let reminders: number
let logText: () => string
let metrics: Metrics
let clock: ManualClock
let deliveries: UnderWay
let app: ReturnType<typeof createApp>

const noSignIn: SignIn = {
  start: async () => ({ fault: 'not here' }),
  finish: async () => undefined,
  redeem: async () => undefined,
  signOut: async () => false,
  close: async () => undefined,
}

/** What only the routes of signed-in people need. */
const notAsked = {} as Pick<
  AppDependencies,
  | 'capabilities'
  | 'client'
  | 'directory'
  | 'liveCalls'
  | 'publicUrl'
  | 'refusals'
  | 'rights'
  | 'rightsReading'
  | 'logins'
  | 'settings'
  | 'statuses'
>

function build(eventLog: EventLog): void {
  const collected = createCollectedLogger()
  log = eventLog
  clock = createManualClock()
  metrics = createMetrics()
  reminders = 0
  deliveries = createUnderWay()
  logText = collected.text
  app = createApp({
    ...notAsked,
    log,
    clock,
    deliveries,
    logger: collected.logger,
    signIn: noSignIn,
    extensionIds: [],
    acceptedSecrets: () => [SECRET, OLD_SECRET],
    refreshSecrets: async () => undefined,
    onReminder: () => {
      reminders += 1
    },
    metrics,
    failures: createFailureLimits(clock),
    trustedProxies: NO_PROXIES,
    unready: () => [{ part: 'subscription', reason: 'The subscription should be Active, but is None.' }],
    routing: { describe: () => ({ isOn: false, rules: [], faults: [] }), warnings: () => [] },
    crm: undefined,
    publicUrl: 'https://relay.example.com',
  })
}

beforeEach(() => build(createMemoryEventLog()))

async function post(body: string, headers: Record<string, string> = { 'verification-token': SECRET }) {
  return app.request('/webhook', { method: 'POST', body, headers })
}

const valid = (options = {}) => JSON.stringify(notification(options))

describe('the handshake', () => {
  it.each<[when: string, headers: Record<string, string>]>([
    ['before there is any secret', { 'validation-token': 'abc' }],
    ['with the secret beside it', { 'validation-token': 'abc', 'verification-token': SECRET }],
    ['with the secret itself', { 'validation-token': SECRET }],
  ])('is answered at any time: %s', async (_when, headers) => {
    const response = await post('', headers)
    expect(response.status).toBe(200)
    expect(response.headers.get('validation-token')).toBe(headers['validation-token'])
    expect(response.headers.get('content-type')).toBe('application/json')
    const text = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\r\n')
    expect(text.length + (await response.text()).length).toBeLessThan(512)
    expect(log.headPosition).toBe(0)
  })
})

describe('the secret', () => {
  it.each<[what: string, headers: Record<string, string>, status: number]>([
    ['in Verification-Token', { 'verification-token': SECRET }, 200],
    ['in Validation-Token', { 'validation-token': SECRET }, 200],
    ['of the subscription before', { 'verification-token': OLD_SECRET }, 200],
    ['missing', {}, 401],
    ['empty', { 'verification-token': '' }, 401],
    ['wrong', { 'verification-token': 'guess' }, 401],
    ['wrong, in a Validation-Token with a body', { 'validation-token': 'guess' }, 401],
    ['with something after it', { 'verification-token': `${SECRET}x` }, 401],
  ])('%s: %j gives %i', async (_what, headers, status) => {
    const response = await post(valid(), headers)
    expect(response.status).toBe(status)
    expect(log.headPosition).toBe(status === 200 ? 1 : 0)
    expect(await log.readAside()).toEqual([])
    if (status === 401) expect(await response.json()).toMatchObject({ code: 'wrong_secret' })
  })
})

describe('a telephony event', () => {
  it.each<[what: string, body: string, expected: object]>([
    ['as usual', valid(), { telephonySessionId: 's-1', extensionIds: ['400102'] }],
    ['with a state nobody knows', valid({ code: 'Teleported' }), { extensionIds: ['400102'] }],
    ['with several parties', valid({ owners: ['1', undefined, '2', '1'] }), { extensionIds: ['1', '2'] }],
    ['without parties', valid({ owners: [] }), { extensionIds: [] }],
    ['with numbers for ids', valid().replace('"400102"', '400102'), { extensionIds: ['400102'] }],
    [
      'with a key that is a trap',
      valid().replace('"body":{', '"__proto__":{"a":1},"body":{"__proto__":[],'),
      { extensionIds: ['400102'] },
    ],
  ])('%s is appended as it came', async (_what, body, expected) => {
    expect((await post(body)).status).toBe(200)
    expect(await log.read(0, 10)).toMatchObject([{ position: 1, text: body, ...expected }])
  })

  describe('in which a party leaves for another session', () => {
    const leaving = (reason: string | undefined) => {
      const event = notification({ telephonySessionId: 's-2', owners: ['400104'] })
      const [party] = event.body.parties
      const status = { code: 'Gone', reason, peerId: { telephonySessionId: 's-1' } }
      return JSON.stringify({ ...event, body: { ...event.body, parties: [{ ...party, status }] } })
    }
    it.each<[reason: string | undefined, extensionIds: readonly string[]]>([
      ['AttendedTransfer', ['400104', '400102', '400103']],
      [undefined, ['400104', '400102', '400103']],
      ['Hologram', ['400104', '400102', '400103']],
      ['Supervising', ['400104']],
      ['Pickup', ['400104']],
      ['Conference', ['400104']],
    ])('for %s is for the people of that one as well if it may put them through', async (reason, extensionIds) => {
      await post(valid({ owners: ['400102', '400103', undefined] }))
      await post(leaving(reason))
      expect(await log.read(1, 10)).toMatchObject([{ telephonySessionId: 's-2', extensionIds }])
    })

    it('that nobody has heard of is for its own people', async () => {
      await post(leaving('AttendedTransfer'))
      expect(await log.read(0, 10)).toMatchObject([{ extensionIds: ['400104'] }])
    })
  })

  it('is appended once when it comes again', async () => {
    await post(valid())
    expect((await post(valid())).status).toBe(200)
    expect(log.headPosition).toBe(1)
  })

  it('keeps apart uuids that only differ beyond what a double holds', async () => {
    const numbered = (uuid: string) => valid({ uuid: 'UUID' }).replace('"UUID"', uuid)
    await post(numbered('1823485288313944239'))
    await post(numbered('1823485288313944240'))
    expect(log.headPosition).toBe(2)
  })

  it('is not acknowledged when it could not be stored', async () => {
    build({ ...createMemoryEventLog(), append: () => Promise.reject(new Error('ENOSPC')) })
    const response = await post(valid())
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'log_unavailable' })
  })

  it('that could not be stored is told once a minute, however many there are', async () => {
    build({ ...createMemoryEventLog(), append: () => Promise.reject(new Error('ENOSPC')) })
    for (let delivery = 0; delivery < 5; delivery++) await post(valid())
    expect(logText().split('could not be stored')).toHaveLength(2)
    clock.advance(MINUTE_MS)
    await post(valid())
    expect(logText().split('could not be stored')).toHaveLength(3)
    expect(logText()).toContain('"count":5')
  })
})

describe('what is no telephony event', () => {
  it.each<[what: string, body: string, reason: string]>([
    ['nothing', '', 'the notification should be JSON'],
    ['not JSON', '{"uuid": +14085550102', 'the notification should be JSON'],
    ['a list', '[]', 'the notification should be an object, but is a list'],
    ['another event', '{"event":"/restapi/v1.0/account/1/presence","body":{}}', 'event should be a path that ends in'],
    ['no session', '{"body":{}}', 'body.telephonySessionId should be an id, but is missing'],
    [
      'a party without id',
      valid().replace('"id":"p-', '"x":"p-'),
      'body.parties[0].id should be an id, but is missing',
    ],
    ['far too deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'the notification should be JSON'],
  ])('%s is answered 200 and kept aside', async (_what, body, reason) => {
    expect((await post(body)).status).toBe(200)
    expect(log.headPosition).toBe(0)
    expect(await log.readAside()).toMatchObject([{ text: body, reason: expect.stringContaining(reason) }])
    expect(logText()).not.toContain('+14085550102')
  })

  it('what is kept aside is counted in the log', async () => {
    await post('{')
    await post('{')
    expect(logText()).toMatch(/"count":1.*"count":2/s)
  })

  it('a reminder asks for renewal', async () => {
    const reminder = { event: '/restapi/v1.0/subscription/abc?threshold=259200&interval=43200', body: {} }
    expect((await post(JSON.stringify(reminder))).status).toBe(200)
    expect(reminders).toBe(1)
    expect(await log.readAside()).toEqual([])
  })
})

describe('the size', () => {
  it.each<[what: string, bytes: number, status: number]>([
    ['just fits', MAX_BODY_BYTES, 200],
    ['is too much', MAX_BODY_BYTES + 1, 413],
  ])('%s', async (_what, bytes, status) => {
    const body = valid()
    const response = await post(body + ' '.repeat(bytes - body.length))
    expect(response.status).toBe(status)
    expect(log.headPosition).toBe(status === 200 ? 1 : 0)
  })
})

describe('other routes', () => {
  it.each<[method: string, path: string, status: number, content: object]>([
    ['GET', '/healthz', 200, { status: 'alive' }],
    ['GET', '/readyz', 503, { code: 'not_ready', detail: 'The subscription should be Active, but is None.' }],
    ['GET', '/v1/stream', 426, { code: 'upgrade_required' }],
    ['POST', '/auth/token', 400, { code: 'bad_request' }],
    ['DELETE', '/auth/token', 401, { code: 'unauthorised' }],
  ])('%s %s gives %i', async (method, path, status, content) => {
    const response = await app.request(path, { method })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(content)
  })
})

describe('what no route takes', () => {
  it.each(['/', '/v1', '/v1/nothing', '/v2/stream', '/auth', '/webhook/more', '/v1/sessions/s-1/parties/p-1/explode'])(
    '%s is not found',
    async (path) => {
      const response = await app.request(path, { method: 'POST' })
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 404, code: 'not_found' })
    },
  )

  it.each<[method: string, path: string, allowed: string]>([
    ['GET', '/webhook', 'POST'],
    ['PUT', '/webhook', 'POST'],
    ['POST', '/healthz', 'GET'],
    ['DELETE', '/metrics', 'GET'],
    ['GET', '/auth/token', 'POST, DELETE'],
    ['POST', '/v1/devices', 'GET'],
    ['PUT', '/v1/calls', 'GET, POST'],
    ['DELETE', '/v1/sessions/s-1', 'GET'],
    ['GET', '/v1/sessions/s-1/parties/p-1', 'DELETE'],
    ['GET', '/v1/sessions/s-1/parties/p-1/hold', 'POST'],
  ])('%s %s: 405 with what the path takes', async (method, path, allowed) => {
    const response = await app.request(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allowed)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed', detail: expect.stringContaining(method) })
  })
})

it('counts as under way until it is answered, whatever comes of it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { append } = log
  log.append = async (event) => {
    await promise
    return append(event)
  }
  const answer = post(valid())
  await expect.poll(() => deliveries.count).toBe(1)
  resolve()
  expect((await answer).status).toBe(200)
  expect(deliveries.count).toBe(0)
  log.append = () => Promise.reject(new Error('no room'))
  expect((await post(valid({ uuid: 'another' }))).status).toBe(503)
  expect(deliveries.count).toBe(0)
})
