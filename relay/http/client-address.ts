import { isIP } from 'node:net'
import { isTrusted, type TrustedProxies } from '../trusted-proxies.ts'

/**
 * Where a request comes from: the connection's other end, or behind trusted proxies the last address of
 * `X-Forwarded-For` that is not a trusted proxy. What stands before that in the header was written by a stranger.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trusted: TrustedProxies,
): string {
  const hops = String(forwardedFor ?? '')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '')
  let address = plainAddress(peer ?? '')
  while (isTrusted(address, trusted)) {
    const hop = plainAddress(withoutPort(hops.pop() ?? ''))
    if (isIP(hop) === 0) break
    address = hop
  }
  return address
}

/** Some proxies write the port with the address, and an IPv6 address then in brackets: `203.0.113.7:51000`, `[2001:db8::1]:5000`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([^:]*):\d+$/.exec(hop)?.[1] ?? hop
}

/** An IPv4 address without the prefix it has on an IPv6 socket. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}
