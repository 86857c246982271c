import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createAuthRoutes } from './auth-routes.ts'
import { extensionCors } from './cors.ts'
import { describeError } from './errors.ts'
import { respondProblem } from './problem.ts'
import type { SignIn } from './sign-in.ts'
import { createWebhook, type WebhookDependencies } from './webhook.ts'

export interface AppDependencies extends WebhookDependencies {
  readonly signIn: SignIn
  /** Chrome extension ids whose requests may read the answers. */
  readonly extensionIds: readonly string[]
  /** What keeps the relay from being of use, as sentences; empty when it is ready. */
  unreadiness(): readonly string[]
}

/** Requests of the extension are some hundred bytes. */
const MAX_REQUEST_BYTES = 16 * 1024

/** The relay's HTTP routes, apart from the upgrade of the stream. */
export function createApp(dependencies: AppDependencies): Hono {
  const { logger, extensionIds, unreadiness } = dependencies
  const app = new Hono()

  app.post('/webhook', createWebhook(dependencies))

  const cors = extensionCors({ extensionIds })
  for (const path of ['/healthz', '/auth/token', '/v1/*']) app.use(path, cors)
  app.use(
    '/auth/*',
    bodyLimit({
      maxSize: MAX_REQUEST_BYTES,
      onError: (c) =>
        respondProblem(c, { status: 413, code: 'too_large', detail: 'The body should be at most 16 kB.' }),
    }),
  )
  app.route('/auth', createAuthRoutes(dependencies.signIn))

  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', (c) => {
    const missing = unreadiness()
    if (missing.length === 0) return c.json({ status: 'ready' })
    return respondProblem(c, { status: 503, code: 'not_ready', detail: missing.join(' ') })
  })
  app.get('/v1/stream', (c) =>
    respondProblem(c, { status: 426, code: 'upgrade_required', detail: 'The stream should be opened as a WebSocket.' }),
  )

  app.notFound((c) =>
    respondProblem(c, { status: 404, code: 'not_found', detail: `There is no ${c.req.method} on this path.` }),
  )
  app.onError((error, c) => {
    logger.error({ err: describeError(error), path: c.req.routePath }, 'A request failed')
    return respondProblem(c, { status: 500, code: 'internal', detail: 'The relay failed; its log says why.' })
  })
  return app
}
