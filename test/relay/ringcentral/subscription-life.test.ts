import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts'
import type { Platform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { startFixture } from '../support/relay-fixture.ts'
import {
  creates,
  LOOK_MS,
  SERVICE_USER,
  type SubscriptionScene,
  startSubscriptionScene,
} from '../support/subscription-scene.ts'

/** The subscription at the stand-in RingCentral from its creation to its end, by whatever means that comes. */

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

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
    await eventually(async () => {
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
  await eventually(() => expect(renewals()).toMatchObject([{ status: 200 }]))
  expect(fixture.platform.subscriptions()).toHaveLength(1)
  await fixture.close()
})
