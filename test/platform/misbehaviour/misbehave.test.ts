import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { loadNotifications } from '../../support/streams.ts'
import { PENALTY_S } from '../api/rate-limits.ts'
import { type Platform, startPlatform } from '../platform.ts'
import { choosePerson, createSignIn, logIn, refusalOf, requestToken, signIn } from '../test-client.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'

const WHO_AM_I = '/restapi/v1.0/account/~/extension/~'
const SUBSCRIPTION = '/restapi/v1.0/subscription'
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** A telephony event as it would be delivered. */
const FIRST_EVENT = JSON.stringify(loadNotifications('user-to-user')[0])

let platform: Platform
let webhook: WebhookReceiver
let sdk: Awaited<ReturnType<typeof logIn>>

beforeEach(async () => {
  platform = await startPlatform({ tidy: true })
  webhook = await startWebhookReceiver()
  sdk = await logIn(platform)
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

const logInAgain = () => requestToken(platform, { grant_type: JWT_GRANT, assertion: platform.credentials.jwt })

describe('deliveries', () => {
  const replay = () => platform.replay('user-to-user', { speed: Number.POSITIVE_INFINITY })
  const codes = () => webhook.deliveries.map(({ text }) => JSON.parse(text).body.parties[0].status.code)
  beforeEach(() =>
    sdk.post(SUBSCRIPTION, {
      eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
      deliveryMode: { transportType: 'WebHook', address: webhook.address, verificationToken: 'secret-1' },
    }),
  )

  test('that fit are lost, until it is stopped, and nobody is blamed', async () => {
    const stop = platform.misbehave.dropDeliveries({ matching: /"code":"Answered"/ })
    await replay()
    expect(codes()).toEqual(['Setup', 'Setup', 'Proceeding', 'Hold', 'Disconnected', 'Disconnected'])
    stop()
    await replay()
    expect(webhook.deliveries).toHaveLength(6 + 9)
  })

  test('are lost by chance, the same ones for the same seed', async () => {
    platform.misbehave.dropDeliveries({ share: 1 / 2 })
    await replay()
    const arrived = codes()
    expect(arrived.length).toBeGreaterThan(0)
    expect(arrived.length).toBeLessThan(9)
    const twin = await startPlatform({ tidy: true })
    await (await logIn(twin)).post(SUBSCRIPTION, {
      eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
      deliveryMode: { transportType: 'WebHook', address: webhook.address },
    })
    webhook.deliveries.splice(0)
    twin.misbehave.dropDeliveries({ share: 1 / 2 })
    await twin.replay('user-to-user', { speed: Number.POSITIVE_INFINITY })
    expect(codes()).toEqual(arrived)
    await twin.close()
  })

  test('come late, behind those that come after them', async () => {
    platform.misbehave.delayDeliveries(40, { matching: /"sequence":2,/ })
    const sent = platform.deliver(JSON.parse(FIRST_EVENT))
    await platform.deliver(JSON.parse(FIRST_EVENT.replace('"sequence":2,', '"sequence":3,')))
    await sent
    expect(webhook.deliveries.map(({ text }) => JSON.parse(text).body.sequence)).toEqual([3, 2])
  })

  test('come several times with the same uuid', async () => {
    platform.misbehave.repeatDeliveries(3)
    await platform.deliver(JSON.parse(FIRST_EVENT))
    expect(new Set(webhook.deliveries.map(({ text }) => text)).size).toBe(1)
    expect(webhook.deliveries).toHaveLength(3)
  })

  test.each([
    ['another token', 'wrong', 'wrong'],
    ['no token', undefined, undefined],
  ])('carry %s', async (_what, token, carried) => {
    platform.misbehave.falsifyToken(token)
    await platform.deliver(JSON.parse(FIRST_EVENT))
    expect(webhook.deliveries.map(({ headers }) => headers['verification-token'])).toEqual([carried])
  })
})

describe('requests', () => {
  test('get another answer so many times', async () => {
    platform.misbehave.answerRequests('api', { status: 503, retryAfterS: 7 }, { times: 2 })
    const headers = { authorization: await sdk.authHeader() }
    const first = await fetch(platform.url + WHO_AM_I, { headers })
    expect(first.status).toBe(503)
    expect(first.headers.get('retry-after')).toBe('7')
    expect(await first.json()).toMatchObject({ errors: [{ errorCode: 'CMN-203' }] })
    expect(await refusalOf(sdk.get(WHO_AM_I))).toMatchObject({ status: 503 })
    expect((await sdk.get(WHO_AM_I)).status).toBe(200)
  })

  test('of one route alone, with a code of choice', async () => {
    const stop = platform.misbehave.answerRequests('create subscription', { status: 400, errorCode: 'SUB-524' })
    expect(await refusalOf(sdk.post(SUBSCRIPTION, {}))).toEqual({ status: 400, errorCode: 'SUB-524' })
    expect((await sdk.get(SUBSCRIPTION)).status).toBe(200)
    stop()
    expect(await refusalOf(sdk.post(SUBSCRIPTION, {}))).toEqual({ status: 400, errorCode: 'CMN-101' })
  })

  test('are cut, and the log says so', async () => {
    platform.misbehave.resetRequests(/ \/restapi\/v1\.0\/subscription/, { times: 1 })
    await expect(sdk.get(SUBSCRIPTION)).rejects.toThrow('socket hang up')
    expect(platform.requests().at(-1)).toMatchObject({ path: SUBSCRIPTION, status: 0 })
    expect((await sdk.get(SUBSCRIPTION)).status).toBe(200)
  })

  test('are carried out although the answer is lost', async () => {
    platform.misbehave.resetRequests('create subscription', { times: 1, isCarriedOut: true })
    const wish = {
      eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
      deliveryMode: { transportType: 'WebHook', address: webhook.address },
    }
    await expect(sdk.post(SUBSCRIPTION, wish)).rejects.toThrow('socket hang up')
    expect(platform.subscriptions()).toHaveLength(1)
  })

  test('wait until it is stopped', async () => {
    const stop = platform.misbehave.slowRequests('extension')
    const answered = vi.fn()
    const answer = sdk.get(WHO_AM_I).then(answered)
    await sdk.get(SUBSCRIPTION)
    expect(answered).not.toHaveBeenCalled()
    stop()
    await answer
    expect(answered).toHaveBeenCalled()
  })

  test('wait for so long', async () => {
    platform.misbehave.slowRequests('extension', 50)
    const timers = vi.spyOn(globalThis, 'setTimeout')
    await sdk.get(WHO_AM_I)
    expect(timers).toHaveBeenCalledWith(expect.any(Function), 50)
    timers.mockRestore()
  })

  test('are logged with their time and what they counted towards', async () => {
    await platform.passTime(5_000)
    const atMs = platform.nowMs()
    await sdk.get(WHO_AM_I)
    const logged = platform.requests().at(-1)
    expect(logged).toMatchObject({
      method: 'GET',
      path: WHO_AM_I,
      status: 200,
      rateGroup: 'Light',
      isDuringPenalty: false,
    })
    expect((logged?.atMs ?? 0) - atMs).toBeLessThan(1_000)
    expect(logged?.atMs).toBeGreaterThanOrEqual(atMs)
  })
})

describe('rate limits', () => {
  const ask = async () => {
    const { status, headers } = await fetch(platform.url + WHO_AM_I, {
      headers: { authorization: await sdk.authHeader() },
    })
    return { status, retryAfter: headers.get('retry-after'), remaining: headers.get('x-rate-limit-remaining') }
  }
  const duringPenalty = () => platform.requests().filter(({ isDuringPenalty }) => isDuringPenalty).length
  const OK = { status: 200, retryAfter: null }
  const REFUSED = { status: 429, retryAfter: '60', remaining: '0' }

  test('one request too many is refused with a penalty, which each request starts again', async () => {
    platform.misbehave.limitRates({ Light: 2 })
    expect(await ask()).toEqual({ ...OK, remaining: '1' })
    expect(await ask()).toEqual({ ...OK, remaining: '0' })
    expect(await ask()).toEqual(REFUSED)
    expect(duringPenalty()).toBe(0)
    await platform.passTime((PENALTY_S - 1) * 1_000)
    expect(await ask()).toEqual(REFUSED)
    expect(duringPenalty()).toBe(1)
    await platform.passTime((PENALTY_S - 1) * 1_000)
    expect(await ask()).toEqual(REFUSED)
    await platform.passTime(PENALTY_S * 1_000)
    expect(await ask()).toEqual({ ...OK, remaining: '1' })
  })

  test('a penalty is of one group, one person and one app', async () => {
    platform.misbehave.limitRates({ Light: 0 })
    expect(await refusalOf(sdk.get(WHO_AM_I))).toEqual({ status: 429, errorCode: 'CMN-301' })
    expect(await refusalOf(sdk.post(SUBSCRIPTION, {}))).toMatchObject({ status: 400 })
  })

  test('a penalty from nowhere, without Retry-After', async () => {
    platform.misbehave.hideRetryAfter()
    platform.misbehave.penalise('Light')
    expect(await ask()).toEqual({ status: 429, retryAfter: null, remaining: '0' })
    await platform.passTime(PENALTY_S * 1_000)
    expect(await ask()).toMatchObject(OK)
  })

  test('logins are a group of their own: five a minute', async () => {
    for (let login = 2; login <= 5; login += 1) expect((await logInAgain()).status).toBe(200)
    const refused = await logInAgain()
    expect(refused.status).toBe(429)
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '60',
      'x-rate-limit-group': 'auth',
      'x-rate-limit-limit': '5',
    })
    expect((await (await signIn(platform, '400102')).get(WHO_AM_I)).status).toBe(200)
  })

  test.each([
    ['light', '50', () => ({ method: 'GET' })],
    ['medium', '40', () => ({ method: 'POST', body: '{}' })],
  ])('%s is %s a minute', async (group, limit, request) => {
    const headers = { authorization: await sdk.authHeader() }
    const answer = await fetch(platform.url + SUBSCRIPTION, { ...request(), headers })
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-rate-limit-group': group,
      'x-rate-limit-limit': limit,
      'x-rate-limit-window': '60',
    })
  })
})

