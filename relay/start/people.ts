import { createPersonClient, type PersonClient } from '../control/person-client.ts'
import { createGrantedCodes } from '../people/granted-codes.ts'
import type { Logins } from '../people/logins.ts'
import { createPeoplePenalties, type PeoplePenalties } from '../people/penalties.ts'
import { createPendingSignIns } from '../people/pending-sign-in.ts'
import { createRightsReading, type RightsReading } from '../people/read-rights.ts'
import type { Rights } from '../people/rights.ts'
import { createSignIn, type SignIn } from '../people/sign-in.ts'
import type { SignInLimits } from '../people/sign-in-limits.ts'
import { createRevokeTokens, createSignOut, type SignOut } from '../people/sign-out.ts'
import { createTokenCipher, deriveKey } from '../people/token-cipher.ts'
import { createPeopleTokens, type PeopleTokens } from '../people/tokens.ts'
import { createSignInClient, type SignInClient } from '../ringcentral/sign-in.ts'
import type { RelayBase } from './base.ts'
import type { Duties } from './duties.ts'
import type { Platform } from './platform.ts'

/** What signs people in and out, and keeps their tokens. */
export interface People {
  readonly client: SignInClient
  readonly signIn: SignIn
  readonly signOut: SignOut
  readonly tokens: PeopleTokens
  readonly penalties: PeoplePenalties
  /** Asks RingCentral as somebody who is signed in. */
  readonly personClient: PersonClient
  /** Not started yet. */
  readonly rightsReading: RightsReading
}

export interface PeopleOptions {
  readonly platform: Platform
  readonly duties: Duties
  /** That of the data folder's cipher. */
  readonly key: Uint8Array
  readonly logins: Logins
  readonly rights: Rights
  readonly limits: SignInLimits
  /** A person was signed out; `tokenHash` is that of their token. */
  onRevoked(tokenHash: string): void
}

export function createPeople(base: RelayBase, options: PeopleOptions): People {
  const { settings, clock, time, logger, capabilities, publicUrl, shared } = base
  const { platform, duties, key, logins, rights, limits, onRevoked } = options
  const { serverUrl, userClientId, userClientSecret } = settings
  const client = createSignInClient(
    { serverUrl, clientId: userClientId, clientSecret: userClientSecret },
    clock,
    platform.wayOut,
  )
  const revokeTokens = createRevokeTokens(client, logger)
  const signOut = createSignOut({ logins, rights, revokeTokens, onRevoked })
  const penalties = createPeoplePenalties(clock)
  const tokens = createPeopleTokens({ logins, shared, client, penalties, signOut, revokeTokens, clock, logger })
  const rightsReading = createRightsReading({
    rights,
    logins,
    tokens,
    client,
    penalties,
    service: platform.service,
    takeRequest: platform.takeSpareRequest,
    clock,
    time,
    logger,
    onRead: (extensionId, refusal) => capabilities.note('grants', refusal?.message, extensionId),
  })
  const pending = createPendingSignIns(createTokenCipher(deriveKey(key, 'ringside pending sign-ins')), clock, shared)
  const codes = createGrantedCodes({
    clock,
    shared,
    cipher: createTokenCipher(deriveKey(key, 'ringside granted codes')),
    revokeTokens,
  })
  const signIn = createSignIn({
    client,
    logins,
    pending,
    codes,
    shared,
    limits,
    rights,
    rightsReading,
    clock,
    logger,
    settings,
    publicUrl,
    accountId: () => duties.subscription.accountId,
    endLogin: signOut,
    revokeTokens,
  })
  const personClient = createPersonClient({ serverUrl, tokens, penalties, wayOut: platform.wayOut })
  return { client, signIn, signOut, tokens, penalties, personClient, rightsReading }
}
