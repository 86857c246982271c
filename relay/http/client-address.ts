import { BlockList, isIP, isIPv6 } from 'node:net'

/** Addresses of proxies whose `X-Forwarded-For` is believed. */
export type TrustedProxies = BlockList

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

/** Reads a list of addresses and networks (`10.0.0.0/8`); `undefined` when one of them is neither. */
export function parseTrustedProxies(texts: readonly string[]): TrustedProxies | undefined {
  const list = new BlockList()
  for (const text of texts) {
    const [address = '', bits] = text.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    const prefix = bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits)
    if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv6' ? 128 : 32)) {
      return undefined
    }
    list.addSubnet(address, prefix, family)
  }
  return list
}

/** Whether a plain address is one of the proxies. */
export function isTrusted(address: string, trusted: TrustedProxies): boolean {
  return isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Some proxies write the port with the address, and an IPv6 address then in brackets: `203.0.113.7:51000`, `[2001:db8::1]:5000`. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([^:]*):\d+$/.exec(hop)?.[1] ?? hop
}

/** An IPv4 address without the prefix it has on an IPv6 socket. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}