describe('credentials', () => {
  test('a revoked JWT is refused, and its logins end', async () => {
    const giveBack = platform.misbehave.revokeJwt()
    const refused = await logInAgain()
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: 'invalid_grant', errors: [{ errorCode: 'OAU-140' }] })
    await expect(sdk.get(WHO_AM_I)).rejects.toThrow()
    giveBack()
    expect((await logInAgain()).status).toBe(200)
  })

  test('a spent refresh token is refused while the access token lives', async () => {
    const { refresh_token, access_token } = await (await logInAgain()).json()
    platform.misbehave.spendRefreshTokens('400109')
    const refused = await requestToken(platform, { grant_type: 'refresh_token', refresh_token })
    expect(await refused.json()).toMatchObject({ errors: [{ errorCode: 'OAU-213' }] })
    const headers = { authorization: `Bearer ${access_token}` }
    expect((await fetch(platform.url + WHO_AM_I, { headers })).status).toBe(200)
  })

  test('access tokens can be made short', async () => {
    const stop = platform.misbehave.shortenAccessTokens(30)
    expect(await (await logInAgain()).json()).toMatchObject({ expires_in: 30 })
    stop()
    expect(await (await logInAgain()).json()).toMatchObject({ expires_in: 3600 })
  })

  test('the sixth login at once ends the first', async () => {
    const [first, second] = [await (await logInAgain()).json(), await (await logInAgain()).json()]
    await platform.passTime(60_000)
    for (let login = 0; login < 4; login += 1) await logInAgain()
    const ask = ({ access_token }: { access_token: string }) =>
      fetch(platform.url + WHO_AM_I, { headers: { authorization: `Bearer ${access_token}` } })
    expect((await ask(first)).status).toBe(401)
    expect((await ask(second)).status).toBe(200)
  })
})

