import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../../relay/command-line/run-command.ts'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import type { Records } from '../../../relay/log/records.ts'
import { createLogins } from '../../../relay/people/logins.ts'
import { createTokenCipher, loadCipherKey } from '../../../relay/people/token-cipher.ts'
import { openRedisStorage } from '../../../relay/redis/redis-storage.ts'
import { itWhere } from '../../support/it-with.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { newEvent } from '../support/new-event.ts'
import { LACKS_REDIS, type RedisServer, startRedisServer } from '../support/redis-server.ts'

/** Everything that a relay keeps goes to a Redis and back, and says what it was. */

const itOnRedis = itWhere(LACKS_REDIS === undefined, LACKS_REDIS ?? '')
const SECRET = 'a secret for tests that nobody else has'
const PERSON = { accountId: '400100', extensionId: '400102', name: 'Bea' }
const TOKENS = { accessToken: 'access', accessExpiresAtMs: 0, refreshToken: 'refresh' }

let folder: string
let redis: RedisServer | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-move-'))
})
afterEach(async () => {
  await redis?.close()
  redis = undefined
  await rm(folder, { recursive: true })
})

const credentials = { clientId: 'id', clientSecret: 'secret', jwt: 'a.b.c' }
const environment = (changes: Readonly<Record<string, string>> = {}) => ({
  ...relayEnvironment({ url: 'http://127.0.0.1:1', credentials } as Parameters<typeof relayEnvironment>[0]),
  RELAY_DATA_DIR: join(folder, 'data'),
  RELAY_SECRET: SECRET,
  ...changes,
})
async function run(words: readonly string[], env: Readonly<Record<string, string>> = environment()) {
  const lines: string[] = []
  const say = (line: string) => lines.push(line)
  return { code: await runCommand(words, env, { print: say, complain: say }), text: lines.join('\n') }
}

/** A folder as a relay leaves it that was without a secret: some of its events are forgotten already. */
async function fill(path: string): Promise<void> {
  const { log, records, close } = await openDataFolder(path, { segmentBytes: 1 })
  for (let sequence = 1; sequence <= 12; sequence++) {
    await log.append(newEvent(`s-${sequence % 3}`, sequence, ['400102'], sequence * 100))
  }
  await log.append({ ...newEvent('s-1', 13, []), uuid: undefined, kind: 'desk' })
  await log.keepAside({ receivedAtMs: 700, reason: 'not JSON', text: '{' })
  await log.trim({ beforeMs: 350, maxBytes: Number.POSITIVE_INFINITY })
  const cipher = createTokenCipher(await loadCipherKey(undefined, path))
  const logins = await createLogins({ records, cipher, time: machineTime(createManualClock()) })
  await logins.create(PERSON, TOKENS)
  await records.put('subscription', '{"current":null,"previous":[]}')
  await close()
}

async function readAll(log: EventLog, records: Records) {
  const events = await log.read(0, 100)
  const cipher = createTokenCipher(await loadCipherKey(SECRET, folder))
  const logins = await createLogins({ records, cipher, time: machineTime(createManualClock()) })
  return {
    events,
    uuids: await Promise.all(events.map(({ position }) => log.readUuid(position))),
    index: await log.readSessionIndex('s-1'),
    owned: (await log.readOwned(['400102'], 0, 100)).events.map(({ position }) => position),
    aside: await log.readAside(),
    range: [log.oldestPosition, log.headPosition],
    people: logins.all().map(({ name, tokens }) => ({ name, tokens })),
    subscription: await records.get('subscription'),
  }
}

async function readFolder(path: string) {
  const opened = await openDataFolder(path)
  const all = { id: opened.log.id, former: opened.log.former, ...(await readAll(opened.log, opened.records)) }
  await opened.close()
  return all
}

async function readRedis(url: string) {
  const opened = await openRedisStorage({ url, publicUrl: '', keyCheck: '', onStartFailed: () => undefined })
  const all = { id: opened.log.id, former: opened.log.former, ...(await readAll(opened.log, opened.records)) }
  await opened.close()
  return all
}

