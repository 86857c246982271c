import { SECOND_MS } from '../../shared/time.ts'
import type { App } from './apps.ts'
import { newSecret } from './ids.ts'
import type { Person } from './people.ts'

const ACCESS_TOKEN_LIFE_S = { min: 600, max: 3600 }
const REFRESH_TOKEN_LIFE_S = 604_800

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
}

interface Pair {
  readonly login: Login
  readonly endpointId: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly accessExpiresAtMs: number
  readonly refreshExpiresAtMs: number
}

/** `lifeS` caps the life of access tokens, for tests that want to see one end. */
export function createAccessTokens(options: { nowMs: () => number; lifeS: number | undefined }): AccessTokens {
  const { nowMs } = options
  const pairs = new Set<Pair>()

  const open = (login: Login, endpointId: string, requestedLifeS: number | undefined): TokenAnswer => {
    const lifeS = Math.min(acceptedLifeS(requestedLifeS), options.lifeS ?? Number.POSITIVE_INFINITY)
    const pair: Pair = {
      login,
      endpointId,
      accessToken: newSecret(),
      refreshToken: newSecret(),
      accessExpiresAtMs: nowMs() + lifeS * SECOND_MS,
      refreshExpiresAtMs: nowMs() + REFRESH_TOKEN_LIFE_S * SECOND_MS,
    }
    pairs.add(pair)
    return {
      access_token: pair.accessToken,
      token_type: 'bearer',
      expires_in: lifeS,
      refresh_token: pair.refreshToken,
      refresh_token_expires_in: REFRESH_TOKEN_LIFE_S,
      scope: login.app.scopes.join(' '),
      owner_id: login.person.extensionId,
      endpoint_id: endpointId,
    }
  }

  return {
    issue: (login, requestedLifeS) => open(login, newSecret(), requestedLifeS),
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
  }
}

/** A wish outside the allowed range is ignored, not refused. */
function acceptedLifeS(requestedLifeS: number | undefined): number {
  const { min, max } = ACCESS_TOKEN_LIFE_S
  return requestedLifeS !== undefined && requestedLifeS >= min && requestedLifeS <= max ? requestedLifeS : max
}
