import type { Clock } from '../../../shared/clock.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { Shared } from '../../log/storage.ts'
import { CrmFault } from '../api.ts'
import type { OAuthClient } from './oauth-client.ts'
import type { CrmTokens, TokenStore } from './token-store.ts'

/**
 * A CRM's tokens, renewed ahead of their end.
 *
 * A refresh token may work once. So there is one refresh under way for each, in all relays that share it, for all who wait for it; and the
 * new pair is stored before anybody uses it.
 */
export interface ReadyTokens {
  /** Tokens for a request now. Throws a `CrmFault`. */
  ready(owner: string): Promise<CrmTokens>
  /** After the CRM refused these: whether there are others by now. */
  renew(owner: string, refused: string): Promise<boolean>
  /** Resolves when no refresh is under way. */
  settled(): Promise<void>
}

export interface ReadyTokensOptions {
  readonly store: TokenStore
  readonly client: Pick<OAuthClient, 'refresh'>
  readonly shared: Pick<Shared, 'exclusively'>
  readonly clock: Pick<Clock, 'nowMs'>
}

const RENEW_AHEAD_MS = MINUTE_MS

export function createReadyTokens({ store, client, shared, clock }: ReadyTokensOptions): ReadyTokens {
  const underWay = new Map<string, Promise<CrmTokens>>()
  /** Pairs that the CRM gave and the disk did not take. */
  const unstored = new Map<string, CrmTokens>()

  async function replace(owner: string, known: CrmTokens): Promise<CrmTokens> {
    const stored = await store.readAgain(owner)
    if (stored === undefined) throw new CrmFault('unauthorized', { words: 'It was disconnected.' })
    // Another relay was first.
    if (stored.accessToken !== known.accessToken) return stored
    const tokens = unstored.get(owner) ?? (await client.refresh(stored))
    unstored.set(owner, tokens)
    await store.put(owner, tokens)
    unstored.delete(owner)
    return tokens
  }

  function share(owner: string, known: CrmTokens): Promise<CrmTokens> {
    const shown =
      underWay.get(owner) ??
      shared.exclusively(`crm refresh ${owner}`, () => replace(owner, known)).finally(() => underWay.delete(owner))
    underWay.set(owner, shown)
    return shown
  }

  function require(owner: string): CrmTokens {
    const tokens = store.get(owner)
    if (tokens === undefined) throw new CrmFault('unauthorized', { words: 'It was disconnected.' })
    return tokens
  }

  return {
    async ready(owner) {
      const tokens = require(owner)
      const isFresh = (tokens.accessExpiresAtMs ?? Number.POSITIVE_INFINITY) - RENEW_AHEAD_MS > clock.nowMs()
      return isFresh && !underWay.has(owner) && !unstored.has(owner) ? tokens : share(owner, tokens)
    },
    async renew(owner, refused) {
      const tokens = require(owner)
      if (tokens.accessToken !== refused) return true
      if (tokens.refreshToken === undefined) return false
      await share(owner, tokens)
      return true
    },
    async settled() {
      await Promise.allSettled(underWay.values())
    },
  }
}
