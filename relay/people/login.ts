import { DAY_MS } from '../../shared/time.ts'
import type { RingCentralTokens } from '../ringcentral/sign-in.ts'
import type { Identity } from '../ringcentral/who-is.ts'

/** One person who is signed in on one browser. The relay's token itself is not kept, only its SHA-256. */
export interface Login extends Identity {
  readonly tokenHash: string
  /** When they signed in; ms since the epoch, relay's clock, as are the others. */
  readonly signedInAtMs: number
  readonly expiresAtMs: number
  /** When RingCentral last confirmed who this is. */
  readonly checkedAtMs: number
  /** For requests as this person; `undefined` when RingCentral does not take them any more. */
  readonly tokens: RingCentralTokens | undefined
}

/** A relay token's life, from the last hello. */
export const TOKEN_LIFE_MS = 30 * DAY_MS

/** When this browser last said hello, or signed in; ms since the epoch. */
export function lastSeenAtMs({ expiresAtMs }: Pick<Login, 'expiresAtMs'>): number {
  return expiresAtMs - TOKEN_LIFE_MS
}
