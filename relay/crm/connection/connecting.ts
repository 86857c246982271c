import * as oauth from 'oauth4webapi'
import * as v from 'valibot'
import type { Clock } from '../../../shared/clock.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { describeError } from '../../errors.ts'
import { parseJson } from '../../json.ts'
import type { Shared } from '../../log/storage.ts'
import type { Logger } from '../../logger.ts'
import type { TokenCipher } from '../../people/token-cipher.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { TokenStore } from './token-store.ts'

/**
 * Connecting a CRM, for the account or for a person:
 *
 *   extension ─connect─▶ relay ─url─▶ window ─/crm/start─▶ CRM's page ─/crm/callback─▶ relay ─▶ extension
 *
 * What has begun travels in the state, sealed: who it is for, the proof key, and where the window goes at the end. A state is of use once,
 * for ten minutes.
 */
export interface Connecting {
  /** Where the window begins. */
  begin(request: { readonly owner: string; readonly redirectUri: string }): string
  /** Where the window goes for a state of {@link begin}; `undefined` for one that is not ours or is too old. */
  start(state: string): Promise<string | undefined>
  /** Where the window goes at the end. */
  finish(callback: URL): Promise<string | undefined>
  /** Ends a connection, here and in the CRM. */
  disconnect(owner: string): Promise<void>
}

export interface ConnectingOptions {
  readonly client: OAuthClient
  readonly store: TokenStore
  readonly cipher: TokenCipher
  readonly shared: Pick<Shared, 'claim'>
  readonly clock: Pick<Clock, 'nowMs'>
  readonly logger: Logger
  /** Of `/crm/start`. */
  readonly startUrl: string
}

const LIFE_MS = 10 * MINUTE_MS
const pending = v.object({
  owner: v.string(),
  redirectUri: v.string(),
  codeVerifier: v.string(),
  nonce: v.string(),
  expiresAtMs: v.number(),
})
type Pending = v.InferOutput<typeof pending>

export function createConnecting({
  client,
  store,
  cipher,
  shared,
  clock,
  logger,
  startUrl,
}: ConnectingOptions): Connecting {
  function open(state: string): Pending | undefined {
    const text = cipher.decrypt(Buffer.from(state, 'base64url').toString('base64'))
    if (text === undefined) return undefined
    const begun = v.parse(pending, parseJson(text))
    return begun.expiresAtMs > clock.nowMs() ? begun : undefined
  }

  return {
    begin({ owner, redirectUri }) {
      const begun: Pending = {
        owner,
        redirectUri,
        codeVerifier: oauth.generateRandomCodeVerifier(),
        nonce: oauth.generateRandomNonce(),
        expiresAtMs: clock.nowMs() + LIFE_MS,
      }
      const state = Buffer.from(cipher.encrypt(JSON.stringify(begun)), 'base64').toString('base64url')
      return `${startUrl}?${new URLSearchParams({ state })}`
    },
    async start(state) {
      const begun = open(state)
      return begun && client.authorizeUrl({ state, codeVerifier: begun.codeVerifier })
    },
    async finish(callback) {
      const state = callback.searchParams.get('state') ?? ''
      const begun = open(state)
      if (begun === undefined || !(await shared.claim(`crm state ${begun.nonce}`, LIFE_MS))) return undefined
      const { owner, redirectUri, codeVerifier } = begun
      try {
        await store.put(owner, await client.exchange(callback, { state, codeVerifier }))
        logger.info({ owner }, 'A CRM was connected')
        return `${redirectUri}?ok=1`
      } catch (error) {
        logger.warn({ err: describeError(error), owner }, 'A CRM could not be connected')
        const refused = callback.searchParams.get('error') ?? ''
        return `${redirectUri}?error=${/^[a-z_]{1,64}$/.test(refused) ? refused : 'server_error'}`
      }
    },
    async disconnect(owner) {
      const tokens = store.get(owner)
      if (tokens === undefined) return
      await store.remove(owner)
      logger.info({ owner }, 'A CRM was disconnected')
      await client.revoke(tokens).catch((error: unknown) => {
        logger.warn({ err: describeError(error), owner }, 'The CRM could not be told that it was disconnected')
      })
    },
  }
}
