import type { MiddlewareHandler } from 'hono'
import { SECOND_MS } from '../../shared/time.ts'
import type { RestEnv } from './rest-session.ts'

export type RateGroup = 'Light' | 'Medium' | 'Heavy'

const WINDOW_S = 60
const REQUESTS_PER_WINDOW: Readonly<Record<RateGroup, number>> = { Light: 50, Medium: 40, Heavy: 10 }

/** Counts requests per person, app and group, and tells the count in the headers the platform uses. */
export function createRateLimits(options: { nowMs: () => number }) {
  const { nowMs } = options
  const windows = new Map<string, { readonly startedAtMs: number; requests: number }>()

  return function countAs(group: RateGroup): MiddlewareHandler<RestEnv> {
    return async function tellRateLimit(c, next) {
      const { person, app } = c.get('login')
      const key = `${person.extensionId} ${app.clientId} ${group}`
      let window = windows.get(key)
      if (window === undefined || nowMs() - window.startedAtMs >= WINDOW_S * SECOND_MS) {
        window = { startedAtMs: nowMs(), requests: 0 }
        windows.set(key, window)
      }
      window.requests += 1
      c.header('X-Rate-Limit-Group', group.toLowerCase())
      c.header('X-Rate-Limit-Limit', String(REQUESTS_PER_WINDOW[group]))
      c.header('X-Rate-Limit-Remaining', String(Math.max(0, REQUESTS_PER_WINDOW[group] - window.requests)))
      c.header('X-Rate-Limit-Window', String(WINDOW_S))
      await next()
    }
  }
}

export type CountAs = ReturnType<typeof createRateLimits>
