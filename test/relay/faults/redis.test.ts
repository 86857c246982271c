import { afterEach, expect } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { itWhere } from '../../support/it-with.ts'
import { readMetric } from '../../support/read-metric.ts'
import { LACKS_REDIS, type RedisServer, startRedisServer } from '../support/redis-server.ts'
import { openStream } from '../support/stream-client.ts'
import { type RedisScene, startRedisScene } from './redis-scene.ts'
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

/** What happens to Redis, and what must hold then: nothing acknowledged is lost, or clients are told that something may be. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')

let scene: RedisScene | undefined
let proxy: TcpProxy | undefined
let replica: RedisServer | undefined
afterEach(async () => {
  await scene?.close()
  await proxy?.close()
  await replica?.close()
  scene = proxy = replica = undefined
})

const post = (count: number) =>
  scene?.checker.post({ url: scene.balancer.url, secret: scene.secret(), count, atATime: 8 }) ?? expect.fail()
const unready = async (says: RegExp) => {
  for (const { url } of scene?.relays ?? []) {
    await eventually(async () => {
      const answer = await fetch(`${url}/readyz`)
      expect(answer.status).toBe(503)
      expect(((await answer.json()) as { detail: string }).detail).toMatch(says)
    })
  }
}
const ready = async () => {
  for (const { url } of scene?.relays ?? []) {
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200))
  }
}
/** On a busy machine a relay that has just become ready may lose its Redis once more, says so and loses nothing. */
const takesAll = (count: number) =>
  eventually(async () => expect((await post(count)).statuses).toEqual({ 200: count }), { intervalMs: 500 })
/** What a client is told that comes with the cursor of before. */
async function resume(cursor: { readonly epoch: string; readonly position: number }) {
  const client = await openStream(scene?.relays[0]?.url ?? '')
  client.hello(scene?.supervisor.token ?? '', cursor)
  const { epoch, head, resumed } = await client.welcome()
  await client.close()
  return { epoch, head, resumed }
}
/** How many appends were durable within half a second, by relay. */
const quickAppends = () =>
  Promise.all(
    (scene?.relays ?? []).map(({ url }) => readMetric(url, 'ringside_append_duration_seconds_bucket{le="0.5"}')),
  )
const begin = async () => resume({ epoch: '', position: 0 })

itOnRedis('killed in the middle of bursts: all that was acknowledged is there, and cursors go on', async () => {
  scene = await startRedisScene()
  await scene.read({ mayBeRenamed: true })
  for (let kill = 0; kill < 2; kill++) {
    const { statuses } = await scene.checker.post({
      url: scene.balancer.url,
      secret: scene.secret(),
      count: 200,
      atATime: 16,
      kill: { pid: scene.redis.pid, afterAcknowledged: 20 + 60 * kill },
    })
    expect(statuses[503]).toBeGreaterThan(0)
    await unready(
      /The event log should be writable, but is not\. Redis at redis:\/\/127\.0\.0\.1:\d+ should be running/,
    )
    await scene.redis.start()
    await ready()
  }
  await takesAll(50)
  expect(await scene.checker.wait()).toBe(true)
  expect((await scene.checker.verdict()).problems).toEqual([])
  expect(scene.platform.subscriptions()).toHaveLength(1)
})

itOnRedis('paused: 503 and no fan-out meanwhile, and then everything goes on under the same name', async () => {
  scene = await startRedisScene()
  const before = await begin()
  await scene.read()
  await post(20)
  scene.redis.signal('SIGSTOP')
  expect((await post(20)).statuses).toEqual({ 503: 20 })
  await unready(/should answer within 3 s, but does not|should be within reach/)
  scene.redis.signal('SIGCONT')
  await ready()
  await scene.redis.command('CLIENT', 'PAUSE', '6000', 'ALL')
  expect((await post(20)).statuses[503]).toBe(20)
  await ready()
  await takesAll(20)
  expect(await scene.checker.wait()).toBe(true)
  expect((await scene.checker.verdict()).problems).toEqual([])
  expect((await begin()).epoch).toBe(before.epoch)
})

