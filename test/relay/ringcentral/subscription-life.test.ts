import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Records } from '../../../relay/log/records.ts'
import { createSdk, RingCentralError, type TimedServiceClient } from '../../../relay/ringcentral/ringcentral.ts'
import { createServiceClient } from '../../../relay/ringcentral/ringcentral-service.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import type { Platform } from '../../platform/platform.ts'
import { startFixture } from '../support/relay-fixture.ts'
import { LOOK_MS, type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** The subscription at the stand-in RingCentral: everything that can become of it, and what the relay makes of that. */

const EXTENSION = { settings: { scope: 'extension', extensions: ['400102'] } } as const
const SERVICE_USER = '400109'

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

const secretsAtPlatform = () => scene.platform.subscriptions().map(({ verificationToken }) => verificationToken)
const creates = (lines: readonly string[]) => lines.filter((line) => line === 'POST v1.0/subscription')

describe('a subscription that is lost', () => {
  it.each<[what: string, happen: (platform: Platform) => void, word: string]>([
    ['expires', ({ misbehave }) => misbehave.expireSubscription(), 'None'],
    ['is deleted', ({ misbehave }) => misbehave.deleteSubscription(), 'None'],
    ['is blacklisted', ({ misbehave }) => misbehave.blacklistSubscription(), 'Blacklisted'],
    ['is suspended', ({ misbehave }) => misbehave.suspendSubscription(), 'Suspended'],
  ])('%s: created again once, within half a minute', async (_what, happen, word) => {
    const told: string[] = []
    const owner = await scene.start({ onInPlace: (change) => told.push(change) })
    const [before] = scene.platform.subscriptions()
    happen(scene.platform)
    const release = scene.platform.misbehave.answerRequests('create subscription', { status: 503 }, { times: 1 })
    await scene.pass(LOOK_MS)
    expect(owner.state.status).toBe(word)
    release()
    scene.takeRequests()
    await scene.pass(2000)
    expect(creates(scene.takeRequests())).toHaveLength(1)
    expect(scene.platform.subscriptions()).toMatchObject([{ status: 'Active', address: scene.webhook.address }])
    expect(scene.platform.subscriptions()[0]?.id).not.toBe(before?.id)
    expect(owner.state.status).toBe('Active')
    expect(told).toEqual(['started', 'recreated'])
    await scene.pass(LOOK_MS)
    expect(creates(scene.takeRequests())).toEqual([])
  })

  it('lost its rights: says which are missing, and comes back with them', async () => {
    const owner = await scene.start()
    const giveBack = scene.platform.misbehave.takePermission('CallControl', SERVICE_USER)
    await scene.pass(LOOK_MS)
    expect(owner.state.status).not.toBe('Active')
    expect(scene.logText()).toContain('which need CallControl: in the RingCentral console, let the user')
    giveBack()
    await scene.pass(15 * MINUTE_MS)
    expect(owner.state.status).toBe('Active')
    expect(scene.platform.subscriptions()).toHaveLength(1)
  })

  it('never had them: the app lacks the scope', async () => {
    scene.platform.misbehave.takeScope('CallControl')
    const owner = await scene.start()
    expect(owner.state.status).toBe('None')
    expect(scene.platform.subscriptions()).toEqual([])
    expect(scene.logText()).toContain('add the permission CallControl to the app')
  })
})

describe('its life', () => {
  it('is renewed by timer when half of it is over, and by the end that RingCentral gives', async () => {
    const owner = await scene.start()
    scene.takeRequests()
    const isRenewal = expect.stringMatching(/^POST .*\/renew$/)
    await scene.pass(3.5 * DAY_MS - 2 * LOOK_MS)
    expect(scene.takeRequests()).not.toContainEqual(isRenewal)
    await scene.passSlowly(2 * LOOK_MS, LOOK_MS)
    expect(scene.takeRequests()).toContainEqual(isRenewal)
    expect(owner.state.expiresAtMs).toBe(Date.parse(scene.platform.subscriptions()[0]?.expirationTime ?? ''))
    expect(owner.state.expiresAtMs).toBe(scene.clock.nowMs() + 7 * DAY_MS)
  })

  it('is replaced before its end when renewals do not prolong it', async () => {
    const owner = await scene.start()
    const [before] = scene.platform.subscriptions()
    scene.platform.misbehave.answerRequests(/\/renew$/, { status: 500 })
    await scene.pass(7 * DAY_MS - 4 * MINUTE_MS)
    await vi.waitFor(async () => {
      await scene.pass(LOOK_MS / 4)
      expect(scene.platform.subscriptions()[0]?.id).not.toBe(before?.id)
    })
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(owner.state.status).toBe('Active')
    expect(owner.acceptedSecrets()).toContain(before?.verificationToken)
  })

  it('survives a relay that was away for most of it', async () => {
    await (await scene.start()).close()
    await scene.pass(6 * DAY_MS)
    scene.takeRequests()
    const owner = await scene.start()
    expect(creates(scene.takeRequests())).toEqual([])
    expect(owner.state.expiresAtMs).toBe(scene.clock.nowMs() + 7 * DAY_MS)
  })
})

it('a reminder renews it, through the webhook', async () => {
  const fixture = await startFixture()
  const renewals = () => fixture.platform.requests().filter(({ path }) => path.endsWith('/renew'))
  await fixture.platform.passTime(4 * DAY_MS)
  await vi.waitFor(() => expect(renewals()).toMatchObject([{ status: 200 }]))
  expect(fixture.platform.subscriptions()).toHaveLength(1)
  await fixture.close()
})

describe('another address, or other filters', () => {
  it.each([
    ['other filters', EXTENSION],
    ['another spelling of the address', { publicUrl: '' }],
  ] as const)(
    '%s: created first, then the old one deleted, and both secrets are taken meanwhile',
    async (_what, change) => {
      await (await scene.start()).close()
      const [before] = scene.platform.subscriptions()
      scene.takeRequests()
      const publicUrl = scene.webhook.address.replace('127.0.0.1', 'localhost').replace(/\/webhook$/, '')
      const owner = await scene.start('publicUrl' in change ? { publicUrl } : change)
      expect(scene.takeRequests()).toEqual([
        'GET v1.0/subscription',
        'POST v1.0/subscription',
        `DELETE v1.0/subscription/${before?.id}`,
      ])
      const [secret] = secretsAtPlatform()
      expect(owner.acceptedSecrets()).toEqual([secret, before?.verificationToken])
      await scene.pass(5 * MINUTE_MS - 1)
      expect(owner.acceptedSecrets()).toHaveLength(2)
      await scene.pass(1)
      expect(owner.acceptedSecrets()).toEqual([secret])
    },
  )

  it('for extensions there is a filter each', async () => {
    await scene.start({ settings: { scope: 'extension', extensions: ['400102', '400104'] } })
    expect(scene.platform.subscriptions()[0]?.eventFilters).toMatchObject([
      '/restapi/v1.0/account/400100/extension/400102/telephony/sessions',
      '/restapi/v1.0/account/400100/extension/400104/telephony/sessions',
      expect.stringContaining('threshold='),
    ])
  })
})

describe('a crash', () => {
  /** Records that are not written any more after so many times; the process ends there. */
  function stoppingAfter(writes: number): Records {
    let left = writes
    return {
      ...scene.records,
      put: (key, value) => (left-- > 0 ? scene.records.put(key, value) : new Promise<never>(() => undefined)),
    }
  }
  const silent: TimedServiceClient = {
    send: () => new Promise<never>(() => undefined),
    sendTimed: () => new Promise<never>(() => undefined),
  }
  /** A service whose create call is never answered, or never even sent. */
  function stoppingAtCreate(isSent: boolean): TimedServiceClient {
    const send: TimedServiceClient['send'] = async (request) => {
      if (request.method !== 'POST') return scene.service.send(request)
      if (isSent) await scene.service.send(request)
      return new Promise<never>(() => undefined)
    }
    return { ...scene.service, send }
  }

  it.each<[point: string, crash: () => Parameters<SubscriptionScene['start']>[0], orphans: number]>([
    ['before the secret is stored', () => ({ records: stoppingAfter(0) }), 0],
    ['before the create call', () => ({ service: stoppingAtCreate(false) }), 0],
    ['before the create call is answered', () => ({ service: stoppingAtCreate(true) }), 1],
    ['before the id is stored', () => ({ records: stoppingAfter(1) }), 1],
  ])('%s: one subscription, and no delivery is refused', async (_point, crash, orphans) => {
    // What crashed can't be closed either.
    await scene.start({ ...crash(), isKilled: true })
    expect(scene.platform.subscriptions()).toHaveLength(orphans)
    const orphaned = secretsAtPlatform()
    // Before a request of the next start is answered, deliveries of what was left behind are taken.
    const waiting = await scene.start({ service: silent, isKilled: true })
    expect(waiting.acceptedSecrets()).toEqual(expect.arrayContaining(orphaned))
    const owner = await scene.start()
    expect(scene.platform.subscriptions()).toMatchObject([{ status: 'Active' }])
    expect(owner.acceptedSecrets()).toEqual(expect.arrayContaining([...orphaned, ...secretsAtPlatform()]))
  })

  it('after the id is stored: it is kept', async () => {
    await scene.start()
    const [before] = scene.platform.subscriptions()
    const next = await scene.start()
    expect(scene.platform.subscriptions()).toMatchObject([{ id: before?.id }])
    expect(next.acceptedSecrets()).toEqual([before?.verificationToken])
  })

  it('before the old one is deleted: it is deleted then', async () => {
    await (await scene.start()).close()
    const [old] = scene.platform.subscriptions()
    const service: TimedServiceClient = {
      ...scene.service,
      send: (request) =>
        request.method === 'DELETE' ? new Promise<never>(() => undefined) : scene.service.send(request),
    }
    await scene.start({ ...EXTENSION, service, isKilled: true })
    expect(scene.platform.subscriptions()).toHaveLength(2)
    const owner = await scene.start(EXTENSION)
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(scene.platform.subscriptions()[0]?.id).not.toBe(old?.id)
    expect(owner.acceptedSecrets()).toEqual([...secretsAtPlatform(), old?.verificationToken])
  })

  it('with another address after it: what it left at the old one is removed', async () => {
    await scene.start({ service: stoppingAtCreate(true), isKilled: true })
    expect(scene.platform.subscriptions()).toHaveLength(1)
    const publicUrl = scene.webhook.address.replace('127.0.0.1', 'localhost').replace(/\/webhook$/, '')
    await scene.start({ publicUrl })
    expect(scene.platform.subscriptions()).toMatchObject([{ address: `${publicUrl}/webhook` }])
  })
})

describe('at the limit', () => {
  const create = (address: string) =>
    scene.service.send({
      method: 'POST',
      path: '/restapi/v1.0/subscription',
      body: {
        eventFilters: ['/restapi/v1.0/account/~/telephony/sessions'],
        deliveryMode: { transportType: 'WebHook', address },
      },
    })

  it('own leftovers make room', async () => {
    await scene.close()
    scene = await startSubscriptionScene({ maxSubscriptions: 2 })
    await create(scene.webhook.address)
    await create(scene.webhook.address)
    const owner = await scene.start()
    expect(owner.state.status).toBe('Active')
    expect(scene.platform.subscriptions()).toHaveLength(1)
  })

  it('when none is ours it says so', async () => {
    await scene.close()
    scene = await startSubscriptionScene({ maxSubscriptions: 1 })
    await create(scene.webhook.address.replace('/webhook', '/another'))
    const owner = await scene.start()
    expect(owner.state.status).toBe('None')
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(scene.logText()).toContain('RingCentral takes no more subscriptions')
  })
})

describe('a refusal', () => {
  type Code = readonly [code: string, status: 400 | 403 | 404 | 500, says: string]
  const rights = [402, 403, 404, 405, 406, 407, 408].map(
    (number): Code => [`SUB-${number}`, 403, 'give that user a role in the RingCentral console'],
  )

  it.each<Code>([
    ...rights,
    ['SUB-508', 400, 'RELAY_EXTENSIONS should hold extension ids'],
    ['SUB-515', 400, 'RELAY_EXTENSIONS should hold extension ids'],
    ['SUB-524', 400, 'serve the whole certificate chain'],
    ['SUB-525', 400, 'no proxy adds headers'],
    ['CMN-101', 400, 'RELAY_PUBLIC_URL should be a public https address'],
    ['CMN-401', 403, 'to the app in the RingCentral console'],
    ['CMN-408', 403, 'a role in the RingCentral console'],
  ])('%s: one line that says what to change, then quiet for a quarter of an hour', async (errorCode, status, says) => {
    const mend = scene.platform.misbehave.answerRequests('create subscription', { status, errorCode })
    const owner = await scene.start()
    scene.takeRequests()
    await scene.pass(15 * MINUTE_MS - 1)
    expect(scene.takeRequests()).toEqual([])
    await scene.pass(1)
    expect(creates(scene.takeRequests())).toHaveLength(1)
    expect(scene.logText().split(says)).toHaveLength(2)
    mend()
    await scene.pass(15 * MINUTE_MS)
    expect(owner.state.status).toBe('Active')
  })

  it.each<Code>([
    ['SUB-507', 404, 'trying again'],
    ['CMN-102', 404, 'trying again'],
    ['SUB-521', 400, 'RingCentral does not reach RELAY_PUBLIC_URL/webhook'],
    ['SUB-522', 400, 'Something else than this relay answers'],
    ['CMN-203', 500, 'trying again'],
  ])('%s: tried again after two seconds', async (errorCode, status, says) => {
    scene.platform.misbehave.answerRequests('create subscription', { status, errorCode }, { times: 1 })
    const owner = await scene.start()
    expect(owner.state.status).toBe('None')
    expect(scene.logText()).toContain(says)
    await scene.pass(2000)
    expect(owner.state.status).toBe('Active')
  })

  it.each([['SUB-507'], ['CMN-102']])('%s of a renewal: created again', async (errorCode) => {
    const owner = await scene.start()
    const [before] = scene.platform.subscriptions()
    scene.platform.misbehave.answerRequests(/\/renew$/, { status: 404, errorCode }, { times: 1 })
    scene.platform.misbehave.deleteSubscription()
    const list = scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 500 }, { times: 1 })
    owner.renewSoon()
    await scene.idle()
    list()
    await scene.pass(2000)
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(scene.platform.subscriptions()[0]?.id).not.toBe(before?.id)
  })

  it('an unreachable webhook is named once, and tried again ever more slowly', async () => {
    scene.platform.misbehave.answerRequests('create subscription', { status: 400, errorCode: 'SUB-521' })
    await scene.start()
    scene.takeRequests()
    await scene.passSlowly(3 * MINUTE_MS)
    expect(creates(scene.takeRequests())).toHaveLength(6)
    expect(scene.logText().split('does not reach')).toHaveLength(2)
  })

  it('a create call whose answer is lost leaves one subscription and one secret', async () => {
    scene.platform.misbehave.resetRequests('create subscription', { times: 1, isCarriedOut: true })
    const owner = await scene.start()
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(owner.acceptedSecrets()).toEqual(secretsAtPlatform())
    await scene.pass(2000)
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(owner.acceptedSecrets()).toEqual(secretsAtPlatform())
    expect(owner.state.status).toBe('Active')
  })
})

