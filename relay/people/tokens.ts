import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Shared } from '../log/storage.ts'
import type { Logger } from '../logger.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/sign-in.ts'
import { judge } from '../ringcentral/verdicts.ts'
import type { Login } from './login.ts'
import type { Logins } from './logins.ts'
import type { PeoplePenalties } from './penalties.ts'
import type { RevokeTokens, SignOut } from './sign-out.ts'

/**
 * People's tokens at RingCentral, renewed ahead of their end.
 *
 * A refresh token works once. So there is one refresh under way per login, in all relays that share it, for all who wait for it; and
 * the new pair is stored before anybody uses it. When RingCentral refuses a refresh in its own words, it has ended that login: a changed
 * password, an administrator, a person who left. Then the login ends here too, and the person is asked to sign in again.
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
  readonly logins: Logins
  readonly shared: Pick<Shared, 'exclusively'>
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
  const { logins, client, penalties, signOut, revokeTokens, clock, logger } = dependencies
  const { exclusively } = dependencies.shared
  const underWay = new Map<string, Promise<RingCentralTokens | undefined>>()
  /** Pairs that RingCentral gave and the disk did not take. */
  const unstored = new Map<string, RingCentralTokens>()

  async function refresh(login: Login): Promise<RingCentralTokens | undefined> {
    const { tokenHash, extensionId } = login
    const refreshToken = login.tokens?.refreshToken
    if (refreshToken === undefined) return undefined
    try {
      return await penalties.obey({ extensionId, group: 'Auth' }, () => client.refresh(refreshToken))
    } catch (error) {
      if (!isRefusal(error)) throw error
      // Signed out meanwhile: then the refusal is our own doing.
      if (logins.findByHash(tokenHash) === undefined) return undefined
      logger.info(
        { extensionId, codes: error.codes },
        'Somebody was signed out: RingCentral refuses to renew their login',
      )
      await signOut({ ...login, tokens: undefined })
      return undefined
    }
  }

  async function replace(known: Login): Promise<RingCentralTokens | undefined> {
    const { tokenHash } = known
    const login = await logins.readAgain(tokenHash)
    if (login === undefined) return undefined
    // Another relay was first.
    if (login.tokens?.accessToken !== known.tokens?.accessToken) return login.tokens
    const tokens = unstored.get(tokenHash) ?? (await refresh(login))
    if (tokens === undefined) return undefined
    unstored.set(tokenHash, tokens)
    const changed = await logins.change(tokenHash, { tokens })
    unstored.delete(tokenHash)
    // Signed out meanwhile: RingCentral was told of the old pair, which is spent.
    if (changed === undefined) revokeTokens(tokens)
    return changed?.tokens
  }

  function share(login: Login): Promise<RingCentralTokens | undefined> {
    const { tokenHash } = login
    const shared =
      underWay.get(tokenHash) ??
      exclusively(`refresh ${tokenHash}`, () => replace(login)).finally(() => underWay.delete(tokenHash))
    underWay.set(tokenHash, shared)
    return shared
  }

  return {
    async ready(tokenHash) {
      const login = logins.findByHash(tokenHash)
      if (login?.tokens === undefined) return undefined
      const isFresh = login.tokens.accessExpiresAtMs - RENEW_AHEAD_MS > clock.nowMs()
      const isStored = !underWay.has(tokenHash) && !unstored.has(tokenHash)
      return isFresh && isStored ? login.tokens : share(login)
    },
    async renew(tokenHash, old) {
      const login = logins.findByHash(tokenHash)
      if (login?.tokens === undefined) return undefined
      const isRenewed = login.tokens.accessToken !== old.accessToken && !unstored.has(tokenHash)
      return isRenewed && !underWay.has(tokenHash) ? login.tokens : share(login)
    },
    async settled() {
      await Promise.allSettled(underWay.values())
    },
  }
}

function isRefusal(error: unknown): error is RingCentralError {
  return error instanceof RingCentralError && judge('personRefresh', error).kind === 'over'
}
