import { SECOND_MS } from '../../../shared/time.ts'
import { RestError } from './rest-error.ts'

export type RateGroup = 'Light' | 'Medium' | 'Heavy' | 'Auth'

/** Requests per person and app within a window, for each group. */
export type RateNumbers = Readonly<Record<RateGroup, number>>

export const RATE_LIMITS: RateNumbers = { Light: 50, Medium: 40, Heavy: 10, Auth: 5 }
const WINDOW_S = 60
/** How long a group stays refused after one request too many; every request meanwhile starts it again. */
export const PENALTY_S = 60

/** How one request was counted. */
export interface RateCount {
  /** What the platform tells about it. */
  readonly headers: Readonly<Record<string, string>>
  /** Given when the request is to be refused. */
  readonly refusal: RestError | undefined
  /** The request came while the group was refused already: a client that obeys sends none. */
  readonly isDuringPenalty: boolean
}

export interface RateLimits {
  /** Counts one request of somebody, who is a person in an app. */
  count(who: string, group: RateGroup): RateCount
  /** Refuses a group to everybody from now on, as after one request too many of each. */
  penalise(group: RateGroup): void
  /** Other numbers, until the answer is called. */
  change(numbers: Partial<RateNumbers>): () => void
  /** Leaves out `Retry-After`, until the answer is called. */
  hideRetryAfter(): () => void
}

interface Account {
  windowEndsAtMs: number
  requests: number
  refusedUntilMs: number
}

export function createRateLimits(options: { nowMs: () => number; numbers: Partial<RateNumbers> }): RateLimits {
  const { nowMs } = options
  const accounts = new Map<string, Account>()
  const groupsRefusedUntilMs = new Map<RateGroup, number>()
  const changes = new Set([options.numbers])
  const retryAfterHiders = new Set<object>()

  const limitOf = (group: RateGroup): number =>
    [...changes].reduce((limit, numbers) => numbers[group] ?? limit, RATE_LIMITS[group])

  const openAccount = (key: string, group: RateGroup): Account => {
    const known = accounts.get(key)
    const account = known ?? { windowEndsAtMs: 0, requests: 0, refusedUntilMs: groupsRefusedUntilMs.get(group) ?? 0 }
    accounts.set(key, account)
    if (nowMs() >= account.windowEndsAtMs) {
      account.windowEndsAtMs = nowMs() + WINDOW_S * SECOND_MS
      account.requests = 0
    }
    return account
  }

  const refuse = (): RestError =>
    new RestError(
      429,
      'CMN-301',
      'Request rate exceeded',
      {},
      retryAfterHiders.size > 0 ? {} : { 'Retry-After': String(PENALTY_S) },
    )

  return {
    count(who, group) {
      const account = openAccount(`${who} ${group}`, group)
      const limit = limitOf(group)
      const isDuringPenalty = nowMs() < account.refusedUntilMs
      if (!isDuringPenalty) account.requests += 1
      const isRefused = isDuringPenalty || account.requests > limit
      if (isRefused) refuseUntil(account, nowMs() + PENALTY_S * SECOND_MS)
      return {
        isDuringPenalty,
        refusal: isRefused ? refuse() : undefined,
        headers: {
          'X-Rate-Limit-Group': group.toLowerCase(),
          'X-Rate-Limit-Limit': String(limit),
          'X-Rate-Limit-Remaining': String(isRefused ? 0 : limit - account.requests),
          'X-Rate-Limit-Window': String(WINDOW_S),
        },
      }
    },
    penalise(group) {
      const refusedUntilMs = nowMs() + PENALTY_S * SECOND_MS
      groupsRefusedUntilMs.set(group, refusedUntilMs)
      for (const [key, account] of accounts) if (key.endsWith(` ${group}`)) refuseUntil(account, refusedUntilMs)
    },
    change(numbers) {
      const change = { ...numbers }
      changes.add(change)
      return () => changes.delete(change)
    },
    hideRetryAfter() {
      const hider = {}
      retryAfterHiders.add(hider)
      return () => retryAfterHiders.delete(hider)
    },
  }
}

/** After the penalty a new window begins. */
function refuseUntil(account: Account, untilMs: number): void {
  account.refusedUntilMs = untilMs
  account.windowEndsAtMs = untilMs
}