describe('a rate limit', () => {
  const duringPenalty = () => scene.platform.requests().filter(({ isDuringPenalty }) => isDuringPenalty)

  it.each<[group: 'Light' | 'Medium' | 'Auth', isTold: string, hasRetryAfter: boolean]>([
    ['Light', 'with Retry-After', true],
    ['Medium', 'with Retry-After', true],
    ['Auth', 'with Retry-After', true],
    ['Light', 'without', false],
    ['Medium', 'without', false],
    ['Auth', 'without', false],
  ])('of %s, %s: nothing of it is sent until it is over', async (group, _isTold, hasRetryAfter) => {
    if (!hasRetryAfter) scene.platform.misbehave.hideRetryAfter()
    scene.platform.misbehave.penalise(group)
    const owner = await scene.start()
    await scene.passSlowly(2 * MINUTE_MS)
    // The one that was told.
    expect(duringPenalty()).toHaveLength(1)
    expect(owner.state.status).toBe('Active')
  })

  it('is never disturbed, however much is asked for minutes', async () => {
    await scene.start()
    scene.platform.misbehave.limitRates({ Light: 3 })
    const refused = () => scene.platform.requests().filter(({ status }) => status === 429)
    for (let second = 0; second < 600; second += 1) {
      const path = `/restapi/v1.0/account/~/telephony/sessions/s-${second}`
      await scene.service.send({ method: 'GET', path }).catch(() => undefined)
      await scene.pass(1000)
    }
    expect(refused().length).toBeGreaterThan(3)
    expect(duringPenalty()).toEqual([])
  })

  it('holds for everybody who asks as the relay', async () => {
    await scene.start()
    scene.platform.misbehave.penalise('Light')
    const me = { method: 'GET', path: '/restapi/v1.0/account/~/extension/~' } as const
    const asked = () => scene.platform.requests().filter(({ path }) => path === me.path).length
    const ask = () => scene.service.send(me).catch((error: unknown) => error)
    expect(await ask()).toMatchObject({ status: 429 })
    const before = asked()
    for (let second = 0; second < 60; second += 1) {
      expect(await ask()).toBeInstanceOf(RingCentralError)
      await scene.pass(1000)
    }
    expect(asked()).toBe(before)
    await scene.pass(1000)
    expect(await ask()).toMatchObject({ id: 400109 })
    expect(duringPenalty()).toHaveLength(1)
  })
})

