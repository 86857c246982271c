import type { Context, MiddlewareHandler } from 'hono'
import type { Login } from '../oauth/access-tokens.ts'
import type { RateGroup, RateLimits } from './rate-limits.ts'
import type { RestEnv } from './rest-session.ts'

/** Whose requests are counted together. */
export function rateSubject({ person, app }: Login): string {
  return `${person.extensionId} ${app.clientId}`
}

/** Counts a request, tells the count in the answer's headers, and throws the refusal of one too many. */
export function countRequest(c: Context, rateLimits: RateLimits, who: string, group: RateGroup): void {
  const { headers, refusal, isDuringPenalty } = rateLimits.count(who, group)
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  c.set('rate', { group, isDuringPenalty })
  if (refusal !== undefined) throw refusal
}

/** The same for the routes of a logged-in person: each says its group. */
export function createCountAs(rateLimits: RateLimits) {
  return function countAs(group: RateGroup): MiddlewareHandler<RestEnv> {
    return async function checkRate(c, next) {
      countRequest(c, rateLimits, rateSubject(c.get('login')), group)
      await next()
    }
  }
}

export type CountAs = ReturnType<typeof createCountAs>
