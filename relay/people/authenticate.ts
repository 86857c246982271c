import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Rights, UserWithRights } from './rights.ts'
import type { Sessions } from './sessions.ts'

/** Whom a token belongs to, and until when it is valid. */
export interface Authenticated {
  readonly user: UserWithRights
  readonly expiresAtMs: number
}

export interface AuthenticateDependencies {
  readonly sessions: Pick<Sessions, 'extend' | 'find'>
  readonly rights: Pick<Rights, 'describe'>
  readonly logger: Logger
}

/** Tells who a token belongs to and begins its life again; `undefined` for a token that is not or no longer valid. */
export function createAuthenticate({ sessions, rights, logger }: AuthenticateDependencies) {
  return async function authenticate(token: string): Promise<Authenticated | undefined> {
    const session = await sessions.extend(token).catch((error: unknown) => {
      // A token whose new end can't be written is no less valid: reading goes on while the disk is full.
      logger.warn({ err: describeError(error) }, "A session's new end could not be stored")
      return sessions.find(token)
    })
    return session && { user: rights.describe(session), expiresAtMs: session.expiresAtMs }
  }
}
