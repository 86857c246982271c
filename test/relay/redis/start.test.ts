import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openRedisStorage } from '../../../relay/redis/redis-storage.ts'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'
import { itWhere } from '../../support/it-with.ts'
import { LACKS_REDIS, type RedisServer, type RedisServerOptions, startRedisServer } from '../support/redis-server.ts'

/** A Redis that the relay can not use is refused at the start, in a sentence that tells what should be otherwise, and no password. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')

let redis: RedisServer | undefined
afterEach(async () => {
  await redis?.close()
  redis = undefined
})

const open = (url: string, changes: { publicUrl?: string; keyCheck?: string } = {}) =>
  openRedisStorage({
    url,
    publicUrl: 'https://relay.example.com',
    keyCheck: 'a',
    onStartFailed: () => undefined,
    ...changes,
  })
const refusalOf = (url: string, changes = {}) =>
  open(url, changes).then(
    () => expect.fail('it should be refused'),
    (error: unknown) => String(error),
  )
const start = async (options: RedisServerOptions = {}) => {
  redis = await startRedisServer(options)
  return redis
}

describe('what does not answer as a Redis', () => {
  it('is not there', async () => {
    expect(await refusalOf(`redis://127.0.0.1:${await findFreePort()}`)).toMatch(/nothing listens there/)
  })

  it('is something else', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    expect(await refusalOf(`redis://127.0.0.1:${port}`)).toMatch(/Redis at redis:\/\/127\.0\.0\.1:\d+ should answer/)
    server.close()
  })
})

describe('a Redis', () => {
  itOnRedis('whose password is missing or wrong', async () => {
    const { url, port } = await start({ password: 'open sesame' })
    expect(await refusalOf(`redis://127.0.0.1:${port}`)).toMatch(/wants a password: RELAY_REDIS_URL should have one/)
    const wrong = await refusalOf(`redis://:wrong@127.0.0.1:${port}`)
    expect(wrong).toMatch(/does not take the name and password/)
    expect(wrong).not.toContain(':wrong')
    await (await open(url)).close()
  })

  itOnRedis('that has no password where one is given', async () => {
    const { port } = await start()
    expect(await refusalOf(`redis://:word@127.0.0.1:${port}`)).toMatch(/has no password, but RELAY_REDIS_URL has one/)
  })

  itOnRedis("with another's data, but not in another database", async () => {
    const { url, command } = await start()
    await command('SET', 'somebody:else', '1')
    expect(await refusalOf(url)).toMatch(
      /holds other data than a relay's.*one of its own, as in redis:\/\/host:6379\/1/,
    )
    await (await open(`${url}/1`)).close()
    expect(await refusalOf(`${url}/99`)).toMatch(/has no database with the number/)
    expect(await command('GET', 'somebody:else')).toBe('1')
  })

  itOnRedis('that holds something else under the relay’s names', async () => {
    const { url, command } = await start()
    await command('SET', 'ringside:log', '1')
    expect(await refusalOf(url)).toMatch(/holds other data/)
    await command('DEL', 'ringside:log')
    await command('HSET', 'ringside:log', 'id', 'x', 'format', '2')
    expect(await refusalOf(url)).toMatch(/a newer relay wrote/)
  })

  itOnRedis.each<[what: string, options: Readonly<Record<string, string>>, says: RegExp]>([
    ['that keeps nothing', { appendonly: 'no' }, /appendonly is no/],
    ['that flushes each second', { appendfsync: 'everysec' }, /should have appendfsync always/],
    ['that evicts', { maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' }, /set it to noeviction/],
    ['of a cluster', { 'cluster-enabled': 'yes' }, /but is a cluster/],
    ['that is a replica', { replicaof: '127.0.0.1 1' }, /but is a replica/],
  ])('%s', async (_what, options, says) => {
    const { url } = await start({ options })
    expect(await refusalOf(url)).toMatch(says)
  })

  itOnRedis('of relays that have another address or another secret, as long as they run', async () => {
    const { url } = await start()
    const one = await open(url)
    await one.ownership.begin()
    expect(one.ownership.isOwner).toBe(true)
    expect(await refusalOf(url, { publicUrl: 'https://other.example.com' })).toMatch(
      /RELAY_PUBLIC_URL should be the same/,
    )
    expect(await refusalOf(url, { keyCheck: 'b' })).toMatch(/RELAY_SECRET should be the same/)
    await one.ownership.end()
    await one.close()
    const other = await eventually(() => open(url, { publicUrl: 'https://other.example.com', keyCheck: 'b' }))
    await other.close()
  })
})
