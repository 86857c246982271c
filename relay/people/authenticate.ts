import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Logins } from './logins.ts'
import type { Rights, UserWithRights } from './rights.ts'

/** Whom a token belongs to, and until when it is valid. */
export interface Authenticated {
  readonly user: UserWithRights
  readonly expiresAtMs: number
}

export interface AuthenticateDependencies {
  readonly logins: Pick<Logins, 'extend' | 'find'>
  readonly rights: Pick<Rights, 'describe'>
  readonly logger: Logger
}

/**
 * Tells who a token belongs to and begins its life again; `undefined` for a token that is not or no longer valid. Nobody waits for its
 * new end to be written: a phone may be ringing. Where that finds the login removed by another relay, who came with it is cut.
 */
export function createAuthenticate({ logins, rights, logger }: AuthenticateDependencies) {
  return async function authenticate(token: string): Promise<Authenticated | undefined> {
    const login = await logins.find(token)
    if (login === undefined) return undefined
    const { expiresAtMs, kept } = logins.extend(login)
    kept.catch((error: unknown) => {
      // A token whose new end can't be written is no less valid: reading goes on while the disk is full.
      logger.warn({ err: describeError(error) }, "A login's new end could not be stored")
    })
    return { user: rights.describe(login), expiresAtMs }
  }
}
