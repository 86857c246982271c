import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { TrustedProxies } from '../trusted-proxies.ts'
import { clientAddress } from './client-address.ts'

/** Where a request to a route comes from; '' for one that came over no socket. */
export function requestAddress(c: Context, trustedProxies: TrustedProxies): string {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  return clientAddress(incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'), trustedProxies)
}
