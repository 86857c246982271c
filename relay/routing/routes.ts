import { Hono } from 'hono'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import type { RoutingAnswer } from '../../shared/protocol/http/routing.ts'
import { respondProblem } from '../http/problem.ts'
import { type PersonEnv, type RequirePersonOptions, requirePerson } from '../people/require-person.ts'
import { watchesAll } from '../people/watches.ts'

export interface RoutingRouteDependencies extends RequirePersonOptions {
  readonly routing: { describe(): RoutingAnswer }
}

/** The rules and what they did, for who watches the whole account: they are about everybody's calls. */
export function createRoutingRoutes(dependencies: RoutingRouteDependencies): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.get(ROUTES.routing, requirePerson(dependencies), (c) => {
    if (!watchesAll(c.get('user').watches)) {
      const detail = 'Rules are shown to who watches the whole account: an administrator decides.'
      return respondProblem(c, { status: 403, code: 'not_allowed', detail })
    }
    return c.json(dependencies.routing.describe(), 200, { 'cache-control': 'no-store' })
  })
  return routes
}
