import type { MiddlewareHandler } from 'hono'

export interface ExtensionCorsOptions {
  /** Chrome extension ids whose requests may read the answers. */
  readonly extensionIds: readonly string[]
}

/**
 * Lets the extension read the relay's answers: it has no host permission, so the browser asks as for any page. Every
 * answer carries the headers, refusals included; to other origins none.
 */
export function extensionCors({ extensionIds }: ExtensionCorsOptions): MiddlewareHandler {
  const allowedOrigins = new Set(extensionIds.map((id) => `chrome-extension://${id}`))
  return async function cors(c, next) {
    const origin = c.req.header('origin') ?? ''
    const isAllowed = allowedOrigins.has(origin)
    if (c.req.method === 'OPTIONS') c.res = c.body(null, 204)
    else await next()
    c.res.headers.append('vary', 'Origin')
    if (!isAllowed) return
    c.res.headers.set('access-control-allow-origin', origin)
    // A browser shows a script few headers unasked, and this one not.
    c.res.headers.set('access-control-expose-headers', 'retry-after')
    if (c.req.method !== 'OPTIONS') return
    c.res.headers.set('access-control-allow-methods', 'GET, POST, DELETE')
    c.res.headers.set('access-control-allow-headers', 'authorization, content-type')
    c.res.headers.set('access-control-max-age', '600')
  }
}
