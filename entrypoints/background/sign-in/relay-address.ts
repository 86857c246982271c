import { parseWebAddress } from '../../lib/settings/web-address.ts'

/**
 * Reads what a person typed as the relay's address: its origin, or `undefined` when it cannot be one. Plain `http` is for
 * this very computer only, because tokens and calls travel here.
 */
export function parseRelayAddress(text: string): string | undefined {
  const url = parseWebAddress(text)
  if (url === undefined || url.username !== '' || url.password !== '') return undefined
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' || isLoopback ? url.origin : undefined
}
