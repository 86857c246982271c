import type { MiddlewareHandler } from 'hono'

/** One request to the API or the sign-in page, as the platform answered it. */
export interface LoggedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly status: number
}

/** Remembers what was asked of the platform; the phone page's own requests are not of interest. */
export function createRequestLog() {
  const requests: LoggedRequest[] = []
  const record: MiddlewareHandler = async function recordRequest(c, next) {
    await next()
    requests.push({ method: c.req.method, path: c.req.path, status: c.res.status })
  }
  return { requests, record }
}
