import { createMemoryEventLog } from '../../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../../relay/log/event-log.ts'
import { createMemoryRecords } from '../../../../relay/log/records.memory.ts'
import type { Records } from '../../../../relay/log/records.ts'
import type { Owner, Storage } from '../../../../relay/log/storage.ts'
import { openRedisStorage } from '../../../../relay/redis/redis-storage.ts'
import { countCalls } from '../../../support/count-calls.ts'
import { LACKS_REDIS, type RedisServer, startRedisServer } from '../../support/redis-server.ts'

/** Where an outbox keeps what it has, for one relay after the other. */
export interface OutboxPlace {
  readonly log: EventLog
  /** As the next relay has it, which is the owner from then on; the one before is so no longer. */
  open(): Promise<OpenPlace>
  close(): Promise<void>
}

export interface OpenPlace {
  readonly log: EventLog
  readonly records: Records
  readonly owner: Pick<Owner, 'records' | 'confirm'>
  readonly isBusy: () => boolean
}

export async function createMemoryPlace(): Promise<OutboxPlace> {
  const [log, records] = [createMemoryEventLog(), createMemoryRecords()]
  const owner = { records, confirm: async () => undefined }
  return { log, open: async () => ({ log, records, owner, isBusy: () => false }), close: async () => undefined }
}

/** A Redis for all tests of a file, and an empty place on it for each. */
export interface RedisPlaces {
  start(): Promise<void>
  createPlace(): Promise<OutboxPlace>
  close(): Promise<void>
}

export const redisPlaces: RedisPlaces | undefined = LACKS_REDIS === undefined ? createRedisPlaces() : undefined
if (LACKS_REDIS !== undefined) console.warn(`The outbox on Redis is not tested because ${LACKS_REDIS}.`)

function createRedisPlaces(): RedisPlaces {
  let redis: RedisServer | undefined
  return {
    async start() {
      redis = await startRedisServer()
    },
    async createPlace() {
      await redis?.command('FLUSHALL')
      return createRedisPlace(redis?.url ?? '')
    },
    close: async () => redis?.close(),
  }
}

async function createRedisPlace(url: string): Promise<OutboxPlace> {
  const storages: Storage[] = []
  const openOne = async () => {
    const storage = await openRedisStorage({ url, publicUrl: '', keyCheck: '', onStartFailed: () => undefined })
    storages.push(storage)
    return storage
  }
  const { log } = await openOne()
  return {
    log,
    async open() {
      await storages.at(-1)?.ownership.end()
      const storage = await openOne()
      const owner = await becomeOwner(storage)
      const counted = {
        log: countCalls(storage.log),
        records: countCalls(storage.records),
        owner: countCalls(owner.records),
        confirming: countCalls({ confirm: owner.confirm }),
      }
      return {
        log: counted.log.target,
        records: counted.records.target,
        owner: { records: counted.owner.target, confirm: counted.confirming.target.confirm },
        isBusy: () => Object.values(counted).some(({ isBusy }) => isBusy()),
      }
    },
    async close() {
      for (const storage of storages.splice(0)) {
        await storage.ownership.end()
        await storage.close()
      }
    },
  }
}

function becomeOwner({ ownership }: Storage): Promise<Owner> {
  return new Promise((resolve, reject) => {
    ownership.onOwned(async (owner) => {
      resolve(owner)
      return async () => undefined
    })
    ownership.begin().catch(reject)
  })
}
