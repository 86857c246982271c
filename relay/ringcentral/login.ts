import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { RingCentralError, toRingCentralError } from './api.ts'
import { createPause } from './pause.ts'
import type { RingCentralTokens } from './sign-in.ts'
import { isRefusal, judge } from './verdicts.ts'

/**
 * The login of the user whom the JWT belongs to. One login is in flight at a time, and all callers share it; the tokens are
 * refreshed before they end; and what RingCentral refuses is not repeated: after a refusal of the credentials nothing is
 * sent with them any more until the relay starts again.
 */
export interface ServiceLogin {
  /** A token that is good for a request now. Throws a {@link RingCentralError}. */
  accessToken(): Promise<string>
  /** RingCentral does not take this token any more, whatever its life. */
  drop(accessToken: string): void
}

export interface ServiceLoginDependencies {
  readonly jwt: string
  readonly clock: Clock
  /** Asks the token endpoint. Throws a {@link RingCentralError}. */
  requestTokens(form: Readonly<Record<string, string>>): Promise<RingCentralTokens>
}

/** Refreshed so long before its end, or when half of a short life is over. */
const REFRESH_BEFORE_MS = MINUTE_MS
/** RingCentral's advice for logins that were not answered: three tries, ten seconds apart. */
const QUICK_TRIES = 3
const QUICK_RETRY_MS = 10 * SECOND_MS
const SLOW_RETRY_MS = MINUTE_MS
/** A refusal that is none of RingCentral's may last, as a firewall's does: it is asked ever more slowly, up to this. */
const MAX_RETRY_MS = 15 * MINUTE_MS
/**
 * RingCentral takes five requests for tokens a minute, and a login is up to two of them: a refresh that is refused, and then the
 * JWT. A session that ends before its time gets one new login at once.
 */
const MAX_LOGINS = 2
const LOGIN_WINDOW_MS = MINUTE_MS
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export function createServiceLogin({ jwt, clock, requestTokens }: ServiceLoginDependencies): ServiceLogin {
  let tokens: RingCentralTokens | undefined
  let refreshAtMs = 0
  let opening: Promise<string> | undefined
  let refusal: RingCentralError | undefined
  let failures = 0
  /** When the last ones were granted. */
  let logins: readonly number[] = []
  const pause = createPause(clock)
  /** What became of the login before the pause. */
  let lastFailure = ''

  async function open(): Promise<string> {
    if (refusal !== undefined) throw refusal
    if (pause.remainingMs > 0) throw tooSoon(lastFailure, pause.remainingMs)
    checkLimit()
    try {
      const opened = (await refresh()) ?? (await requestTokens({ grant_type: JWT_GRANT, assertion: jwt }))
      failures = 0
      return keep(opened)
    } catch (error) {
      throw await noteFailure(error)
    }
  }

  /** `undefined` when RingCentral gave no refresh token, or takes it no more: it works once. */
  async function refresh(): Promise<RingCentralTokens | undefined> {
    const refreshToken = tokens?.refreshToken
    tokens = undefined
    if (refreshToken === undefined) return undefined
    try {
      return await requestTokens({ grant_type: 'refresh_token', refresh_token: refreshToken })
    } catch (error) {
      if (judge('serviceRefresh', await toRingCentralError(error)).kind === 'over') return undefined
      throw error
    }
  }

  /** Logins that fail have a pace of their own. */
  function checkLimit(): void {
    const nowMs = clock.nowMs()
    logins = logins.filter((atMs) => atMs > nowMs - LOGIN_WINDOW_MS && atMs <= nowMs)
    const [first] = logins
    if (first !== undefined && logins.length >= MAX_LOGINS) {
      throw tooSoon('RingCentral limits logins', first + LOGIN_WINDOW_MS - nowMs)
    }
  }

  function keep(opened: RingCentralTokens): string {
    tokens = opened
    const nowMs = clock.nowMs()
    logins = [...logins, nowMs]
    const lifeMs = opened.accessExpiresAtMs - nowMs
    refreshAtMs = opened.accessExpiresAtMs - Math.min(REFRESH_BEFORE_MS, lifeMs / 2)
    return opened.accessToken
  }

  async function noteFailure(error: unknown): Promise<RingCentralError> {
    const failure = await toRingCentralError(error)
    if (judge('login', failure).kind === 'refused') {
      refusal = new RingCentralError(failure.message, { ...failure, isLoginRefused: true })
      return refusal
    }
    failures += 1
    lastFailure = failure.message
    pause.begin(Math.max(retryMs(failure), failure.retryAfterMs ?? 0))
    return failure
  }

  function retryMs({ status }: RingCentralError): number {
    const slowTries = failures - QUICK_TRIES
    if (slowTries < 0) return QUICK_RETRY_MS
    return isRefusal(status) ? Math.min(MAX_RETRY_MS, SLOW_RETRY_MS * 2 ** slowTries) : SLOW_RETRY_MS
  }

  return {
    async accessToken() {
      if (tokens !== undefined && clock.nowMs() < refreshAtMs) return tokens.accessToken
      opening ??= open().finally(() => {
        opening = undefined
      })
      return opening
    },
    drop(accessToken) {
      if (tokens?.accessToken === accessToken) refreshAtMs = Number.NEGATIVE_INFINITY
    },
  }
}

function tooSoon(reason: string, retryAfterMs: number): RingCentralError {
  const seconds = Math.ceil(retryAfterMs / SECOND_MS)
  return new RingCentralError(`${reason}: the next login may be sent in ${seconds} s`, {
    status: undefined,
    codes: [],
    retryAfterMs,
  })
}
