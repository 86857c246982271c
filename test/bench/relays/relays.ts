import type { Benchmark, Figure } from '../figures.ts'
import { isRedisThere, startBenchedRedis } from '../redis/server.ts'
import { type Own, withResources } from '../resources.ts'
import { createWorkFolder } from '../work-folder.ts'
import { startPair } from './pair.ts'
import { measureSpread } from './spread.ts'
import { measureTakeover } from './takeover.ts'
import { measureWay } from './way.ts'

/**
 * Two relays on one Redis: how far a delivery has to a client of the other one, how many posts they take together, and how long
 * nobody is the owner when the owner dies.
 */
export const relays: Benchmark = {
  id: 'B17',
  async run(signal) {
    if (!isRedisThere()) {
      console.error('B17 is skipped because redis-server is not installed (on Debian: apt-get install redis-server).')
      return []
    }
    return withResources(signal, measureAll)
  },
}

async function measureAll(own: Own): Promise<readonly Figure[]> {
  const work = own(await createWorkFolder())
  const redis = own(await startBenchedRedis(work.path))
  const pair = own(await startPair(redis.url, work.path))
  return [
    // First, since a client begins with what is kept.
    await measureWay(pair),
    await measureSpread(pair),
    await measureTakeover(pair, redis.url),
  ]
}