itOnRedis('slow: what is acknowledged comes late and in one order, and too late is away', async () => {
  scene = await startRedisScene({
    redisUrl: () => proxy?.url.replace('http', 'redis') ?? '',
    onRedis: async ({ url }) => {
      proxy = await startTcpProxy(url)
    },
  })
  const before = await begin()
  await scene.read()
  await post(20)
  const quick = await quickAppends()
  proxy?.shape({ latencyMs: 300 })
  expect((await post(40)).statuses).toEqual({ 200: 40 })
  expect(await quickAppends()).toEqual(quick)

  // An answer is on its way for longer than the relays wait for it.
  proxy?.shape({ latencyMs: 4000 })
  expect((await post(20)).statuses).toEqual({ 503: 20 })
  await unready(/should answer within 3 s, but does not|should be within reach/)
  proxy?.shape({})
  await ready()
  await takesAll(20)
  expect(await scene.checker.wait()).toBe(true)
  expect((await scene.checker.verdict()).problems).toEqual([])
  expect((await begin()).epoch).toBe(before.epoch)
})

itOnRedis('flushed: a new log says that it can not know, and people stay signed in', async () => {
  scene = await startRedisScene()
  const secret = scene.secret()
  await post(30)
  const before = await begin()
  const client = await openStream(scene.relays[1]?.url ?? '')
  client.hello(scene.agent.token)
  await client.welcome()
  await scene.redis.command('FLUSHALL')
  // Who was connected begins again, for positions mean something else now.
  expect(await client.closed()).toBe(1012)
  await ready()
  await post(40)
  // The other relay hears of it by its next sign of life, and sends its clients back to begin again as well.
  const after = await eventually(async () => {
    const answer = await resume({ epoch: before.epoch, position: before.head })
    expect(answer).toMatchObject({ resumed: false })
    return answer
  })
  expect(after.epoch).not.toBe(before.epoch)
  expect(scene.platform.subscriptions().map(({ verificationToken }) => verificationToken)).toEqual([secret])
})

itOnRedis('failed over to a replica that lags: what it has goes on, what it has not is told', async () => {
  replica = await startRedisServer({ options: { 'replica-read-only': 'yes' } })
  scene = await startRedisScene({
    redisUrl: () => proxy?.url.replace('http', 'redis') ?? '',
    onRedis: async (redis) => {
      proxy = await startTcpProxy(redis.url)
      await replica?.command('REPLICAOF', '127.0.0.1', String(redis.port))
      await eventually(async () => expect(await replica?.command('INFO')).toMatch(/master_link_status:up/))
    },
  })
  await post(20)
  const known = await begin()
  await eventually(async () => expect(await replica?.command('HGET', 'ringside:log', 'head')).toBe(String(known.head)))
  await replica.command('REPLICAOF', 'NO', 'ONE')
  // These are acknowledged by the one that is lost.
  await post(10)
  const lost = await begin()
  proxy?.aim(replica.url)
  await scene.redis.end()
  await ready()
  await post(30)
  expect(await resume({ epoch: known.epoch, position: known.head })).toMatchObject({ resumed: true })
  expect(await resume({ epoch: lost.epoch, position: lost.head })).toMatchObject({ resumed: false })
})

itOnRedis('full: deliveries are refused, old events go, and it goes on by itself when there is room', async () => {
  scene = await startRedisScene()
  await post(50)
  await scene.redis.command('CONFIG', 'SET', 'maxmemory', '1mb')
  expect((await post(10)).statuses).toEqual({ 503: 10 })
  await eventually(async () => {
    const parts = await Promise.all((scene?.relays ?? []).map(async ({ url }) => (await fetch(`${url}/readyz`)).text()))
    expect(parts.join()).toMatch(/should have room, but is full/)
  })
  await scene.redis.command('CONFIG', 'SET', 'maxmemory', '0')
  await ready()
  await takesAll(10)
})
