import { parseWebAddress } from '../../lib/settings/web-address.ts'

/**
 * Reads what a person typed or pasted as the relay's address, or as a link to one of its pages, such as an invitation: the origins
 * to try, in this order; none when it cannot be one. Plain `http` is for this very computer only, because tokens and calls travel
 * here; without a scheme it is tried after `https`.
 */
export function readRelayAddresses(text: string): readonly string[] {
  const url = parseWebAddress(text)
  if (url === undefined || url.username !== '' || url.password !== '') return []
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:') return isLoopback ? [url.origin] : []
  return isLoopback && isBare(text) ? [url.origin, `http://${url.host}`] : [url.origin]
}

/** Whether it is typed without a scheme. */
export function isBare(text: string): boolean {
  return !text.includes('://')
}
