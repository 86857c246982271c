import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { unreachable } from '../../../shared/assert.ts'
import type { LogEnv } from '../api/request-log.ts'
import { RestError } from '../api/rest-error.ts'
import type { Stop } from './delivery-faults.ts'

/** Routes that tests name often; tried on `METHOD /path`. */
const ROUTES = {
  any: /^/,
  token: /^POST \/restapi\/oauth\/token$/,
  api: / \/restapi\/v1\.0\//,
  subscription: / \/restapi\/v1\.0\/subscription/,
  'create subscription': /^POST \/restapi\/v1\.0\/subscription$/,
  extension: / \/restapi\/v1\.0\/account\/[^/]+\/extension\/[^/]+$/,
  grants: / \/restapi\/v1\.0\/account\/[^/]+\/extension\/[^/]+\/grant$/,
  directory: / \/restapi\/v1\.0\/account\/[^/]+\/directory\/entries$/,
  queues: / \/restapi\/v1\.0\/account\/[^/]+\/call-queues(\/|$)/,
  supervise: /^POST \/restapi\/v1\.0\/account\/[^/]+\/telephony\/.*\/supervise$/,
  presence: / \/restapi\/v1\.0\/account\/.*\/presence$/,
  session: /^GET \/restapi\/v1\.0\/account\/[^/]+\/telephony\/sessions\/[^/]+$/,
  telephony: / \/restapi\/v1\.0\/account\/[^/]+\/telephony\//,
} as const satisfies Readonly<Record<string, RegExp>>
export type Route = keyof typeof ROUTES | RegExp

export interface RequestFaultOptions {
  /** How many requests it strikes before it ends by itself; all unless given. */
  readonly times?: number
  /** The request is carried out all the same, and only its answer is lost; off unless given. */
  readonly isCarriedOut?: boolean
}

/** An answer in place of the usual one. */
export interface WrongAnswer {
  readonly status: ContentfulStatusCode
  /** `CMN-203` unless given. */
  readonly errorCode?: string
  /** Sent as `Retry-After` when given. */
  readonly retryAfterS?: number
  /** Sent as a page in place of RingCentral's JSON, as by a firewall or a proxy on the way. */
  readonly page?: string
}

export type RequestFault =
  | ({ readonly kind: 'answer' } & WrongAnswer)
  /** Cuts the connection. */
  | { readonly kind: 'reset' }
  /** Makes the client wait, for so long or until the fault is stopped; then goes on as usual. */
  | { readonly kind: 'wait'; readonly waitMs: number | undefined }

interface Entry {
  readonly route: Route
  readonly fault: RequestFault
  readonly isCarriedOut: boolean
  readonly stopped: AbortController
  timesLeft: number
}

export interface RequestFaults {
  add(route: Route, fault: RequestFault, options?: RequestFaultOptions): Stop
  readonly middleware: MiddlewareHandler<LogEnv>
}

/** Lets requests fail on command; of several faults for one request, the one turned on first strikes. */
export function createRequestFaults(signal: AbortSignal): RequestFaults {
  const entries = new Set<Entry>()

  const take = (c: Context): Entry | undefined => {
    const line = `${c.req.method} ${c.req.path}`
    const entry = [...entries].find(({ route }) => (typeof route === 'string' ? ROUTES[route] : route).test(line))
    if (entry === undefined) return undefined
    entry.timesLeft -= 1
    if (entry.timesLeft <= 0) entries.delete(entry)
    return entry
  }

  return {
    add(route, fault, { times = Number.POSITIVE_INFINITY, isCarriedOut = false } = {}) {
      const entry = { route, fault, isCarriedOut, stopped: new AbortController(), timesLeft: times }
      entries.add(entry)
      return () => {
        entries.delete(entry)
        entry.stopped.abort()
      }
    },
    middleware: async function misbehave(c, next) {
      const entry = take(c)
      if (entry === undefined) return next()
      if (entry.isCarriedOut) await next()
      const { fault } = entry
      switch (fault.kind) {
        case 'answer':
          c.res = answerWrong(c, fault)
          return
        case 'reset':
          c.set('isCut', true)
          ;(c.env as HttpBindings).incoming.socket.destroy()
          c.res = RESPONSE_ALREADY_SENT
          return
        case 'wait':
          await waitFor(fault.waitMs, AbortSignal.any([entry.stopped.signal, signal, c.req.raw.signal]))
          if (!entry.isCarriedOut) await next()
          return
        default:
          unreachable(fault)
      }
    },
  }
}

function answerWrong(c: Context, { status, errorCode = 'CMN-203', retryAfterS, page }: WrongAnswer): Response {
  const headers = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) }
  if (page !== undefined) return c.html(page, status, headers)
  return c.json(new RestError(status, errorCode, 'The request could not be carried out').body, status, headers)
}

/** Resolves after so long, or as soon as `signal` aborts. */
function waitFor(waitMs: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = waitMs === undefined ? undefined : setTimeout(resolve, waitMs)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
