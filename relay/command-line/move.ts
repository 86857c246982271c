import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { disownFolder, fillFolder } from '../log/fill-folder.ts'
import { type LogContent, readContent } from '../log/log-content.ts'
import { explainRefusedFolder, makeFolder } from '../log/make-folder.ts'
import type { Storage } from '../log/storage.ts'
import { createLogger } from '../logger.ts'
import { LOGIN_PREFIX, resealLogin } from '../people/login-record.ts'
import { createTokenCipher, loadCipherKey, type TokenCipher } from '../people/token-cipher.ts'
import { disownRedis, fillRedis } from '../redis/fill-redis.ts'
import { describeTarget } from '../redis/link.ts'
import { parseRedisUrl } from '../setting-values.ts'
import { openStorage } from '../storage/open-storage.ts'
import { requireFolder, sayWhoHasFolder } from './stopped-relay.ts'

/**
 * Takes all that a stopped relay keeps from where the settings say to another place, a Redis or a folder: events with their positions,
 * what was kept aside, who is signed in, the subscription's secrets. What is there stays, and is no longer the log that goes on: used
 * again it has another name, as a copy has. Resolves with what was done, in lines.
 */
export async function move(settings: Settings, to: string): Promise<readonly string[]> {
  const target = readTarget(to)
  if (target.kind === 'redis' && settings.secret === undefined) {
    throw new Error(
      'RELAY_SECRET should be set, as relays on a Redis need it: it encrypts what is moved of people’s tokens.',
    )
  }
  if (target.kind === 'folder' && settings.redisUrl === undefined && resolve(settings.dataFolder) === target.path) {
    throw new Error(`--to should be another place than ${settings.dataFolder}, where everything is now.`)
  }
  const source = await openSource(settings)
  let content: LogContent
  try {
    content = await readContent(source.log, source.records)
    const records = await resealRecords(content.records, settings, target)
    await (target.kind === 'redis'
      ? fillRedis(target.url, { ...content, records })
      : fillFolder(target.path, { ...content, records }))
  } finally {
    await source.ownership.end()
    await source.close()
  }
  await (settings.redisUrl === undefined ? disownFolder(settings.dataFolder) : disownRedis(settings.redisUrl))
  return describe(content, settings, target)
}

type Target = { readonly kind: 'redis'; readonly url: string } | { readonly kind: 'folder'; readonly path: string }

function readTarget(to: string): Target {
  if (!/^\w+:\/\//.test(to)) return { kind: 'folder', path: resolve(to) }
  const url = parseRedisUrl(to)
  if ('value' in url) return { kind: 'redis', url: url.value }
  throw new Error(
    `--to should be a folder or an address like redis://:PASSWORD@redis.example.com:6379${url.fault === undefined ? '' : `, but ${url.fault}`}.`,
  )
}

async function openSource(settings: Settings): Promise<Storage> {
  const { dataFolder, redisUrl } = settings
  if (redisUrl === undefined) await requireFolder(dataFolder)
  const logger = createLogger('silent')
  const source = await openStorage(settings, { clock: systemClock, logger }).catch((error: unknown) =>
    sayWhoHasFolder(dataFolder, error),
  )
  await source.ownership.begin()
  if (source.ownership.isOwner) return source
  await source.close()
  throw new Error(
    'The relays should be stopped, but one runs on this Redis, or was killed within the last ten seconds: stop it, and move then.',
  )
}

/** People's tokens for the key that holds where they go to. */
async function resealRecords(
  records: ReadonlyMap<string, string>,
  settings: Settings,
  target: Target,
): Promise<ReadonlyMap<string, string>> {
  const from = await listCiphers(settings)
  if (target.kind === 'folder') {
    await makeFolder(target.path).catch((error: unknown) => {
      throw explainRefusedFolder(target.path, '--to', error)
    })
  }
  const to = createTokenCipher(await loadCipherKey(settings.secret, target.kind === 'folder' ? target.path : ''))
  return new Map(
    Array.from(records, ([key, text]) => [key, key.startsWith(LOGIN_PREFIX) ? resealLogin(text, from, to) : text]),
  )
}

/** Those with which it may have been encrypted: a relay that has a secret now may have had a file before. */
async function listCiphers({ secret, dataFolder, redisUrl }: Settings): Promise<readonly TokenCipher[]> {
  const hasFile = redisUrl === undefined && existsSync(join(dataFolder, 'token.key'))
  const keys = [
    ...(secret === undefined ? [] : [await loadCipherKey(secret, dataFolder)]),
    ...(hasFile ? [await loadCipherKey(undefined, dataFolder)] : []),
  ]
  return keys.map(createTokenCipher)
}

function describe(content: LogContent, settings: Settings, target: Target): readonly string[] {
  const { firstPosition, headPosition, aside, records } = content
  const events = headPosition - firstPosition + 1
  const logins = [...records.keys()].filter((key) => key.startsWith(LOGIN_PREFIX)).length
  const from = settings.redisUrl === undefined ? settings.dataFolder : describeTarget(settings.redisUrl)
  const to = target.kind === 'redis' ? describeTarget(target.url) : target.path
  const positions = events === 0 ? '' : ` (positions ${firstPosition} to ${headPosition})`
  return [
    `Moved from ${from} to ${to}: ${events} events${positions}, ${aside.length} kept aside, ${logins} signed-in browsers, ${records.size - logins} other records.`,
    target.kind === 'redis'
      ? `Start the relay with RELAY_REDIS_URL set to ${to} (and its password, where it has one) and RELAY_SECRET as it is now.`
      : `Start the relay with RELAY_DATA_DIR=${to} and without RELAY_REDIS_URL${settings.secret === undefined ? '' : ', and RELAY_SECRET as it is now'}.`,
    `What is in ${from} was left there; remove it when all is well.`,
  ]
}