describe('the login', () => {
  const logins = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/token')

  it('is one for hours: tokens are refreshed ahead, and no request meets a 401', async () => {
    await scene.start()
    await scene.passSlowly(4 * HOUR_MS, LOOK_MS)
    expect(scene.platform.requests().filter(({ status }) => status !== 200)).toEqual([])
    expect(logins()).toHaveLength(5)
  })

  it('a JWT that is revoked is not tried again, and the log says what to do', async () => {
    const owner = await scene.start()
    scene.platform.misbehave.revokeJwt()
    await scene.pass(LOOK_MS)
    const after = scene.platform.requests().length
    expect(logins().filter(({ status }) => status === 400).length).toBeLessThanOrEqual(2)
    expect(scene.logText()).toContain('create a new JWT credential')
    owner.renewSoon()
    await scene.passSlowly(2 * MINUTE_MS)
    await scene.service.send({ method: 'GET', path: '/restapi/v1.0/subscription' }).catch(() => undefined)
    expect(scene.platform.requests()).toHaveLength(after)
  })

  it('a refresh token that is spent is replaced by one login', async () => {
    const owner = await scene.start()
    scene.platform.misbehave.spendRefreshTokens(SERVICE_USER)
    await scene.pass(HOUR_MS)
    expect(owner.state.status).toBe('Active')
    expect(logins().map(({ status }) => status)).toEqual([200, 400, 200])
  })

  it('a session that is ended again and again costs two logins a minute at most', async () => {
    await scene.start()
    for (let second = 0; second < 120; second += 1) {
      scene.platform.misbehave.endLogins(SERVICE_USER)
      await scene.pass(1000)
      await scene.service.send({ method: 'GET', path: '/restapi/v1.0/subscription' }).catch(() => undefined)
    }
    const granted = logins().filter(({ status }) => status === 200)
    expect(granted.length).toBeLessThanOrEqual(5)
    expect(scene.platform.requests().filter(({ status }) => status === 429)).toEqual([])
  })

  it('that is not answered is tried three times ten seconds apart, then once a minute', async () => {
    scene.platform.misbehave.answerRequests('token', { status: 500 })
    await scene.start()
    const startedAtMs = logins()[0]?.atMs ?? 0
    await scene.passSlowly(4 * MINUTE_MS)
    const afterS = logins().map(({ atMs }) => Math.round((atMs - startedAtMs) / 1000))
    expect(afterS.slice(0, 3).map((seconds, index) => seconds - (afterS[index - 1] ?? 0) >= (index && 10))).toEqual([
      true,
      true,
      true,
    ])
    expect(afterS.slice(3).every((seconds, index) => seconds - (afterS[index + 2] ?? 0) >= 60)).toBe(true)
    expect(afterS.length).toBeGreaterThanOrEqual(5)
  })

  it('waits as long as RingCentral asks', async () => {
    scene.platform.misbehave.answerRequests('token', { status: 503, retryAfterS: 90 }, { times: 1 })
    const owner = await scene.start()
    await scene.passSlowly(89 * 1000)
    expect(logins()).toHaveLength(1)
    await scene.passSlowly(MINUTE_MS)
    expect(owner.state.status).toBe('Active')
    expect(logins()).toHaveLength(2)
  })

  it.each([
    ['a client secret', { clientSecret: 'wrong' }, 'RINGCENTRAL_CLIENT_ID and RINGCENTRAL_CLIENT_SECRET should be'],
    ['a JWT', { jwt: 'not.the.one' }, 'create a new JWT credential'],
    ['an app without the JWT flow', 'signInApp', 'allow the JWT auth flow'],
  ] as const)('with %s that is wrong is tried once', async (_what, change, says) => {
    const { platform } = scene
    const credentials =
      change === 'signInApp'
        ? { ...platform.credentials, ...platform.signInApp }
        : { ...platform.credentials, ...change }
    const service = createServiceClient(
      createSdk({ serverUrl: platform.url, ...credentials }),
      credentials.jwt,
      scene.clock,
    )
    await scene.start({ service })
    await vi.waitFor(() => expect(scene.logText()).toContain(says))
    await scene.passSlowly(MINUTE_MS)
    expect(logins()).toHaveLength(1)
  })
})
