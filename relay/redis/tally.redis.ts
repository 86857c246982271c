import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Tally } from '../log/storage.ts'
import { PREFIX } from './keys.ts'
import type { Link } from './link.ts'

const WINDOW_S = MINUTE_MS / SECOND_MS
/** Nothing is refused here: whoever counts says how many are too many. */
const POINTS = Number.MAX_SAFE_INTEGER

/** Counts of all relays together, in windows of a minute from the first on; those of this one alone while Redis is away. */
export function createRedisTally(name: string, link: () => Link): Tally {
  const options = { keyPrefix: `${PREFIX}tally:${name}`, points: POINTS, duration: WINDOW_S }
  const insurance = new RateLimiterMemory(options)
  const limiter = new RateLimiterRedis({
    ...options,
    // The library may be handed a client once only; that of the link comes and goes.
    storeClient: {
      get: (key: string) => link().use().client.get(key),
      eval: (script: string, parameters: { keys: string[]; arguments: string[] }) =>
        link().use().client.eval(script, parameters),
      multi: () => link().use().client.multi(),
    },
    useRedisPackage: true,
    insuranceLimiter: insurance,
  })
  return {
    add: async (key) => (await limiter.penalty(key)).consumedPoints,
    of: async (key) => (await limiter.get(key))?.consumedPoints ?? 0,
  }
}
