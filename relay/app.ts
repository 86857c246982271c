import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ROUTES } from '../shared/protocol/http/routes.ts'
import { type CallsRouteDependencies, createCallsRoutes } from './calls/routes.ts'
import type { Settings } from './config.ts'
import { type ControlDependencies, createControlRoutes } from './control/routes.ts'
import { createWatchingRoutes, type WatchingDependencies } from './control/watching-routes.ts'
import { type CrmRouteDependencies, createCrmRoutes } from './crm/routes.ts'
import { createDeskRoutes } from './desk/routes.ts'
import { describeError } from './errors.ts'
import { extensionCors } from './http/cors.ts'
import { limitFailures } from './http/limit-failures.ts'
import { answerNoRoute } from './http/no-route.ts'
import { respondProblem } from './http/problem.ts'
import { refuseCompressed } from './http/refuse-compressed.ts'
import { createJoinRoutes, type JoinDependencies } from './join/routes.ts'
import type { EventLog } from './log/event-log.ts'
import { NotStoredError } from './log/not-stored-error.ts'
import type { Metrics } from './metrics.ts'
import { createAuthRoutes } from './people/auth-routes.ts'
import type { SignIn } from './people/sign-in.ts'
import type { Unready, Warning } from './readiness.ts'
import { createStatusRoutes, type StatusRouteDependencies } from './repair/status-routes.ts'
import { createRoutingRoutes, type RoutingRouteDependencies } from './routing/routes.ts'
import { createWebhook, type WebhookDependencies } from './webhook/webhook.ts'

export interface AppDependencies
  extends WebhookDependencies,
    ControlDependencies,
    WatchingDependencies,
    StatusRouteDependencies,
    CallsRouteDependencies,
    RoutingRouteDependencies,
    CrmRouteDependencies,
    JoinDependencies {
  readonly log: EventLog
  readonly settings: Pick<Settings, 'visibility' | 'extensionIds'> & JoinDependencies['settings']
  readonly signIn: SignIn
  readonly metrics: Pick<Metrics, 'render' | 'countDelivery' | 'observeAppend'>
  /** Chrome extension ids whose requests may read the answers. */
  readonly extensionIds: readonly string[]
  /** The parts that keep the relay from being of use; none when it is ready. */
  unready(): readonly Unready[]
  readonly routing: RoutingRouteDependencies['routing'] & {
    /** What somebody should see to, although it keeps the relay from nothing. */
    warnings(): readonly Warning[]
  }
}

/** Requests of the extension are some hundred bytes. */
const MAX_REQUEST_BYTES = 16 * 1024

/** The relay's HTTP routes, apart from the upgrade of the stream. */
export function createApp(dependencies: AppDependencies): Hono {
  const { logger, extensionIds, failures, trustedProxies, metrics } = dependencies
  const app = new Hono()
  const limit = (...statuses: readonly number[]) => limitFailures({ failures, trustedProxies, statuses })

  app.post(ROUTES.webhook, createWebhook(dependencies))

  const cors = extensionCors({ extensionIds })
  for (const path of [ROUTES.health, ROUTES.token, '/v1/*']) app.use(path, cors)
  for (const path of ['/auth/*', '/crm/*']) app.use(path, limit(400, 401, 413, 415, 429))
  // Any other refusal there can happen to a signed-in user in normal use.
  app.use('/v1/*', limit(401, 413, 415))
  for (const path of ['/auth/*', '/crm/*', '/v1/*']) {
    app.use(path, refuseCompressed())
    app.use(
      path,
      bodyLimit({
        maxSize: MAX_REQUEST_BYTES,
        onError: (c) =>
          respondProblem(c, { status: 413, code: 'too_large', detail: 'The body should be at most 16 kB.' }),
      }),
    )
  }
  app.route('/', createAuthRoutes(dependencies.signIn, dependencies.trustedProxies))
  app.route('/', createJoinRoutes(dependencies))
  app.route('/', createStatusRoutes(dependencies))
  app.route('/', createControlRoutes(dependencies))
  app.route('/', createWatchingRoutes(dependencies))
  app.route('/', createDeskRoutes(dependencies))
  app.route('/', createCallsRoutes(dependencies))
  app.route('/', createRoutingRoutes(dependencies))
  app.route('/', createCrmRoutes(dependencies))

  app.get(ROUTES.health, (c) => c.json({ status: 'alive' }))
  app.get(ROUTES.readiness, (c) => {
    const parts = dependencies.unready()
    const found = dependencies.routing.warnings()
    const warnings = found.length > 0 ? { warnings: found } : {}
    if (parts.length === 0) return c.json({ status: 'ready', ...warnings })
    const detail = parts.map(({ reason }) => reason).join(' ')
    return respondProblem(c, { status: 503, code: 'not_ready', detail, parts, ...warnings })
  })
  app.get(ROUTES.metrics, async (c) => {
    const { contentType, text } = await metrics.render()
    return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
  app.get(ROUTES.stream, (c) =>
    respondProblem(c, { status: 426, code: 'upgrade_required', detail: 'The stream should be opened as a WebSocket.' }),
  )

  app.notFound(answerNoRoute(app))
  app.onError((error, c) => {
    logger.error({ err: describeError(error), path: c.req.routePath }, 'A request failed')
    return error instanceof NotStoredError
      ? respondProblem(c, {
          status: 503,
          code: 'not_stored',
          detail:
            "Nothing can be stored now: there should be room on the relay's disk, or its Redis within reach. Try again when there is.",
        })
      : respondProblem(c, { status: 500, code: 'internal', detail: 'The relay failed; its log says why.' })
  })
  return app
}
