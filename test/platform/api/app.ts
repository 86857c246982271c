import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type MiddlewareHandler } from 'hono'
import type { LiveCalls } from '../calls/live-calls.ts'
import { CallStateError } from '../calls/party-state.ts'
import type { QueueDesk } from '../calls/queue-desk.ts'
import type { Sessions } from '../calls/sessions.ts'
import type { PlatformClock } from '../clock.ts'
import type { Directory } from '../directory.ts'
import type { Features } from '../features.ts'
import type { Grants } from '../grants.ts'
import type { RequestFaults } from '../misbehaviour/request-faults.ts'
import type { AccessTokens } from '../oauth/access-tokens.ts'
import type { AuthorizationCodes } from '../oauth/authorization-codes.ts'
import { createAuthorizeRoutes } from '../oauth/authorize-routes.ts'
import { createTokenRoutes } from '../oauth/token-routes.ts'
import type { Phones } from '../phones.ts'
import type { PlayedScenarios } from '../scenarios/played-scenarios.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { createCountAs } from './count-as.ts'
import { createDirectoryRoutes } from './directory-routes.ts'
import { createExtensionRoutes } from './extensions.ts'
import { conflict, createCallFinder } from './find-call.ts'
import { createGrantRoutes } from './grant-routes.ts'
import { createJoinRoutes } from './join-routes.ts'
import { createListenRoutes } from './listen-routes.ts'
import { createPartyRoutes } from './party-routes.ts'
import { createPresenceRoutes } from './presence-routes.ts'
import { createQueueRoutes } from './queue-routes.ts'
import type { RateLimits } from './rate-limits.ts'
import { createRequestLog, type LogEnv, type LoggedRequest } from './request-log.ts'
import { OAuthError, RestError } from './rest-error.ts'
import { createNeeds, type RestEnv, requireLogin, requireOwnAccount } from './rest-session.ts'
import { createSessionRoutes } from './session-routes.ts'
import { createSubscriptionRoutes } from './subscription-routes.ts'

export interface AppParts {
  readonly tokens: AccessTokens
  readonly codes: AuthorizationCodes
  readonly subscriptions: Subscriptions
  readonly sessions: Sessions
  readonly calls: LiveCalls
  readonly takeOver: PlayedScenarios['takeOver']
  readonly desk: QueueDesk
  readonly directory: Directory
  readonly grants: Grants
  readonly features: Features
  readonly phones: Phones
  readonly rateLimits: RateLimits
  readonly requestFaults: RequestFaults
  readonly isJwtRevoked: () => boolean
  readonly clock: PlatformClock
}

/** RingCentral's HTTP: who answers what. */
export function createApp(parts: AppParts): {
  readonly app: Hono<LogEnv>
  readonly requests: readonly LoggedRequest[]
} {
  const { tokens, subscriptions, sessions, calls, directory, grants, features, phones } = parts
  const { rateLimits, requestFaults, clock } = parts
  const { nowMs } = clock
  const { requests, record } = createRequestLog({ nowMs })
  const countAs = createCountAs(rateLimits)
  const needs = createNeeds(directory)

  const rest = new Hono<RestEnv>()
  rest.use(requireLogin(tokens, directory))
  rest.use('/account/:accountId/*', requireOwnAccount())
  rest.route('/account/:accountId', createExtensionRoutes({ directory, features, phones, countAs, needs }))
  rest.route('/account/:accountId', createGrantRoutes({ grants, features, countAs, needs }))
  rest.route('/account/:accountId', createQueueRoutes({ directory, countAs, needs }))
  rest.route('/account/:accountId', createDirectoryRoutes({ directory, countAs, needs }))
  rest.route('/account/:accountId', createPresenceRoutes(sessions, { directory, countAs, needs }))
  const find = createCallFinder(sessions, calls, (session) => parts.takeOver(session, 'api'))
  rest.route('/account/:accountId/telephony', createSessionRoutes(find, { countAs, needs }))
  rest.route('/account/:accountId/telephony', createJoinRoutes({ calls, find, directory, countAs, needs, nowMs }))
  rest.route(
    '/account/:accountId/telephony',
    createListenRoutes({ calls, find, directory, grants, features, phones, countAs, needs }),
  )
  rest.route(
    '/account/:accountId/telephony',
    createPartyRoutes({ calls, find, directory, desk: parts.desk, countAs, needs }),
  )
  rest.route('/subscription', createSubscriptionRoutes(subscriptions, { countAs, needs, nowMs }))

  const app = new Hono<LogEnv>()
  app.use('/restapi/*', dateAnswers(nowMs), record, requestFaults.middleware)
  app.route('/', createTokenRoutes(parts))
  app.route('/', createAuthorizeRoutes(parts))
  app.route('/restapi/v1.0', rest)
  app.notFound((c) => c.json(new RestError(404, 'CMN-120', 'Invalid URI').body, 404))
  app.onError((error, c) => {
    if (error instanceof RestError || error instanceof OAuthError)
      return c.json(error.body, error.status, error.headers)
    if (error instanceof CallStateError) {
      const { body, status } = conflict(error.message)
      return c.json(body, status)
    }
    console.error(error)
    return c.json(new RestError(500, 'CMN-203', 'Internal Server Error').body, 500)
  })
  return { app, requests }
}

/** Answers carry the platform's time, whatever the machine's is. */
function dateAnswers(nowMs: () => number): MiddlewareHandler {
  return async function dateAnswers(c, next) {
    await next()
    if (c.res !== RESPONSE_ALREADY_SENT) c.res.headers.set('date', new Date(nowMs()).toUTCString())
  }
}
