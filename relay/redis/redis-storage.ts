import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Storage } from '../log/storage.ts'
import { createRedisEventLog, type FoundLog } from './event-log.redis.ts'
import { RedisRefusedError } from './faults.ts'
import { KEYS } from './keys.ts'
import { createLease, LEASE_FREE } from './lease.ts'
import { type Link, openLink } from './link.ts'
import { createRedisRecords } from './records.redis.ts'
import { IDENTIFY } from './scripts.ts'
import { logRoomBytes, stampOf } from './server.ts'
import type { Session } from './session.ts'
import { createRedisShared } from './shared.redis.ts'
import { followStreams } from './tail.ts'
import { createWriter } from './writer.ts'

export interface RedisStorageOptions {
  readonly url: string
  /** Where RingCentral and browsers reach the relay, which is the same for all relays on one Redis. */
  readonly publicUrl: string
  /** Tells one key that encrypts people's tokens from another, and gives nothing of it away. */
  readonly keyCheck: string
  /** What is done by the owner could not begin. */
  onStartFailed(error: unknown): void
}

/**
 * Opens what the relay keeps on Redis, shared with every other relay on it; `REDIS.md` says what is in it. Throws a sentence when Redis
 * can't be reached, when a log can't be kept there, or when the relays on it do not fit this one.
 */
export async function openRedisStorage(options: RedisStorageOptions): Promise<Storage> {
  const { url, publicUrl, keyCheck } = options
  const relayId = newId()
  const writer = createWriter(() => link)
  const log = createRedisEventLog(() => link, writer)
  const parts = { link: () => link, writer, logId: () => log.log.id, relayId }
  const records = createRedisRecords(parts)
  const shared = createRedisShared(parts)
  const lease = createLease({
    ...parts,
    holder: JSON.stringify({ relayId, publicUrl, keyCheck }),
    ownerOf: (fence) => ({ log: log.fenced(fence), records: records.fenced(fence) }),
    lowestPin: log.lowestPin,
    onLooked: log.noteForgotten,
    onStartFailed: options.onStartFailed,
  })
  let roomBytes = Number.POSITIVE_INFINITY

  async function adopt(session: Session): Promise<void> {
    requireFit(await session.ask(['GET', KEYS.owner]), { publicUrl, keyCheck })
    const { found, lastChange, values } = await identify(session)
    roomBytes = logRoomBytes(session.info)
    const tellChanged = records.load(values)
    log.adopt(found)
    void follow(session, lastChange)
    tellChanged()
  }

  async function identify(session: Session) {
    const { id, headPosition } = log.log
    const known = [id, String(headPosition), ...records.known()]
    const call = {
      script: IDENTIFY,
      keys: [KEYS.log, KEYS.records, KEYS.changes],
      args: [stampOf(session.info), newId(), ...known],
    }
    const [outcome] = await session.run([call])
    if (outcome?.status !== 'fulfilled') throw outcome?.reason
    const [facts, lastChange, values] = outcome.value as readonly [readonly string[], string, readonly string[]]
    return { found: decodeFound(facts), lastChange, values }
  }

  async function follow(session: Session, afterChange: string): Promise<void> {
    try {
      await followStreams({
        session,
        relayId,
        afterPosition: log.log.headPosition,
        afterChange,
        onEvents: log.take,
        onChanges: (keys) => records.refresh(keys, session),
        onMessage: (message) => (message === LEASE_FREE ? lease.hurry() : shared.hear(message)),
      })
    } catch (error) {
      session.end(error instanceof Error ? error : new Error(String(error)))
    }
  }

  const link: Link = await openLink({ url, onOpened: adopt, onLost: log.lose })
  return {
    log: log.log,
    records: records.records,
    shared,
    ownership: lease,
    findMaxBytes: async () => roomBytes,
    async close() {
      lease.close()
      link.close()
    },
  }
}

const holder = v.object({ publicUrl: v.string(), keyCheck: v.string() })

/** Throws a sentence where the relay that is the owner now has other settings than this one. */
function requireFit(found: unknown, own: v.InferOutput<typeof holder>): void {
  if (typeof found !== 'string') return
  const owner = v.safeParse(holder, JSON.parse(found))
  if (!owner.success) return
  const different = [
    ...(owner.output.publicUrl === own.publicUrl ? [] : ['RELAY_PUBLIC_URL']),
    ...(owner.output.keyCheck === own.keyCheck ? [] : ['RELAY_SECRET']),
  ]
  if (different.length === 0) return
  throw new RedisRefusedError(
    `${different.join(' and ')} should be the same at all relays on one Redis, but another one that runs has a different one: give this one the same, a Redis or database of its own, or stop the others first.`,
  )
}

function decodeFound([id = '', head, oldest, bytes, asideBytes, former = '']: readonly string[]): FoundLog {
  return {
    id,
    headPosition: Number(head),
    oldestPosition: Number(oldest),
    bytes: Number(bytes),
    asideBytes: Number(asideBytes),
    former: [...former.matchAll(/(\S+) (\d+)\n/g)].map(([, name = '', position]) => ({
      id: name,
      headPosition: Number(position),
    })),
  }
}

function newId(): string {
  return randomBytes(16).toString('base64url')
}
