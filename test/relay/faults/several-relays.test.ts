import { afterEach, expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { itWhere } from '../../support/it-with.ts'
import { LACKS_REDIS } from '../support/redis-server.ts'
import { beginSignIn, chooseOnPage, followCallback, redeem, type SignedIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import { type RedisScene, startRedisScene } from './redis-scene.ts'

/** Relays that share a Redis: together they are one, whichever of them somebody talks to, and whichever dies. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')

let scene: RedisScene | undefined
afterEach(async () => {
  await scene?.close()
  scene = undefined
})

itOnRedis('each takes deliveries and serves all of them in one order, through kills, and one subscribes', async () => {
  const started = await startRedisScene({ relays: 3 })
  scene = started
  const [subscription] = started.platform.subscriptions()
  await started.read()
  for (const index of [0, 1, 2, 0]) {
    const posted = started.checker.post({
      url: started.balancer.url,
      secret: started.secret(),
      count: 150,
      atATime: 24,
      isRepeating: index === 1,
      kill: { pid: started.relays[index]?.pid ?? 0, afterAcknowledged: 20 + 30 * index },
    })
    expect((await posted).statuses[200]).toBeGreaterThan(20)
    await started.relays[index]?.ended
    await started.start(index, '/healthz')
  }
  expect(await started.checker.wait()).toBe(true)
  const verdict = await started.checker.verdict()
  expect(verdict.problems).toEqual([])
  expect(started.platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
})

itOnRedis('a sign-in may go from one to the next, and its end cuts sockets at all of them', async () => {
  const started = await startRedisScene({ relays: 2 })
  scene = started
  const [one, two] = started.relays.map(({ url }) => url)
  const { authorizeUrl, codeVerifier } = await beginSignIn(one ?? '')
  const callback = await chooseOnPage(authorizeUrl, '400103')
  const code = (await followCallback(new URL(callback.pathname + callback.search, two))).searchParams.get('code') ?? ''
  const response = await redeem(one ?? '', code, codeVerifier)
  expect(response.status).toBe(200)
  const { token } = (await response.json()) as SignedIn
  expect((await redeem(two ?? '', code, codeVerifier)).status).toBe(400)
  // Nothing tells the other relay of it before somebody asks it.
  const client = await openStream(two ?? '')
  client.hello(token)
  await client.welcome()
  const ended = await fetch(`${one}/auth/token`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
  expect(ended.status).toBe(204)
  expect(await client.closed()).toBe(4401)
})

itOnRedis('another takes over when the owner stops, dies or is paused, and one that wakes does no harm', async () => {
  const started = await startRedisScene({ relays: 2 })
  scene = started
  const { platform } = started
  const [subscription] = platform.subscriptions()
  const taken = async (from: number) =>
    eventually(() => {
      const owner = started.owner()
      expect(owner?.pid).toBeDefined()
      expect(owner?.pid).not.toBe(from)
      return owner
    })
  const first = await eventually(() => started.owner() ?? expect.fail('nobody is the owner'))
  const indexOf = (pid: number) => started.relays.findIndex((relay) => relay.pid === pid)

  expect(await first.end('SIGTERM')).toBe(0)
  const second = await taken(first.pid)
  await started.start(indexOf(first.pid), '/healthz')
  await second?.end('SIGKILL')
  const third = await taken(second?.pid ?? 0)
  await started.start(indexOf(second?.pid ?? 0), '/healthz')

  third?.signal('SIGSTOP')
  const fourth = await taken(third?.pid ?? 0)
  // Whatever the one that slept had begun, it finds out that it is the owner no longer.
  third?.signal('SIGCONT')
  await started.checker.post({ url: started.balancer.url, secret: started.secret(), count: 50, atATime: 4 })
  await eventually(async () => expect((await fetch(`${third?.url}/readyz`)).status).toBe(200))
  await eventually(async () => expect((await fetch(`${fourth?.url}/readyz`)).status).toBe(200))
  expect(platform.subscriptions().map(({ id }) => id)).toEqual([subscription?.id])
  expect(started.owner()?.pid).toBe(fourth?.pid)
})
