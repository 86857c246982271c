import type { Clock } from '../../shared/clock.ts'
import { HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { Logger } from '../logger.ts'
import { expiryOf, isSameFilters, type Subscription } from './subscription-api.ts'
import type { SubscriptionSecrets } from './subscription-secrets.ts'

/** Whether our subscription is as it was asked for, and how often one that seems not to be is replaced. */
export interface SubscriptionOrder {
  /** Whether it is ours, active for a while yet, and brings what we asked for to where we asked for it. */
  isInOrder(one: Subscription): boolean
  /** To be called before a new one is created, with all of ours at RingCentral: reports an active one that is replaced. */
  noteReplacement(own: readonly Subscription[]): void
}

export interface SubscriptionOrderDependencies {
  readonly secrets: Pick<SubscriptionSecrets, 'current'>
  readonly clock: Pick<Clock, 'elapsedMs'>
  readonly time: Pick<ConfirmedTime, 'nowMs'>
  readonly logger: Logger
  /** The webhook's. */
  readonly address: string
  readonly filters: readonly string[]
}

/** A subscription that is about to end although it was renewed is replaced before it does. */
const MIN_LEFT_MS = 5 * MINUTE_MS
const MIN_REPLACEMENT_MS = HOUR_MS

export function createSubscriptionOrder(dependencies: SubscriptionOrderDependencies): SubscriptionOrder {
  const { secrets, clock, time, logger, address, filters } = dependencies
  /** When an active one of ours was replaced last, and when it was last said that it is not; on the clock that nobody sets. */
  let replacedAtMs = Number.NEGATIVE_INFINITY
  let complainedAtMs = Number.NEGATIVE_INFINITY

  /** Brings what we asked for, to where we asked for it. */
  function isOurs({ id, status }: Subscription): boolean {
    const { current } = secrets
    return (
      id === current?.id &&
      status === 'Active' &&
      current.address === address &&
      isSameFilters(current.filters, filters)
    )
  }

  /**
   * RingCentral's own description names the filters its own way, so it is compared with what it said at first. Where it keeps
   * naming them in other ways, a new subscription would be named so as well: it is replaced once in an hour at most.
   */
  function hasOurFilters({ id, eventFilters }: Subscription): boolean {
    const spelled = secrets.current?.spelledFilters ?? eventFilters
    if (isSameFilters(eventFilters, spelled)) return true
    const elapsedMs = clock.elapsedMs()
    if (elapsedMs - replacedAtMs >= MIN_REPLACEMENT_MS) return false
    if (elapsedMs - complainedAtMs >= MIN_REPLACEMENT_MS) {
      complainedAtMs = elapsedMs
      logger.error(
        { subscriptionId: id, eventFilters, expected: spelled },
        'RingCentral names other event filters for the subscription than when it was created, and did so before it was created again: it is kept',
      )
    }
    return true
  }

  return {
    isInOrder(one) {
      const { disabledFilters = [] } = one
      return (
        isOurs(one) && disabledFilters.length === 0 && expiryOf(one) > time.nowMs() + MIN_LEFT_MS && hasOurFilters(one)
      )
    },
    noteReplacement(own) {
      // An active one of ours is in order as a rule: to replace it again and again would be a fault, here or at RingCentral.
      const replaced = own.find(isOurs)
      if (replaced === undefined) return
      const facts = {
        subscriptionId: replaced.id,
        eventFilters: replaced.eventFilters,
        expiresAt: replaced.expirationTime,
      }
      if (clock.elapsedMs() - replacedAtMs < MIN_REPLACEMENT_MS) {
        logger.error(
          facts,
          'An active subscription is replaced again within an hour: RingCentral describes it as another than was asked for',
        )
      } else
        logger.warn(facts, 'An active subscription is replaced: RingCentral describes it as another than was asked for')
      replacedAtMs = clock.elapsedMs()
    },
  }
}
