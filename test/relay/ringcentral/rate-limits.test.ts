import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RingCentralError } from '../../../relay/ringcentral/api.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { settle } from '../support/subscriber-bench.ts'
import { type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** RingCentral's limits on requests, at the stand-in: every request during a penalty would begin it anew. */

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

const ME = { method: 'GET', path: '/restapi/v1.0/account/~/extension/~' } as const

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
    const asked = () => scene.platform.requests().filter(({ path }) => path === ME.path).length
    const ask = () => scene.service.send(ME).catch((error: unknown) => error)
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

  it('of logins holds for everybody as well, for a minute when RingCentral does not say', async () => {
    scene.platform.misbehave.hideRetryAfter()
    scene.platform.misbehave.penalise('Auth')
    for (let second = 0; second < 60; second += 1) {
      expect(await scene.service.send(ME).catch((error: unknown) => error)).toBeInstanceOf(RingCentralError)
      await scene.pass(1000)
    }
    expect(duringPenalty()).toHaveLength(1)
    expect(await scene.service.send(ME)).toMatchObject({ id: 400109 })
  })

  it('that begins while a request waits for the login holds that one too', async () => {
    const { misbehave } = scene.platform
    await scene.service.send(ME)
    const answerFirst = misbehave.slowRequests('extension', undefined, { times: 1 })
    const first = scene.service.send(ME).catch((error: unknown) => error)
    await settle()
    scene.clock.advance(HOUR_MS - MINUTE_MS)
    const renew = misbehave.slowRequests('token')
    const second = scene.service.send(ME).catch((error: unknown) => error)
    misbehave.penalise('Light')
    answerFirst()
    expect(await first).toMatchObject({ status: 429 })
    renew()
    expect(await second).toMatchObject({ status: 429 })
    expect(duringPenalty()).toHaveLength(1)
  })
})
