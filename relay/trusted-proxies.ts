import { BlockList, isIP, isIPv6 } from 'node:net'

/** Addresses of proxies whose `X-Forwarded-For` is believed. */
export type TrustedProxies = BlockList

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
