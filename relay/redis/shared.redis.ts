import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { SECOND_MS } from '../../shared/time.ts'
import type { Shared, Tally } from '../log/storage.ts'
import { RedisAwayError } from './faults.ts'
import { KEYS, PREFIX } from './keys.ts'
import type { Link } from './link.ts'
import { TELL, UNLOCK } from './scripts.ts'
import { createRedisTally } from './tally.redis.ts'
import type { Writer } from './writer.ts'

export interface RedisShared extends Shared {
  /** Another relay has told this. */
  hear(message: string): void
}

export interface RedisSharedOptions {
  readonly link: () => Link
  readonly writer: Writer
  readonly logId: () => string
  readonly relayId: string
}

/** A task takes a request or two to RingCentral; whoever dies over it holds up the others for so long. */
const LOCK_MS = 20 * SECOND_MS
const LOCK_RETRY_MS = 50

export function createRedisShared({ link, writer, logId, relayId }: RedisSharedOptions): RedisShared {
  const listeners: ((message: string) => void)[] = []
  const tallies = new Map<string, Tally>()
  const ask = (...command: readonly string[]) => link().use().ask(command)

  async function lock(key: string, holder: string): Promise<void> {
    for (let waitedMs = 0; waitedMs < LOCK_MS; waitedMs += LOCK_RETRY_MS) {
      if ((await ask('SET', key, holder, 'NX', 'PX', String(LOCK_MS))) !== null) return
      await setTimeout(LOCK_RETRY_MS)
    }
    throw new RedisAwayError('Another relay has been at the same thing for too long.')
  }

  return {
    async hand(key, value, lifeMs) {
      await ask('SET', `${PREFIX}hand:${key}`, value, 'PX', String(lifeMs))
    },
    take: async (key) => ((await ask('GETDEL', `${PREFIX}hand:${key}`)) as string | null) ?? undefined,
    claim: async (key, lifeMs) => (await ask('SET', `${PREFIX}claim:${key}`, '1', 'NX', 'PX', String(lifeMs))) !== null,
    async exclusively(name, task) {
      const key = `${PREFIX}lock:${name}`
      const holder = randomBytes(16).toString('base64url')
      await lock(key, holder)
      try {
        return await task()
      } finally {
        // One that can't be released ends by itself.
        await link()
          .use()
          .run([{ script: UNLOCK, keys: [key], args: [holder] }])
          .catch(() => undefined)
      }
    },
    tally(name) {
      const tally = tallies.get(name) ?? createRedisTally(name, link)
      tallies.set(name, tally)
      return tally
    },
    tell(message) {
      const call = { script: TELL, keys: [KEYS.log, KEYS.changes], args: [logId(), '', relayId, message] }
      writer.run(call).catch(() => undefined)
    },
    onTold: (listener) => void listeners.push(listener),
    hear(message) {
      for (const listener of listeners) listener(message)
    },
  }
}
