import { createHash } from 'node:crypto'

/** The namespace of Ringside's calls, made once. */
const NAMESPACE = Buffer.from('6f1f7c0ad2b54d2e9a36c2f24b1e08c5', 'hex')

/** A UUID made of a text, a call's key: the same in every process (RFC 9562, version 5). */
export function uuidOf(key: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(key).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
