import { Hono } from 'hono'
import type { AccessTokens } from './access-tokens.ts'
import type { AuthorizationCodes } from './authorization-codes.ts'
import { createExtensionRoutes } from './extensions.ts'
import { createOAuthRoutes } from './oauth.ts'
import { createRateLimits } from './rate-limits.ts'
import { createRequestLog, type LoggedRequest } from './request-log.ts'
import { OAuthError, RestError } from './rest-error.ts'
import { type RestEnv, requireLogin, requireOwnAccount } from './rest-session.ts'
import type { Sessions } from './sessions.ts'
import { createSubscriptionRoutes } from './subscription-routes.ts'
import type { Subscriptions } from './subscriptions.ts'
import { createTelephonyRoutes } from './telephony.ts'

/** RingCentral's HTTP: who answers what. */
export function createApp(parts: {
  readonly tokens: AccessTokens
  readonly codes: AuthorizationCodes
  readonly subscriptions: Subscriptions
  readonly sessions: Sessions
  readonly nowMs: () => number
}): { readonly app: Hono; readonly requests: readonly LoggedRequest[] } {
  const { tokens, codes, subscriptions, sessions, nowMs } = parts
  const { requests, record } = createRequestLog()
  const countAs = createRateLimits({ nowMs })

  const rest = new Hono<RestEnv>()
  rest.use(requireLogin(tokens))
  rest.use('/account/:accountId/*', requireOwnAccount())
  rest.route('/account/:accountId', createExtensionRoutes(countAs))
  rest.route('/account/:accountId/telephony', createTelephonyRoutes(sessions, countAs))
  rest.route('/subscription', createSubscriptionRoutes(subscriptions, { countAs, nowMs }))

  const app = new Hono()
  app.use('/restapi/*', record)
  app.route('/', createOAuthRoutes(tokens, codes))
  app.route('/restapi/v1.0', rest)
  app.notFound((c) => c.json(new RestError(404, 'CMN-120', 'Invalid URI').body, 404))
  app.onError((error, c) => {
    if (error instanceof RestError || error instanceof OAuthError) return c.json(error.body, error.status)
    console.error(error)
    return c.json(new RestError(500, 'CMN-203', 'Internal Server Error').body, 500)
  })
  return { app, requests }
}
