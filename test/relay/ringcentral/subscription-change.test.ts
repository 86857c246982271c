import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Records } from '../../../relay/log/records.ts'
import type { TimedServiceClient } from '../../../relay/ringcentral/api.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** Another subscription in place of the one there is, and a relay that stops in the middle of that. */

const EXTENSION = { settings: { scope: 'extension', extensions: ['400102'] } } as const

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

const secretsAtPlatform = () => scene.platform.subscriptions().map(({ verificationToken }) => verificationToken)

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
        'GET v1.0/subscription',
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
