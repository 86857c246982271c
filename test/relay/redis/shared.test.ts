import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import type { Owner, Storage } from '../../../relay/log/storage.ts'
import { FencedError } from '../../../relay/redis/faults.ts'
import { openRedisStorage } from '../../../relay/redis/redis-storage.ts'
import { eventually } from '../../support/eventually.ts'
import { itWhere } from '../../support/it-with.ts'
import { startTcpProxy } from '../faults/tcp-proxy.ts'
import { newEvent } from '../support/new-event.ts'
import { LACKS_REDIS, type RedisServer, startRedisServer } from '../support/redis-server.ts'

/** Two relays on one Redis, as their parts see it. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')

let redis: RedisServer
let one: Storage
let two: Storage
beforeAll(async () => {
  if (LACKS_REDIS === undefined) redis = await startRedisServer()
})
afterAll(() => redis?.close())

const open = (url = redis.url) =>
  openRedisStorage({
    url,
    publicUrl: 'https://relay.example.com',
    keyCheck: 'a',
    onStartFailed: () => undefined,
  })
beforeEach(async () => {
  if (LACKS_REDIS !== undefined) return
  await redis.command('FLUSHALL')
  one = await open()
  two = await open()
})
afterEach(async () => {
  await one?.ownership.end()
  await two?.ownership.end()
  await one?.close()
  await two?.close()
})

describe('the log', () => {
  itOnRedis('is one, in one order, whoever appends', async () => {
    const heard: number[][] = [[], []]
    for (const [index, { log }] of [one, two].entries()) {
      log.onAppended((events) => heard[index]?.push(...events.map(({ position }) => position)))
    }
    const events = Array.from({ length: 40 }, (_, index) => newEvent('s-1', index, ['1']))
    const appended = await Promise.all(events.flatMap((event) => [one.log.append(event), two.log.append(event)]))
    expect(appended.filter(({ isNew }) => isNew)).toHaveLength(40)
    await eventually(() => expect(heard.map((positions) => positions.length)).toEqual([40, 40]))
    expect(heard[0]).toEqual(heard[1])
    expect(await one.log.read(0, 100)).toEqual(await two.log.read(0, 100))
  })

  itOnRedis('is known as a whole by who asks, also where what others append comes late', async () => {
    const proxy = await startTcpProxy(redis.url)
    const late = await open(proxy.url.replace('http', 'redis'))
    try {
      proxy.shape({ latencyMs: 200 })
      await one.log.append(newEvent('s-1', 1, ['1']))
      expect(late.log.headPosition).toBe(0)
      await late.log.reachHead()
      expect(late.log.headPosition).toBe(1)
    } finally {
      await late.close()
      await proxy.close()
    }
  })

  itOnRedis('is not told by who has not heard yet that it is another one', async () => {
    await one.log.append(newEvent('s-1', 1, ['1']))
    await redis.command('FLUSHALL')
    await (await open()).close()
    await expect(one.log.reachHead()).rejects.toThrow('another name')
  })

  itOnRedis('keeps what somebody reads at another relay', async () => {
    for (let sequence = 1; sequence <= 4; sequence++) await one.log.append(newEvent('s-1', sequence, ['1'], 100))
    await eventually(() => expect(two.log.headPosition).toBe(4))
    const pin = two.log.pin(1)
    await Promise.all([one, two].map(({ ownership }) => ownership.begin()))
    await eventually(async () => expect(await redis.command('HLEN', 'ringside:pins')).toBe(1))
    expect(await one.log.trim({ beforeMs: 1000, maxBytes: Number.POSITIVE_INFINITY })).toBe(1)
    pin.release()
    await eventually(async () => expect(await redis.command('HLEN', 'ringside:pins')).toBe(0))
    expect(await one.log.trim({ beforeMs: 1000, maxBytes: Number.POSITIVE_INFINITY })).toBe(3)
    await eventually(() => expect(two.log.oldestPosition).toBe(5))
  })
})

describe('records', () => {
  itOnRedis('are told to the other relay, in the order of their changes, and never to who changed them', async () => {
    const heard: unknown[][] = [[], []]
    for (const [index, { records }] of [one, two].entries()) {
      records.onChangedElsewhere((key, value) => heard[index]?.push([key, value]))
    }
    await one.records.put('a/1', 'x')
    await eventually(() => expect(heard[1]).toEqual([['a/1', 'x']]))
    await one.records.remove('a/1')
    await eventually(() => expect(heard[1]?.at(-1)).toEqual(['a/1', undefined]))
    expect(heard[0]).toEqual([])
  })

  itOnRedis('that were changed while a relay was away are told when it is back', async () => {
    const heard: unknown[] = []
    two.records.onChangedElsewhere((key, value) => heard.push([key, value]))
    await one.records.put('a/1', 'x')
    await one.records.put('a/2', 'x')
    await eventually(() => expect(heard).toHaveLength(2))
    heard.length = 0
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
    await eventually(() => one.records.put('a/1', 'y'))
    await eventually(() => expect(heard).toEqual([['a/1', 'y']]))
  })
})

describe('the owner', () => {
  async function own(storage: Storage): Promise<{ owner(): Owner | undefined; story: string[] }> {
    const story: string[] = []
    let now: Owner | undefined
    storage.ownership.onOwned(async (owner) => {
      now = owner
      story.push('starts')
      return async () => {
        story.push('stops')
      }
    })
    await storage.ownership.begin()
    return { owner: () => now, story }
  }

  itOnRedis('is one, and the other when that ends', async () => {
    const first = await own(one)
    const second = await own(two)
    expect([first.story, second.story]).toEqual([['starts'], []])
    one.ownership.publish(() => 'all is well')
    await eventually(() => expect(two.ownership.published).toBe('all is well'))
    await one.ownership.end()
    await eventually(() => expect([first.story, second.story]).toEqual([['starts', 'stops'], ['starts']]))
  })

  itOnRedis('is the next that begins, where one that has ended hears of it as well', async () => {
    await own(one)
    await own(two)
    await two.ownership.end()
    const heard: string[] = []
    two.records.onChangedElsewhere((key) => void heard.push(key))
    await one.ownership.end()
    await one.records.put('a', '1')
    await eventually(() => expect(heard).toEqual(['a']))
    await two.records.get('a')
    const third = await open()
    await third.ownership.begin()
    expect(third.ownership.isOwner).toBe(true)
    await third.ownership.end()
    await third.close()
  })

  itOnRedis('whose lease another has taken writes nothing, and stops', async () => {
    const first = await own(one)
    const owner = first.owner()
    await owner?.records.put('a', '1')
    await owner?.confirm()
    // As if it had been paused for longer than the lease.
    await redis.command('DEL', 'ringside:owner')
    const second = await own(two)
    await eventually(() => expect(second.story).toEqual(['starts']))
    await expect(owner?.records.put('a', '2')).rejects.toThrow(FencedError)
    await expect(owner?.log.append(newEvent('s-1', 1, ['1']))).rejects.toThrow(FencedError)
    await expect(owner?.log.trim({ beforeMs: 1000, maxBytes: 0 })).rejects.toThrow(FencedError)
    await expect(owner?.confirm()).rejects.toThrow(FencedError)
    expect(await two.records.get('a')).toBe('1')
    expect(two.log.headPosition).toBe(0)
    await eventually(() => expect(first.story).toEqual(['starts', 'stops']))
  })
})

describe('what relays share', () => {
  itOnRedis('is taken once, claimed once, and counted together', async () => {
    await one.shared.hand('code', 'value', 10_000)
    expect((await Promise.all([one.shared.take('code'), two.shared.take('code')])).filter(Boolean)).toEqual(['value'])
    expect((await Promise.all([one.shared.claim('state', 10_000), two.shared.claim('state', 10_000)])).sort()).toEqual([
      false,
      true,
    ])
    await one.shared.tally('failures').add('203.0.113.1')
    expect(await two.shared.tally('failures').add('203.0.113.1')).toBe(2)
    expect(await one.shared.tally('failures').of('203.0.113.1')).toBe(2)
    expect(await one.shared.tally('failures').of('203.0.113.2')).toBe(0)
    expect(await one.shared.tally('others').of('203.0.113.1')).toBe(0)
  })

  itOnRedis('goes on in each for itself while Redis is away', async () => {
    await redis.command('CLIENT', 'KILL', 'TYPE', 'normal')
    redis.signal('SIGSTOP')
    try {
      const tally = one.shared.tally('failures')
      const counts = [await tally.add('203.0.113.9'), await tally.add('203.0.113.9')]
      expect(counts).toEqual([1, 2])
    } finally {
      redis.signal('SIGCONT')
    }
    await eventually(() => one.records.put('a', '1'))
  })

  itOnRedis('lets one at a time do what only one may', async () => {
    let atWork = 0
    const task = async () => {
      atWork += 1
      expect(atWork).toBe(1)
      await delay(5)
      atWork -= 1
    }
    await Promise.all([one, two, one, two].map(({ shared }) => shared.exclusively('refresh', task)))
    await expect(one.shared.exclusively('refresh', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await two.shared.exclusively('refresh', task)
  })

  itOnRedis('is told to the others, and not to who tells it', async () => {
    const heard: string[][] = [[], []]
    one.shared.onTold((message) => heard[0]?.push(message))
    two.shared.onTold((message) => heard[1]?.push(message))
    one.shared.tell('renew')
    await eventually(() => expect(heard).toEqual([[], ['renew']]))
  })
})
