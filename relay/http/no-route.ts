import type { Context, Hono } from 'hono'
import { respondProblem } from './problem.ts'

/** The methods that routes here have; `OPTIONS` is answered before any route is looked for. */
const METHODS = ['GET', 'POST', 'DELETE']

/** Answers what no route of `app` takes: 405 with the methods that the path has, 404 where there is nothing at all. */
export function answerNoRoute(app: Hono): (c: Context) => Response {
  return function noRoute(c) {
    const { method, path } = c.req
    const allowed = METHODS.filter((one) => hasRoute(app, one, path))
    if (allowed.length === 0) {
      return respondProblem(c, { status: 404, code: 'not_found', detail: 'There is nothing on this path.' })
    }
    const detail = `The method should be ${allowed.join(' or ')}: there is no ${method} on this path.`
    const response = respondProblem(c, { status: 405, code: 'method_not_allowed', detail })
    response.headers.set('allow', allowed.join(', '))
    return response
  }
}

/** Middleware matches as well, but stands for every method. */
function hasRoute(app: Hono, method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, route]]) => route.method === method)
}
