import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../relay/clock.ts'
import { createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { createMetrics } from '../../../relay/metrics.ts'
import {
  type AppCredentials,
  createSdk,
  RingCentralError,
  readJson,
  type SdkOptions,
  toRingCentralError,
} from '../../../relay/ringcentral/api.ts'
import { createServiceClient } from '../../../relay/ringcentral/service.ts'
import { readServiceAccountId } from '../../../relay/ringcentral/who-is.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type Platform, type PlatformOptions, startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'

const running = new Set<Platform>()
let platform: Platform
afterEach(async () => {
  for (const one of running) await one.close()
  running.clear()
})

async function start(options?: PlatformOptions): Promise<Platform> {
  const started = await startPlatform(options)
  running.add(started)
  return started
}

function createClient(app: AppCredentials, jwt: string, options?: SdkOptions) {
  return createServiceClient(createSdk(app, options), {
    jwt,
    clock: systemClock,
    metrics: createMetrics(),
    time: createConfirmedTime(systemClock),
  })
}

function connect(changes: Partial<Platform['credentials']> = {}) {
  const { clientId, clientSecret, jwt } = { ...platform.credentials, ...changes }
  return createClient({ serverUrl: platform.url, clientId, clientSecret }, jwt)
}

/** With tokens of its own among many clients in the process, and little patience. */
function connectImpatiently(options: SdkOptions) {
  const { credentials, url } = platform
  return createClient({ serverUrl: url, ...credentials }, credentials.jwt, options)
}

const logins = () => platform.requests().filter(({ path }) => path === '/restapi/oauth/token').length
const me = { method: 'GET', path: '/restapi/v1.0/account/~/extension/~' } as const

it('logs in once for requests at the same time', async () => {
  platform = await start()
  const service = connect()
  await Promise.all([service.send(me), service.send(me), service.send(me)])
  expect(logins()).toBe(1)
  expect(await readServiceAccountId(service)).toBe(platform.accountId)
})

it('logs in again when its token has expired', async () => {
  let nowMs = Date.now()
  platform = await start({ nowMs: () => nowMs })
  const service = connect()
  await service.send(me)
  nowMs += 8 * 24 * 3_600_000
  expect(await service.send(me)).toMatchObject({ account: { id: platform.accountId } })
})

describe('tells a failure without its secrets', () => {
  it.each<[what: string, changes: () => Partial<Platform['credentials']>, status: number, code: string]>([
    ['a wrong client secret', () => ({ clientSecret: `wrong-${randomUUID()}` }), 401, 'OAU-146'],
    ['a wrong JWT', () => ({ jwt: 'not.the.one' }), 400, 'OAU-140'],
  ])('%s', async (_what, changes, status, code) => {
    platform = await start()
    const changed = changes()
    const error = await connect(changed)
      .send(me)
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RingCentralError)
    expect(error).toMatchObject({ status, codes: expect.arrayContaining([code]) })
    for (const secret of Object.values(changed)) expect(JSON.stringify(error) + String(error)).not.toContain(secret)
  })

  it('nobody listening', async () => {
    platform = await start()
    const service = connect()
    running.delete(platform)
    await platform.close()
    const error = await service.send(me).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: undefined, message: expect.stringContaining('RingCentral did not answer') })
  })
})

describe('gives up', () => {
  it.each(['extension', 'token'] as const)('after its time on a request that is not answered: %s', async (route) => {
    platform = await start()
    platform.misbehave.slowRequests(route)
    const error = await connectImpatiently({ timeoutMs: 30 })
      .send(me)
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({
      name: 'RingCentralError',
      status: undefined,
      message: 'RingCentral did not answer within 0.03 s',
    })
  })

  it('when it is told to', async () => {
    platform = await start()
    platform.misbehave.slowRequests('extension')
    const stopping = new AbortController()
    const answer = connectImpatiently({ signal: stopping.signal, timeoutMs: MINUTE_MS })
      .send(me)
      .catch((caught: unknown) => caught)
    await eventually(() => expect(logins()).toBe(1))
    stopping.abort()
    expect(await answer).toMatchObject({ name: 'RingCentralError', status: undefined })
  })
})

it('two clients in one process are two people', async () => {
  platform = await start()
  const other = await start()
  const { clientId, clientSecret, jwt } = other.credentials
  const elsewhere = createClient({ serverUrl: other.url, clientId, clientSecret }, jwt)
  await connect().send(me)
  await elsewhere.send(me)
  await connect().send(me)
  expect(logins()).toBe(2)
  expect([...platform.requests(), ...other.requests()].filter(({ status }) => status !== 200)).toEqual([])
})

it('what the SDK keeps of one is of no use to another', async () => {
  const app = { serverUrl: 'https://ringcentral.example', clientId: 'id', clientSecret: 'secret' }
  const [one, other] = [createSdk(app), createSdk(app)]
  await one.cache().setItem('token', { access_token: 'a' })
  expect(await one.cache().getItem('token')).toEqual({ access_token: 'a' })
  expect(await other.cache().getItem('token')).toBeNull()
})

it('names the permission that is missing', async () => {
  platform = await start()
  platform.misbehave.takeScope('ReadAccounts')
  const error = await connect()
    .send(me)
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ status: 403, codes: ['CMN-401'], permission: 'ReadAccounts' })
})

describe('reads how long to wait', () => {
  const failing = async (headers: Record<string, string>, body = '{}') =>
    toRingCentralError({ response: new Response(body, { status: 503, headers }) })

  it.each<[what: string, headers: Record<string, string>, retryAfterMs: number | undefined]>([
    ['in seconds', { 'retry-after': '12' }, 12_000],
    [
      'until a moment, by the answer’s own clock',
      { 'retry-after': 'Mon, 05 Jan 2026 09:01:30 GMT', date: 'Mon, 05 Jan 2026 09:00:00 GMT' },
      90_000,
    ],
    ['at least a second', { 'retry-after': '0' }, 1000],
    ['no longer than a quarter of an hour', { 'retry-after': '86400' }, 900_000],
    ['nothing', {}, undefined],
    ['nothing that can be read', { 'retry-after': 'soon' }, undefined],
    ['a moment without a clock', { 'retry-after': 'Mon, 05 Jan 2026 09:01:30 GMT' }, undefined],
  ])('%s', async (_what, headers, retryAfterMs) => {
    expect((await failing(headers)).retryAfterMs).toBe(retryAfterMs)
  })

  it('from an answer that is no JSON as well, and repeats nothing of it', async () => {
    const error = await failing({ 'retry-after': '3' }, '<h1>Ada Winter</h1>')
    expect(error).toMatchObject({ retryAfterMs: 3000, codes: [], message: 'RingCentral answered 503' })
    const read = await readJson(new Response('<h1>Ada Winter</h1>')).catch((caught: unknown) => caught)
    expect(String(read)).toContain('should be JSON')
    expect(String(read)).not.toContain('Ada')
  })
})
