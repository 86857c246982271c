import { expect, it } from 'vitest'
import { clientAddress } from '../../../relay/http/client-address.ts'
import { parseTrustedProxies } from '../../../relay/trusted-proxies.ts'

const loopback = ['127.0.0.0/8', '::1']

it.each<[what: string, peer: string, forwardedFor: string | undefined, trusted: readonly string[], address: string]>([
  ['nobody in between', '203.0.113.5', undefined, loopback, '203.0.113.5'],
  ['a header from a stranger is not believed', '203.0.113.5', '198.51.100.1', loopback, '203.0.113.5'],
  ['behind a proxy on this machine', '127.0.0.1', '198.51.100.1', loopback, '198.51.100.1'],
  ['on an IPv6 socket', '::ffff:127.0.0.1', '198.51.100.1', loopback, '198.51.100.1'],
  ['what the client wrote itself stands first', '127.0.0.1', '10.9.9.9, 198.51.100.1', loopback, '198.51.100.1'],
  ['two proxies', '127.0.0.1', '198.51.100.1, 10.0.0.7', [...loopback, '10.0.0.0/8'], '198.51.100.1'],
  ['a proxy that says nothing', '127.0.0.1', undefined, loopback, '127.0.0.1'],
  ['with a port', '127.0.0.1', '198.51.100.1:51000', loopback, '198.51.100.1'],
  ['in brackets with a port', '127.0.0.1', '[2001:db8::1]:5000', loopback, '2001:db8::1'],
  ['in brackets', '127.0.0.1', '[2001:db8::1]', loopback, '2001:db8::1'],
  ['of IPv6 without either', '127.0.0.1', '2001:db8::1', loopback, '2001:db8::1'],
  ['of IPv4 on IPv6 with a port', '127.0.0.1', '[::ffff:198.51.100.1]:443', loopback, '198.51.100.1'],
  ['a trusted proxy with a port', '127.0.0.1', '198.51.100.1:1, 127.0.0.1:2', loopback, '198.51.100.1'],
  ['brackets around nothing', '127.0.0.1', '[]:5000', loopback, '127.0.0.1'],
  ['a header that is no address', '127.0.0.1', 'unknown', loopback, '127.0.0.1'],
])('%s', (_what, peer, forwardedFor, trusted, address) => {
  const list = parseTrustedProxies(trusted)
  expect(list && clientAddress(peer, forwardedFor, list)).toBe(address)
})
