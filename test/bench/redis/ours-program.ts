import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../relay/log/storage.ts'
import { openRedisStorage } from '../../../relay/redis/redis-storage.ts'
import { type AppendAnswer, type AppendRequest, measureAppends } from '../append/measure.ts'
import { serveRequests } from '../serve-requests.ts'

/** Ours: the relay's log on Redis, with its indexes. The first word says which Redis. */

const CALLS_AT_A_TIME = 64
const [, , url = ''] = process.argv

let opening: Promise<Storage> | undefined
serveRequests<AppendRequest, AppendAnswer>(async (request) => {
  opening ??= openRedisStorage({
    url,
    publicUrl: 'http://127.0.0.1',
    keyCheck: 'bench',
    onStartFailed: console.error,
  })
  const { log } = await opening
  const run = randomUUID()
  return measureAppends(request, (index, text) =>
    log.append({
      uuid: `${run}-${index}`,
      telephonySessionId: `s-${run}-${index % CALLS_AT_A_TIME}-${Math.floor(index / (CALLS_AT_A_TIME * 11))}`,
      extensionIds: ['400102'],
      receivedAtMs: Date.now(),
      text,
    }),
  )
})
