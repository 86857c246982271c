import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { SECOND_MS } from '../../../shared/time.ts'
import { readMetric } from '../../support/read-metric.ts'
import type { Figure } from '../figures.ts'
import type { RelayProcess } from '../relay-process.ts'
import { measureRounds } from '../rounds.ts'
import type { Pair } from './pair.ts'

/** As long as a relay's lease lasts without a sign of life. */
const LEASE_MS = 10 * SECOND_MS
const LOOK_MS = 20
const MAX_WAIT_MS = 60 * SECOND_MS

/**
 * From the owner's death to the other relay's being the owner. The floor is a bare key of Redis that is let go at the same moment, and
 * lasts as long as a lease.
 */
export async function measureTakeover(pair: Pair, redisUrl: string): Promise<Figure> {
  const client = createClient({ url: redisUrl })
  await client.connect()
  try {
    const rounds = await measureRounds({
      name: 'B17, takeover',
      measure: async () => {
        const dying = (await isOwner(pair.relays[0])) ? 0 : 1
        const other = pair.relays[dying === 0 ? 1 : 0]
        await client.set('bench:lock', 'held', { expiration: { type: 'PX', value: LEASE_MS } })
        const diedMs = performance.now()
        await pair.relays[dying].kill()
        const [floor, ours] = await Promise.all([
          since(diedMs, async () => (await client.exists('bench:lock')) === 0),
          since(diedMs, () => isOwner(other)),
        ])
        await pair.restart(dying)
        return { floor, ours }
      },
      floorOf: ({ floor }) => floor,
      say: console.error,
    })
    return {
      name: 'B17 the owner dies, until there is another',
      unit: 'ms',
      ours: rounds.map(({ ours }) => ours),
      floor: rounds.map(({ floor }) => floor),
      goal: { of: 'ours', atMost: 15 * SECOND_MS, in: 'every round' },
    }
  } finally {
    client.destroy()
  }
}

async function since(startMs: number, holds: () => Promise<boolean>): Promise<number> {
  while (!(await holds())) {
    if (performance.now() - startMs > MAX_WAIT_MS) throw new Error('B17: nobody took over within a minute')
    await delay(LOOK_MS)
  }
  return performance.now() - startMs
}

/** By what it tells of itself. */
const isOwner = async ({ url }: RelayProcess) => (await readMetric(url, 'ringside_owner')) === 1
