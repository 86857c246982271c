import type { Clock } from '../../shared/clock.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { Shared } from '../log/storage.ts'
import type { Logger } from '../logger.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/sign-in.ts'
import type { Person } from '../ringcentral/who-is.ts'
import type { Granted, GrantedCodes } from './granted-codes.ts'
import type { Logins } from './logins.ts'
import type { PendingSignIns } from './pending-sign-in.ts'
import { codeChallengeOf, isCodeChallenge, newCodeVerifier } from './pkce.ts'
import type { RightsReading } from './read-rights.ts'
import type { Rights, UserWithRights } from './rights.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import type { RevokeTokens, SignOut } from './sign-out.ts'

/**
 * Sign-in. The relay is RingCentral's confidential client and gives the extension a token of its own:
 *
 *   extension ─start─▶ relay ─▶ RingCentral's page ─callback─▶ relay ─code─▶ extension ─code + verifier─▶ relay ─▶ token
 *
 * Both halves carry a proof key, so that a code is of use only to the browser that began. What has begun travels in the
 * state; a code waits for a minute, and what nobody fetched is given back to RingCentral. Each arrow may lead to another of
 * the relays that share what they keep.
 */
export interface SignIn {
  /** Where to send the browser, what is wrong with the request, or that there are too many. */
  start(request: StartRequest, address: string): Promise<Started>
  /** Where to send the browser back to; `undefined` for a callback that belongs to no sign-in under way. */
  finish(callback: Callback, address: string): Promise<string | undefined>
  /** A token for a code, once and only with its verifier; `undefined` otherwise. */
  redeem(code: string, codeVerifier: string): Promise<SignedIn | undefined>
  /** Ends a login, here and at RingCentral; false when the token is not valid. */
  signOut(token: string): Promise<boolean>
  /** Gives back to RingCentral what nobody has fetched. */
  close(): Promise<void>
}

export type Started = { readonly location: string } | { readonly fault: string } | 'tooMany'

export interface StartRequest {
  readonly redirectUri: string
  readonly state: string
  readonly codeChallenge: string
}

export interface Callback {
  readonly state: string
  readonly code: string | undefined
  readonly error: string | undefined
}

export interface SignedIn {
  readonly token: string
  readonly expiresAtMs: number
  readonly user: UserWithRights
}

export interface SignInDependencies {
  readonly client: Pick<SignInClient, 'authorizeUrl' | 'exchange' | 'whoIs'>
  readonly logins: Logins
  readonly pending: PendingSignIns
  readonly codes: GrantedCodes
  readonly shared: Pick<Shared, 'exclusively'>
  readonly limits: SignInLimits
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: Pick<Settings, 'extensionIds' | 'supervisors'>
  readonly rights: Pick<Rights, 'describe'>
  readonly rightsReading: Pick<RightsReading, 'readFirst'>
  readonly publicUrl: string
  /** The subscription's account; `undefined` until it is known. */
  accountId(): string | undefined
  readonly endLogin: SignOut
  readonly revokeTokens: RevokeTokens
}

