import { formatInstant } from '../../../shared/time.ts'
import type { Login } from '../oauth/access-tokens.ts'
import type { EventFilter } from './event-filters.ts'

/** Only an active subscription receives events. Blacklisted: its webhook failed too long. Suspended: by the platform. */
export type SubscriptionStatus = 'Active' | 'Blacklisted' | 'Suspended'

/** A subscription that has not expired, as tests and the phone page see it. Times are ISO-8601 on the platform's clock. */
export interface Subscription {
  readonly id: string
  readonly address: string
  readonly verificationToken: string | undefined
  readonly status: SubscriptionStatus
  /** The filters that bring events, with real ids instead of `~`. */
  readonly eventFilters: readonly string[]
  /** Those that bring none, because a permission is missing now. */
  readonly disabledFilters: readonly DisabledFilter[]
  /** Given as long as it is blacklisted. */
  readonly blacklistedData: BlacklistedData | undefined
  /** Extension id of the person who made it. */
  readonly ownerId: string
  readonly clientId: string
  readonly creationTime: string
  readonly expirationTime: string
  /** The life it was last given, in seconds. */
  readonly expiresIn: number
}

export interface DisabledFilter {
  readonly filter: string
  /** The code of the refusal that the filter alone would get. */
  readonly reason: string
  readonly message: string
}

export interface BlacklistedData {
  readonly blacklistedAt: string
  /** Why its webhook failed last, in the platform's words. */
  readonly reason: string
}

/** What the platform keeps of a subscription. */
export interface SubscriptionEntry {
  readonly id: string
  readonly login: Login
  readonly address: string
  readonly verificationToken: string | undefined
  readonly createdAtMs: number
  filters: readonly EventFilter[]
  lifeS: number
  expiresAtMs: number
  status: SubscriptionStatus
  blacklistedData: BlacklistedData | undefined
  /** When its deliveries began to fail; `undefined` when the last one went well. */
  failingSinceMs: number | undefined
}

export function viewSubscription(entry: SubscriptionEntry, disabledFilters: readonly DisabledFilter[]): Subscription {
  const disabled = new Set(disabledFilters.map(({ filter }) => filter))
  return {
    id: entry.id,
    address: entry.address,
    verificationToken: entry.verificationToken,
    status: entry.status,
    eventFilters: entry.filters.map(({ text }) => text).filter((text) => !disabled.has(text)),
    disabledFilters,
    blacklistedData: entry.blacklistedData,
    ownerId: entry.login.person.extensionId,
    clientId: entry.login.app.clientId,
    creationTime: formatInstant(entry.createdAtMs),
    expirationTime: formatInstant(entry.expiresAtMs),
    expiresIn: entry.lifeS,
  }
}
