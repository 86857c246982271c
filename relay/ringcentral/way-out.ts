import { EnvHttpProxyAgent, fetch, Headers, Request, Response } from 'undici'
import type { Settings } from '../config.ts'

/**
 * How requests get out to RingCentral: straight, or through the proxy that HTTPS_PROXY names. The `fetch` of Node 20 knows no
 * proxies, so behind one the requests are undici's own, which is what Node's is made of; its classes come along, because one
 * takes only the requests of the same make. From Node 24 on NODE_USE_ENV_PROXY does the same, and this can go.
 */
export interface WayOut {
  readonly fetch: typeof globalThis.fetch
  readonly Request: typeof globalThis.Request
  readonly Response: typeof globalThis.Response
  readonly Headers: typeof globalThis.Headers
}

export function openWayOut({ httpsProxy, noProxy }: Pick<Settings, 'httpsProxy' | 'noProxy'>): WayOut {
  if (httpsProxy === undefined) {
    return {
      // Looked up with each request: the HTTP server puts classes of its own in the global ones' place.
      fetch: (input, init) => globalThis.fetch(input, init),
      Request: globalThis.Request,
      Response: globalThis.Response,
      Headers: globalThis.Headers,
    }
  }
  // Plain http is for a stand-in on this machine, which no proxy reaches.
  const dispatcher = new EnvHttpProxyAgent({ httpsProxy, httpProxy: '', noProxy: noProxy ?? '' })
  const throughProxy = (input: Parameters<typeof fetch>[0], init?: Parameters<typeof fetch>[1]) =>
    fetch(input, { ...init, dispatcher })
  return { fetch: throughProxy, Headers, Request, Response } as unknown as WayOut
}
