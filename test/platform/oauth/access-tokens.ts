import { SECOND_MS } from '../../../shared/time.ts'
import { newSecret } from '../calls/ids.ts'
import type { Person } from '../people.ts'
import type { App } from './apps.ts'

const ACCESS_TOKEN_LIFE_S = { min: 600, max: 3600 }
const REFRESH_TOKEN_LIFE_S = 604_800
/** How often a person may be logged in to an app at once; one more ends the oldest. */
const MAX_PARALLEL_LOGINS = 5

/** Who a request speaks for. */
export interface Login {
  readonly person: Person
  readonly app: App
}

/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string
  readonly token_type: 'bearer'
  readonly expires_in: number
  readonly refresh_token: string
  readonly refresh_token_expires_in: number
  readonly scope: string
  readonly owner_id: string
  readonly endpoint_id: string
}

export type TokenCheck = Login | 'unknown' | 'expired'

export interface AccessTokens {
  issue(login: Login, requestedLifeS?: number): TokenAnswer
  /** Exchanges a refresh token for a new pair. Both old tokens end: a refresh token works once. */
  refresh(refreshToken: string, app: App, requestedLifeS?: number): TokenAnswer | 'unknown' | 'expired'
  /** Ends the pair that an access or refresh token belongs to; an unknown one is ignored, as the standard asks. */
  revoke(token: string): void
  check(accessToken: string): TokenCheck
  /** Whose refresh token it is, as long as it works. */
  ownerOf(refreshToken: string): Person | undefined
  /** Ends all logins of a person, as a change of their password does. */
  endLogins(extensionId: string): void
  /** Makes the refresh tokens of a person useless, or everybody's, as if somebody had used them; access tokens live on. */
  spendRefreshTokens(extensionId?: string): void
  /** Caps the life of access tokens issued from now on, until the answer is called. */
  capLife(lifeS: number): () => void
}

interface Pair {
  readonly login: Login
  readonly endpointId: string
  readonly accessToken: string
  /** `undefined`: spent. */
  refreshToken: string | undefined
  readonly accessExpiresAtMs: number
  readonly refreshExpiresAtMs: number
}

/** `lifeS` caps the life of access tokens, for tests that want to see one end. */
export function createAccessTokens(options: { nowMs: () => number; lifeS: number | undefined }): AccessTokens {
  const { nowMs } = options
  const pairs = new Set<Pair>()
  const caps = new Set<{ readonly lifeS: number }>(options.lifeS === undefined ? [] : [{ lifeS: options.lifeS }])

  const open = (login: Login, endpointId: string, requestedLifeS: number | undefined): TokenAnswer => {
    const lifeS = Math.min(acceptedLifeS(requestedLifeS), ...[...caps].map((cap) => cap.lifeS))
    const refreshToken = newSecret()
    const pair: Pair = {
      login,
      endpointId,
      accessToken: newSecret(),
      refreshToken,
      accessExpiresAtMs: nowMs() + lifeS * SECOND_MS,
      refreshExpiresAtMs: nowMs() + REFRESH_TOKEN_LIFE_S * SECOND_MS,
    }
    pairs.add(pair)
    return {
      access_token: pair.accessToken,
      token_type: 'bearer',
      expires_in: lifeS,
      refresh_token: refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_LIFE_S,
      scope: login.app.scopes.join(' '),
      owner_id: login.person.extensionId,
      endpoint_id: endpointId,
    }
  }

  const endOldest = ({ person, app }: Login): void => {
    const same = [...pairs].filter(({ login }) => login.person.extensionId === person.extensionId && login.app === app)
    for (const pair of same.slice(0, -MAX_PARALLEL_LOGINS)) pairs.delete(pair)
  }

  return {
    issue(login, requestedLifeS) {
      const answer = open(login, newSecret(), requestedLifeS)
      endOldest(login)
      return answer
    },
    refresh(refreshToken, app, requestedLifeS) {
      const pair = [...pairs].find((one) => one.refreshToken === refreshToken && one.login.app === app)
      if (pair === undefined) return 'unknown'
      pairs.delete(pair)
      if (nowMs() >= pair.refreshExpiresAtMs) return 'expired'
      return open(pair.login, pair.endpointId, requestedLifeS)
    },
    revoke(token) {
      for (const pair of pairs) {
        if (pair.accessToken === token || pair.refreshToken === token) pairs.delete(pair)
      }
    },
    check(accessToken) {
      const pair = [...pairs].find((one) => one.accessToken === accessToken)
      if (pair === undefined) return 'unknown'
      return nowMs() < pair.accessExpiresAtMs ? pair.login : 'expired'
    },
    ownerOf: (refreshToken) => [...pairs].find((one) => one.refreshToken === refreshToken)?.login.person,
    endLogins(extensionId) {
      for (const pair of pairs) if (pair.login.person.extensionId === extensionId) pairs.delete(pair)
    },
    spendRefreshTokens(extensionId) {
      for (const pair of pairs) {
        if (extensionId === undefined || pair.login.person.extensionId === extensionId) pair.refreshToken = undefined
      }
    },
    capLife(lifeS) {
      const cap = { lifeS }
      caps.add(cap)
      return () => caps.delete(cap)
    },
  }
}

/** A wish outside the allowed range is ignored, not refused. */
function acceptedLifeS(requestedLifeS: number | undefined): number {
  const { min, max } = ACCESS_TOKEN_LIFE_S
  return requestedLifeS !== undefined && requestedLifeS >= min && requestedLifeS <= max ? requestedLifeS : max
}
