import type { MiddlewareHandler } from 'hono'
import type { RateGroup } from './rate-limits.ts'

/** One request to the API or the sign-in page, as the platform answered it. */
export interface LoggedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** 0 when the connection was cut instead of an answer. */
  readonly status: number
  /** When it came, in ms on the platform's clock. */
  readonly atMs: number
  /** Which limit it counted towards; `undefined` for what is not limited or was refused before. */
  readonly rateGroup: RateGroup | undefined
  /** It came while its group was being refused for too many requests, and so prolonged that. */
  readonly isDuringPenalty: boolean
}

/** What other handlers tell the log about a request. */
export interface LogEnv {
  Variables: {
    rate: { readonly group: RateGroup; readonly isDuringPenalty: boolean } | undefined
    isCut: boolean | undefined
  }
}

/** Remembers what was asked of the platform; the phone page's own requests are not of interest. */
export function createRequestLog(options: { nowMs: () => number }) {
  const requests: LoggedRequest[] = []
  const record: MiddlewareHandler<LogEnv> = async function recordRequest(c, next) {
    const atMs = options.nowMs()
    await next()
    const rate = c.get('rate')
    requests.push({
      method: c.req.method,
      path: c.req.path,
      status: c.get('isCut') ? 0 : c.res.status,
      atMs,
      rateGroup: rate?.group,
      isDuringPenalty: rate?.isDuringPenalty ?? false,
    })
  }
  return { requests, record }
}