describe('people', () => {
  const read = async (extensionId: string) => (await sdk.get(`/restapi/v1.0/account/~/extension/${extensionId}`)).json()

  test('somebody is disabled: their logins end, nobody signs in as them, and the account says so', async () => {
    const bea = await signIn(platform, '400102')
    const enable = platform.misbehave.disablePerson('400102')
    await expect(bea.get(WHO_AM_I)).rejects.toThrow()
    const target = await choosePerson(platform, createSignIn(platform), '400102')
    expect(target.searchParams.get('error')).toBe('access_denied')
    expect(await read('400102')).toMatchObject({ status: 'Disabled' })
    enable()
    expect(await read('400102')).toMatchObject({ status: 'Enabled' })
    expect((await (await signIn(platform, '400102')).get(WHO_AM_I)).status).toBe(200)
  })

  test('somebody moves to the other account: gone here, there with the same login', async () => {
    const bea = await signIn(platform, '400102')
    platform.misbehave.movePerson('400102')
    expect(await (await bea.get(WHO_AM_I)).json()).toMatchObject({ id: 400102, account: { id: '500100' } })
    await expect(read('400102')).rejects.toThrow('not found')
  })

  test.each([
    ['one person', (): unknown => platform.misbehave.takePermission('ReadAccounts', '400102'), 'CMN-408', true],
    ['everybody', (): unknown => platform.misbehave.takePermission('ReadAccounts'), 'CMN-408', false],
    ['the apps', (): unknown => platform.misbehave.takeScope('ReadAccounts'), 'CMN-401', false],
  ])('a permission is taken from %s', async (_whom, take, errorCode, othersHaveIt) => {
    const bea = await signIn(platform, '400102')
    take()
    expect(await refusalOf(bea.get(WHO_AM_I))).toEqual({ status: 403, errorCode })
    expect((await refusalOf(sdk.get(WHO_AM_I))) === undefined).toBe(othersHaveIt)
  })
})
