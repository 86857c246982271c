import { randomBytes } from 'node:crypto'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import type { User } from '../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Clock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/ringcentral-sign-in.ts'
import type { Person } from '../ringcentral/who-is.ts'
import { createExpiringMap } from './expiring-map.ts'
import { withRole } from './people.ts'
import type { RevokeTokens, SignOut } from './people-sign-out.ts'
import { codeChallengeOf, isCodeChallenge, newCodeVerifier } from './pkce.ts'
import type { Sessions } from './sessions.ts'

/**
 * Sign-in. The relay is RingCentral's confidential client and gives the extension a token of its own:
 *
 *   extension ─start─▶ relay ─▶ RingCentral's page ─callback─▶ relay ─code─▶ extension ─code + verifier─▶ relay ─▶ token
 *
 * Both halves carry a proof key, so that a code is of use only to whoever began. What waits lives in memory: a restart in
 * between means to begin again.
 */
export interface SignIn {
  /** Where to send the browser, or what is wrong with the request. */
  start(request: StartRequest): { readonly location: string } | { readonly fault: string }
  /** Where to send the browser back to; `undefined` for a callback that belongs to no sign-in under way. */
  finish(callback: Callback): Promise<string | undefined>
  /** A token for a code, once and only with its verifier; `undefined` otherwise. */
  redeem(code: string, codeVerifier: string): Promise<SignedIn | undefined>
  /** Ends a session, here and at RingCentral; false when the token is not valid. */
  signOut(token: string): Promise<boolean>
}

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
  readonly user: User
}

export interface SignInDependencies {
  readonly client: Pick<SignInClient, 'authorizeUrl' | 'exchange' | 'whoIs'>
  readonly sessions: Sessions
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: Pick<Settings, 'extensionIds' | 'supervisors'>
  readonly publicUrl: string
  /** The subscription's account; `undefined` until it is known. */
  accountId(): string | undefined
  readonly endSession: SignOut
  readonly revokeTokens: RevokeTokens
}

interface Pending extends StartRequest {
  readonly codeVerifier: string
}

interface Granted {
  readonly person: Person
  readonly tokens: RingCentralTokens
  readonly codeChallenge: string
}

const MAX_STATE_CHARS = 512
const PENDING_LIFE_MS = 10 * MINUTE_MS
const CODE_LIFE_MS = 60 * SECOND_MS
/** Strangers may begin sign-ins; what waits for them stays small. */
const MAX_WAITING = 10_000

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { client, sessions, clock, logger, settings, publicUrl, endSession, revokeTokens } = dependencies
  const callbackUrl = `${publicUrl}${ROUTES.signInCallback}`
  const redirectUris = new Set(settings.extensionIds.map((id) => `https://${id}.chromiumapp.org/`))
  const pending = createExpiringMap<Pending>({ clock, lifeMs: PENDING_LIFE_MS, maxEntries: MAX_WAITING })
  const granted = createExpiringMap<Granted>({ clock, lifeMs: CODE_LIFE_MS, maxEntries: MAX_WAITING })

  /** Makes the code for the extension, or says why there is none, in a word of OAuth's or ours. */
  async function grant({ code, error }: Callback, begun: Pending): Promise<Readonly<Record<string, string>>> {
    if (code === undefined) return { error: /^[a-z_]{1,64}$/.test(error ?? '') ? String(error) : 'server_error' }
    const accountId = dependencies.accountId()
    if (accountId === undefined) return { error: 'temporarily_unavailable' }
    const tokens = await client.exchange({ redirectUri: callbackUrl, code, codeVerifier: begun.codeVerifier })
    const person = await client.whoIs(tokens).catch((error: unknown) => {
      revokeTokens(tokens)
      throw error
    })
    if (person.accountId !== accountId || !person.isEnabled) {
      revokeTokens(tokens)
      return { error: person.isEnabled ? 'wrong_account' : 'account_disabled' }
    }
    const ownCode = randomBytes(32).toString('base64url')
    granted.put(ownCode, { person, tokens, codeChallenge: begun.codeChallenge })
    return { code: ownCode }
  }

  async function create({ person, tokens }: Granted): ReturnType<Sessions['create']> {
    try {
      return await sessions.create(person, tokens)
    } catch (error) {
      revokeTokens(tokens)
      throw error
    }
  }

  return {
    start({ redirectUri, state, codeChallenge }) {
      if (!redirectUris.has(redirectUri)) {
        return { fault: 'redirect_uri should be the address of an extension that this relay allows.' }
      }
      if (state === '' || state.length > MAX_STATE_CHARS) {
        return { fault: `state should be a text of 1 to ${MAX_STATE_CHARS} characters.` }
      }
      if (!isCodeChallenge(codeChallenge)) return { fault: 'code_challenge should be a base64url SHA-256.' }
      const codeVerifier = newCodeVerifier()
      const ownState = randomBytes(32).toString('base64url')
      pending.put(ownState, { redirectUri, state, codeChallenge, codeVerifier })
      return {
        location: client.authorizeUrl({
          redirectUri: callbackUrl,
          state: ownState,
          codeChallenge: codeChallengeOf(codeVerifier),
        }),
      }
    },
    async finish(callback) {
      const begun = pending.take(callback.state)
      if (begun === undefined) return undefined
      const answer = await grant(callback, begun).catch((error: unknown) => {
        logger.warn({ err: describeError(error) }, 'A sign-in failed at RingCentral')
        return { error: 'server_error' }
      })
      return `${begun.redirectUri}?${new URLSearchParams({ ...answer, state: begun.state })}`
    },
    async redeem(code, codeVerifier) {
      const grant = granted.take(code)
      if (grant === undefined) return undefined
      if (codeChallengeOf(codeVerifier) !== grant.codeChallenge) {
        revokeTokens(grant.tokens)
        return undefined
      }
      const { token, session } = await create(grant)
      logger.info({ extensionId: session.extensionId }, 'Somebody signed in')
      return { token, expiresAtMs: session.expiresAtMs, user: withRole(session, settings) }
    },
    async signOut(token) {
      const session = sessions.find(token)
      if (session === undefined) return false
      await endSession(session)
      logger.info({ extensionId: session.extensionId }, 'Somebody signed out')
      return true
    },
  }
}