itOnRedis('takes a folder to a Redis and from there to a folder, with all that is in it', async () => {
  const path = join(folder, 'data')
  await fill(path)
  redis = await startRedisServer()
  const there = await run(['move', '--to', redis.url])
  expect(there.text).toMatch(
    /^Moved from .+data to redis:\/\/127\.0\.0\.1:\d+: 10 events \(positions 4 to 13\), 1 kept aside, 1 signed-in browsers, 1 other records\.$/m,
  )
  expect(there.code).toBe(0)
  const moved = await readRedis(redis.url)
  expect(moved).toMatchObject({
    range: [4, 13],
    people: [{ name: 'Bea', tokens: TOKENS }],
    aside: [{ receivedAtMs: 700, reason: 'not JSON', text: '{' }],
  })
  expect(moved.uuids.filter((uuid) => uuid !== undefined)).toHaveLength(9)
  expect(moved.events.at(-1)?.kind).toBe('desk')
  // What was left is a copy now, and says so.
  const left = await readFolder(path)
  expect(left.id).not.toBe(moved.id)
  expect(left.former).toContainEqual({ id: moved.id, headPosition: 13 })

  const back = join(folder, 'back')
  const onRedis = environment({ RELAY_REDIS_URL: redis.url })
  expect((await run(['move', '--to', back], onRedis)).code).toBe(0)
  expect(await readFolder(back)).toEqual(moved)
  expect((await readRedis(redis.url)).former).toContainEqual({ id: moved.id, headPosition: 13 })
})

describe('refuses, and changes nothing', () => {
  itOnRedis('a Redis that holds something, and takes one where a move was interrupted', async () => {
    await fill(join(folder, 'data'))
    redis = await startRedisServer()
    await redis.command('SET', 'somebody:else', '1')
    expect(await run(['move', '--to', redis.url])).toMatchObject({
      code: 1,
      text: expect.stringMatching(/should be empty/),
    })
    await redis.command('DEL', 'somebody:else')
    await redis.command('HSET', 'ringside:log', 'format', '0', 'id', 'x')
    await redis.command('SET', 'ringside:left', '1')
    await expect(readRedis(redis.url)).rejects.toThrow(/is not whole: move it again/)
    expect((await run(['move', '--to', redis.url])).code).toBe(0)
    expect((await readRedis(redis.url)).range).toEqual([4, 13])
  })

  itOnRedis('a Redis whose relays run', async () => {
    redis = await startRedisServer()
    const running = await openRedisStorage({
      url: redis.url,
      publicUrl: 'http://127.0.0.1',
      keyCheck: '',
      onStartFailed: () => undefined,
    })
    await running.ownership.begin()
    const { code, text } = await run(
      ['move', '--to', join(folder, 'back')],
      environment({ RELAY_REDIS_URL: redis.url }),
    )
    expect(code).toBe(1)
    expect(text).toMatch(/should be stopped, but one runs|should be the same at all relays/)
    await running.ownership.end()
    await running.close()
  })

  it.each<[what: string, words: readonly string[], says: RegExp]>([
    ['no place', ['move'], /followed by --to/],
    ['an address of something else', ['move', '--to', 'https://redis.example.com'], /begins with neither redis:/],
    ['the place where everything is', ['move', '--to', 'DATA'], /should be another place/],
    [
      'a file',
      ['move', '--to', 'DATA/token.key'],
      /^The data folder \S+ can't be used \(EEXIST\): --to should be a folder/,
    ],
  ])('%s', async (_what, words, says) => {
    await fill(join(folder, 'data'))
    const path = join(folder, 'data')
    const { code, text } = await run(words.map((word) => word.replace('DATA', path)))
    expect(text).toMatch(says)
    expect(code).toBe(1)
  })

  it('a folder that has a log already, and one that is in use', async () => {
    await fill(join(folder, 'data'))
    await fill(join(folder, 'other'))
    expect((await run(['move', '--to', join(folder, 'other')])).text).toMatch(/should be empty, but has a log already/)
    const used = await openDataFolder(join(folder, 'data'))
    expect((await run(['move', '--to', join(folder, 'third')])).text).toMatch(/takes no commands/)
    await used.close()
  })
})
