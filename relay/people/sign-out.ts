import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/sign-in.ts'
import type { Login } from './login.ts'
import type { Logins } from './logins.ts'
import type { Rights } from './rights.ts'

/**
 * Ends a login: from this call on its token is not valid and its live sockets are cut, whatever the disk and RingCentral
 * say to it. Resolves when it stays ended after a restart. RingCentral is told as well, and nobody waits for that.
 */
export type SignOut = (login: Login) => Promise<void>

/** Ends tokens at RingCentral, soon: where they came from they are forgotten already. */
export type RevokeTokens = (tokens: RingCentralTokens) => void

export function createSignOut(dependencies: {
  readonly logins: Pick<Logins, 'remove' | 'all'>
  readonly rights: Pick<Rights, 'forget'>
  readonly revokeTokens: RevokeTokens
  /** A token became invalid. */
  onRevoked(tokenHash: string): void
}): SignOut {
  const { logins, rights, revokeTokens, onRevoked } = dependencies
  return async ({ tokenHash, extensionId, tokens }) => {
    const removed = logins.remove(tokenHash)
    onRevoked(tokenHash)
    if (tokens !== undefined) revokeTokens(tokens)
    await removed
    if (logins.all().every((other) => other.extensionId !== extensionId)) await rights.forget(extensionId)
  }
}

export function createRevokeTokens(client: Pick<SignInClient, 'revoke'>, logger: Logger): RevokeTokens {
  return (tokens) => {
    client.revoke(tokens).catch((error: unknown) => {
      logger.warn({ err: describeError(error) }, "A person's tokens could not be revoked at RingCentral")
    })
  }
}
