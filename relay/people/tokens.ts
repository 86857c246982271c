import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Logger } from '../logger.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/sign-in.ts'
import { judge } from '../ringcentral/verdicts.ts'
import type { PeoplePenalties } from './penalties.ts'
import type { Session, Sessions } from './sessions.ts'
import type { RevokeTokens, SignOut } from './sign-out.ts'

/**
 * People's tokens at RingCentral, renewed ahead of their end.
 *
 * A refresh token works once. So there is one refresh under way per session, shared by all who wait for it, and the new pair
 * is stored before anybody uses it. When RingCentral refuses a refresh in its own words, it has ended that login: a changed
 * password, an administrator, a person who left. Then the session ends here too, and the person is asked to sign in again.
 */
export interface PeopleTokens {
  /** Tokens for a request now; `undefined` when the person has to sign in again. Throws a `RingCentralError`. */
  ready(tokenHash: string): Promise<RingCentralTokens | undefined>
  /** The same, but others than those: RingCentral does not take them any more, or somebody wants them to live on. */
  renew(tokenHash: string, old: RingCentralTokens): Promise<RingCentralTokens | undefined>
  /** Resolves when no refresh is under way. */
  settled(): Promise<void>
}

export interface PeopleTokensDependencies {
  readonly sessions: Sessions
  readonly client: Pick<SignInClient, 'refresh'>
  readonly penalties: PeoplePenalties
  readonly signOut: SignOut
  readonly revokeTokens: RevokeTokens
  readonly clock: Pick<Clock, 'nowMs'>
  readonly logger: Logger
}

/** Long enough for the request that they are wanted for. */
const RENEW_AHEAD_MS = MINUTE_MS

export function createPeopleTokens(dependencies: PeopleTokensDependencies): PeopleTokens {
  const { sessions, client, penalties, signOut, revokeTokens, clock, logger } = dependencies
  const underWay = new Map<string, Promise<RingCentralTokens | undefined>>()
  /** Pairs that RingCentral gave and the disk did not take. */
  const unstored = new Map<string, RingCentralTokens>()

  async function refresh(session: Session): Promise<RingCentralTokens | undefined> {
    const { tokenHash, extensionId } = session
    const refreshToken = session.tokens?.refreshToken
    if (refreshToken === undefined) return undefined
    try {
      return await penalties.obey({ extensionId, group: 'Auth' }, () => client.refresh(refreshToken))
    } catch (error) {
      if (!isRefusal(error)) throw error
      // Signed out meanwhile: then the refusal is our own doing.
      if (sessions.findByHash(tokenHash) === undefined) return undefined
      logger.info(
        { extensionId, codes: error.codes },
        'Somebody was signed out: RingCentral refuses to renew their login',
      )
      await signOut({ ...session, tokens: undefined })
      return undefined
    }
  }

  async function replace(session: Session): Promise<RingCentralTokens | undefined> {
    const { tokenHash } = session
    const tokens = unstored.get(tokenHash) ?? (await refresh(session))
    if (tokens === undefined) return undefined
    unstored.set(tokenHash, tokens)
    const changed = await sessions.change(tokenHash, { tokens })
    unstored.delete(tokenHash)
    // Signed out meanwhile: RingCentral was told of the old pair, which is spent.
    if (changed === undefined) revokeTokens(tokens)
    return changed?.tokens
  }

  function share(session: Session): Promise<RingCentralTokens | undefined> {
    const { tokenHash } = session
    const shared = underWay.get(tokenHash) ?? replace(session).finally(() => underWay.delete(tokenHash))
    underWay.set(tokenHash, shared)
    return shared
  }

  return {
    async ready(tokenHash) {
      const session = sessions.findByHash(tokenHash)
      if (session?.tokens === undefined) return undefined
      const isFresh = session.tokens.accessExpiresAtMs - RENEW_AHEAD_MS > clock.nowMs()
      const isStored = !underWay.has(tokenHash) && !unstored.has(tokenHash)
      return isFresh && isStored ? session.tokens : share(session)
    },
    async renew(tokenHash, old) {
      const session = sessions.findByHash(tokenHash)
      if (session?.tokens === undefined) return undefined
      const isRenewed = session.tokens.accessToken !== old.accessToken && !unstored.has(tokenHash)
      return isRenewed && !underWay.has(tokenHash) ? session.tokens : share(session)
    },
    async settled() {
      await Promise.allSettled(underWay.values())
    },
  }
}

function isRefusal(error: unknown): error is RingCentralError {
  return error instanceof RingCentralError && judge('personRefresh', error).kind === 'over'
}
