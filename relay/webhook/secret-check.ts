import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares digests, which have one length, so that the time tells nothing about the secret. */
export function createSecretCheck(): (token: string | undefined, secrets: readonly string[]) => boolean {
  // The same secret for days: its digest is made once. One that is replaced makes room for the next.
  const digests = new Map<string, Buffer>()
  const digestOf = (secret: string): Buffer => {
    const known = digests.get(secret) ?? digest(secret)
    if (digests.size > MAX_KNOWN_DIGESTS) digests.clear()
    digests.set(secret, known)
    return known
  }
  return (token, secrets) => {
    if (token === undefined) return false
    const given = digest(token)
    let isKnown = false
    for (const secret of secrets) isKnown = timingSafeEqual(given, digestOf(secret)) || isKnown
    return isKnown
  }
}

/** A subscription's secret, and the ones it replaced that are accepted for some minutes. */
const MAX_KNOWN_DIGESTS = 8

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
