import type { Context, MiddlewareHandler } from 'hono'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { type FailureLimits, RETRY_AFTER_S } from './failure-limits.ts'
import { respondProblem } from './problem.ts'
import { requestAddress } from './request-address.ts'

export interface FailureCounting {
  readonly failures: FailureLimits
  readonly trustedProxies: TrustedProxies
}

export interface LimitFailuresOptions extends FailureCounting {
  /** Statuses that only a stranger or a broken client gets; what a signed-in person may meet in passing is none. */
  readonly statuses: readonly number[]
}

/** Counts failed requests per address, and answers 429 in their place once there were too many. What succeeds always passes. */
export function limitFailures({ statuses, ...counting }: LimitFailuresOptions): MiddlewareHandler {
  return async function limitFailures(c, next) {
    await next()
    if (statuses.includes(c.res.status)) c.res = countFailure(c, counting, c.res)
  }
}

/** Counts one failed request; gives the answer back, or the one that says that there were too many. */
export function countFailure(c: Context, { failures, trustedProxies }: FailureCounting, answer: Response): Response {
  if (!failures.count(requestAddress(c, trustedProxies))) return answer
  const refusal = respondProblem(c, {
    status: 429,
    code: 'too_many_failures',
    detail: `Too many requests from this address failed: wait ${RETRY_AFTER_S} seconds and send what is right.`,
    retryAfterS: RETRY_AFTER_S,
  })
  refusal.headers.set('connection', 'close')
  return refusal
}
