import { createHash, randomBytes } from 'node:crypto'

/** Proof key for code exchange (RFC 7636), method S256. */

export function newCodeVerifier(): string {
  return randomBytes(32).toString('base64url')
}

export function codeChallengeOf(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url')
}

/** Whether a text has the form of an S256 challenge. */
export function isCodeChallenge(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
