import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { createMetrics } from '../../../relay/metrics.ts'
import { createSdk } from '../../../relay/ringcentral/api.ts'
import { createServiceClient } from '../../../relay/ringcentral/service.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { LOOK_MS, SERVICE_USER, type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** The login of the relay's own user at the stand-in RingCentral. */

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

const LIST = { method: 'GET', path: '/restapi/v1.0/subscription' } as const

describe('the login', () => {
  const logins = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/token')

  it('is one for hours: tokens are refreshed ahead, and no request meets a 401', async () => {
    await scene.start()
    await scene.passSlowly(4 * HOUR_MS, LOOK_MS)
    expect(scene.platform.requests().filter(({ status }) => status !== 200)).toEqual([])
    expect(logins()).toHaveLength(5)
  })

  it('is refreshed a minute before its end, and not before', async () => {
    await scene.service.send(LIST)
    await scene.pass(HOUR_MS - MINUTE_MS - 1)
    await scene.service.send(LIST)
    expect(logins()).toHaveLength(1)
    await scene.pass(1)
    await scene.service.send(LIST)
    expect(logins()).toHaveLength(2)
  })

  it('a JWT that is revoked is tried once and not again, and the log says what to do', async () => {
    const owner = await scene.start()
    scene.platform.misbehave.revokeJwt()
    await scene.pass(LOOK_MS)
    const after = scene.platform.requests().length
    // The refresh that was refused first, and the one login that followed.
    expect(logins().filter(({ status }) => status === 400)).toHaveLength(2)
    expect(scene.logText().split('create a new JWT credential')).toHaveLength(2)
    for (let minute = 0; minute < 60; minute += 1) {
      owner.renewSoon()
      await scene.service.send(LIST).catch(() => undefined)
      await scene.pass(MINUTE_MS)
    }
    expect(scene.platform.requests()).toHaveLength(after)
  })

  it('is counted by grant and by what became of it', async () => {
    scene.platform.misbehave.answerRequests('token', { status: 503 }, { times: 1 })
    await scene.start()
    await scene.passSlowly(MINUTE_MS)
    await scene.pass(HOUR_MS)
    scene.platform.misbehave.revokeJwt()
    await scene.pass(LOOK_MS)
    const { text } = await scene.metrics.render()
    const counted = text.split('\n').filter((line) => line.startsWith('ringside_logins_total'))
    expect(counted.map((line) => line.replace('ringside_logins_total', ''))).toEqual([
      '{grant="jwt",result="granted"} 1',
      '{grant="jwt",result="refused"} 1',
      '{grant="jwt",result="failed"} 1',
      '{grant="refresh",result="granted"} 1',
      '{grant="refresh",result="refused"} 1',
      '{grant="refresh",result="failed"} 0',
    ])
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
      await scene.service.send(LIST).catch(() => undefined)
    }
    const granted = logins().filter(({ status }) => status === 200)
    expect(granted.length).toBeLessThanOrEqual(5)
    expect(scene.platform.requests().filter(({ status }) => status === 429)).toEqual([])
  })

  it('a session whose tokens are of no use costs two logins a minute at most, however many ask', async () => {
    scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 401, errorCode: 'OAU-128' })
    for (let second = 0; second < 120; second += 1) {
      await Promise.all([scene.service.send(LIST), scene.service.send(LIST)].map((one) => one.catch(() => undefined)))
      await scene.pass(1000)
    }
    expect(logins().length).toBeLessThanOrEqual(4)
  })

  it('that is not answered is tried three times ten seconds apart, then once a minute', async () => {
    scene.platform.misbehave.answerRequests('token', { status: 500 })
    await scene.start()
    const startedAtMs = logins()[0]?.atMs ?? 0
    await scene.passSlowly(4 * MINUTE_MS)
    const sentAtS = logins().map(({ atMs }) => Math.round((atMs - startedAtMs) / 1000))
    const pausesS = sentAtS.slice(1).map((seconds, index) => seconds - (sentAtS[index] ?? 0))
    expect(pausesS.slice(0, 2).every((seconds) => seconds >= 10 && seconds < 60)).toBe(true)
    expect(pausesS.slice(2).every((seconds) => seconds >= 60)).toBe(true)
    expect(pausesS.length).toBeGreaterThanOrEqual(4)
  })

  it('that has to wait says what became of the last one', async () => {
    scene.platform.misbehave.answerRequests('token', { status: 500 })
    await scene.start()
    await expect(scene.service.send(LIST)).rejects.toThrow(
      /^RingCentral answered 500[^:]*: the next login may be sent in \d+ s$/,
    )
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
    const service = createServiceClient(createSdk({ serverUrl: platform.url, ...credentials }), {
      jwt: credentials.jwt,
      clock: scene.clock,
      metrics: createMetrics(),
      time: createConfirmedTime(scene.clock),
    })
    await scene.start({ service })
    await eventually(() => expect(scene.logText()).toContain(says))
    await scene.passSlowly(MINUTE_MS)
    expect(logins()).toHaveLength(1)
  })
})