const MAX_STATE_CHARS = 512

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { client, logins, rights, rightsReading, pending, limits, clock, logger, settings, publicUrl } = dependencies
  const { endLogin, revokeTokens, shared } = dependencies
  const callbackUrl = `${publicUrl}${ROUTES.signInCallback}`
  const redirectUris = new Set(settings.extensionIds.map((id) => `https://${id}.chromiumapp.org/`))
  const granted = dependencies.codes
  let refused = { count: 0, loggedAtMs: Number.NEGATIVE_INFINITY }

  /** Makes the code for the extension, or says why there is none, in a word of OAuth's or ours. */
  async function grant(callback: Callback, address: string): Promise<Readonly<Record<string, string>> | undefined> {
    const begun = pending.open(callback.state)
    if (begun === undefined) return undefined
    const { code: given, error } = callback
    const accountId = dependencies.accountId()
    if (given !== undefined && accountId === undefined) return { error: 'temporarily_unavailable' }
    if (given !== undefined && !(await limits.mayExchange(address))) {
      noteRefused()
      return { error: 'temporarily_unavailable' }
    }
    if (!(await pending.spend(callback.state))) return undefined
    if (given === undefined) return { error: /^[a-z_]{1,64}$/.test(error ?? '') ? String(error) : 'server_error' }
    const tokens = await exchange({ code: given, codeVerifier: begun.codeVerifier }, address)
    const person = await client.whoIs(tokens).catch((failure: unknown) => {
      revokeTokens(tokens)
      throw failure
    })
    if (person.accountId !== accountId || !person.isEnabled) {
      revokeTokens(tokens)
      return { error: person.isEnabled ? 'wrong_account' : 'account_disabled' }
    }
    limits.noteKnown(address)
    noteMistaken(person, dependencies)
    const one = { person, tokens, codeChallenge: begun.codeChallenge }
    const code = await granted.add(one).catch((failure: unknown) => {
      revokeTokens(tokens)
      throw failure
    })
    return { code }
  }

  async function exchange(
    code: { readonly code: string; readonly codeVerifier: string },
    address: string,
  ): Promise<RingCentralTokens> {
    try {
      return await client.exchange({ redirectUri: callbackUrl, ...code })
    } catch (error) {
      await limits.noteFailed(address)
      throw error
    }
  }

  /** A line a minute, however many there are. */
  function noteRefused(): void {
    refused.count += 1
    if (clock.elapsedMs() - refused.loggedAtMs < MINUTE_MS) return
    logger.warn({ count: refused.count }, 'Sign-ins are refused for a while: too many codes were none of RingCentral’s')
    refused = { count: 0, loggedAtMs: clock.elapsedMs() }
  }

  async function create({ person, tokens }: Omit<Granted, 'codeChallenge'>): ReturnType<Logins['create']> {
    try {
      return await logins.create(person, tokens)
    } catch (error) {
      revokeTokens(tokens)
      throw error
    }
  }

  return {
    async start({ redirectUri, state, codeChallenge }, address) {
      if (!redirectUris.has(redirectUri)) {
        return { fault: 'redirect_uri should be the address of an extension that this relay allows.' }
      }
      if (state === '' || state.length > MAX_STATE_CHARS) {
        return { fault: `state should be a text of 1 to ${MAX_STATE_CHARS} characters.` }
      }
      if (!isCodeChallenge(codeChallenge)) return { fault: 'code_challenge should be a base64url SHA-256.' }
      if (!(await limits.begin(address))) return 'tooMany'
      const codeVerifier = newCodeVerifier()
      return {
        location: client.authorizeUrl({
          redirectUri: callbackUrl,
          state: pending.seal({ redirectUri, state, codeChallenge, codeVerifier }),
          codeChallenge: codeChallengeOf(codeVerifier),
        }),
      }
    },
    async finish(callback, address) {
      const begun = pending.open(callback.state)
      if (begun === undefined) return undefined
      // One code after the other, so that what is counted of one holds for the next.
      const answer = await shared
        .exclusively('sign-in', () => grant(callback, address))
        .catch((error: unknown) => {
          logger.warn({ err: describeError(error) }, 'A sign-in failed at RingCentral')
          return { error: 'server_error' }
        })
      return answer && `${begun.redirectUri}?${new URLSearchParams({ ...answer, state: begun.state })}`
    },
    async redeem(code, codeVerifier) {
      const redeemed = await granted.redeem(code, codeVerifier)
      if (redeemed === undefined) return undefined
      const { token, login } = await create(redeemed)
      logger.info({ extensionId: login.extensionId }, 'Somebody signed in')
      await rightsReading.readFirst(login.extensionId, redeemed.tokens)
      return { token, expiresAtMs: login.expiresAtMs, user: rights.describe(login) }
    },
    async signOut(token) {
      const login = await logins.find(token)
      if (login === undefined) return false
      await endLogin(login)
      logger.info({ extensionId: login.extensionId }, 'Somebody signed out')
      return true
    },
    close: granted.close,
  }
}

/** Extensions have a number to dial and an id; whoever writes down the one for the other sees no board, and nothing else says why. */
function noteMistaken(
  { extensionId, extensionNumber = '' }: Person,
  { settings: { supervisors }, logger }: Pick<SignInDependencies, 'settings' | 'logger'>,
): void {
  if (!supervisors.includes(extensionNumber) || supervisors.includes(extensionId)) return
  logger.warn(
    { extensionId },
    'RELAY_SUPERVISORS has the extension number of somebody who signs in: it should have their id',
  )
}
