import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/**
 * New ids in the shapes the platform uses. They are never seeded: a receiver keeps what it has seen across restarts of the
 * stand-in, and a repeated id would be taken for a repeated delivery.
 */

/** A notification's id: 19 decimal digits. */
export function newNotificationUuid(): string {
  return digits(19)
}

/** The part that a telephony session's id and its parties' ids have in common: 32 hexadecimal digits. */
export function newSessionKey(): string {
  return randomBytes(16).toString('hex')
}

/** The legacy session id: 12 decimal digits. */
export function newLegacySessionId(): string {
  return digits(12)
}

/** A recording's id: 12 decimal digits. */
export function newRecordingId(): string {
  return digits(12)
}

export function newSubscriptionId(): string {
  return randomUUID()
}

/** An access token, a refresh token, an authorization code or a validation token. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url')
}

function digits(count: number): string {
  return Array.from({ length: count }, (_, index) => randomInt(index === 0 ? 1 : 0, 10)).join('')
}
