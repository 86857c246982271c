import type { Clock } from '../../shared/clock.ts'
import { formatInstant } from '../../shared/time.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { toRingCentralError } from './api.ts'
import { adviseDisabledFilters } from './faults.ts'
import type { Standing } from './standing.ts'
import { expiryOf, LIFE_MS, type Subscription, type SubscriptionApi } from './subscription-api.ts'
import { createSubscriptionLeftovers } from './subscription-leftovers.ts'
import { createSubscriptionOrder } from './subscription-order.ts'
import type { SubscriptionSecrets } from './subscription-secrets.ts'

/**
 * The upkeep of our subscription at each look: keep the one that is in order or create it, renew it
 * in time, and remove what else leads to our address. To change anything is to create a new one and then delete the old one.
 */
export interface SubscriptionUpkeep {
  /** One look at everything, one request after the other. Throws a {@link BlockedError} or what the API throws. */
  look(): Promise<void>
  /** The next look renews. */
  askRenewal(): void
}

export interface SubscriptionUpkeepDependencies {
  readonly api: SubscriptionApi
  readonly secrets: SubscriptionSecrets
  readonly clock: Pick<Clock, 'elapsedMs'>
  readonly time: Pick<ConfirmedTime, 'nowMs'>
  readonly standing: Standing
  readonly logger: Logger
  /** The webhook's. */
  readonly address: string
  readonly filters: readonly string[]
  /**
   * Events arrive from now on, and some may have been missed until now: the relay has started, or its subscription was
   * created again.
   */
  onInPlace(change: 'started' | 'recreated'): void
}

/** Something is wrong that a person must mend; the message says what. */
export class BlockedError extends Error {}

/** Renewed when less than this is left. */
const RENEW_BEFORE_MS = LIFE_MS / 2

export function createSubscriptionUpkeep(dependencies: SubscriptionUpkeepDependencies): SubscriptionUpkeep {
  const { api, secrets, time, standing, logger, address, filters } = dependencies
  const order = createSubscriptionOrder(dependencies)
  const leftovers = createSubscriptionLeftovers(dependencies)
  let isRenewalAsked = false
  /** When the life that RingCentral gave last is half over. */
  let renewAtMs: number | undefined
  /** Whether deliveries came since the start. */
  let wasInPlace = false

  async function keep(kept: Subscription, own: readonly Subscription[]): Promise<readonly Subscription[]> {
    const isFirstLook = standing.read().status === 'None'
    note(kept)
    if (isFirstLook) logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription is kept')
    if (!wasInPlace) tellInPlace('started')
    renewAtMs ??= expiryOf(kept) - RENEW_BEFORE_MS
    if (isRenewalAsked || time.nowMs() >= renewAtMs) {
      noteLife(await api.renew(kept.id))
      isRenewalAsked = false
      logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription was renewed')
    }
    return own
  }

  /** Resolves with the others that are still there. */
  async function create(own: readonly Subscription[]): Promise<readonly Subscription[]> {
    isRenewalAsked = false
    order.noteReplacement(own)
    noteLoss(own)
    const secret = await secrets.next(address, filters)
    let created: Subscription
    try {
      created = await api.create({ address, filters, secret })
    } catch (error) {
      // Too many of ours: those that lead here are of no use any more, and without them there is room.
      const isFull = (await toRingCentralError(error)).codes.includes('SUB-505')
      if (isFull && (await leftovers.removeFrom(own)) > 0) return create([])
      throw error
    }
    const disabled = created.disabledFilters ?? []
    if (disabled.length > 0) {
      // Without its telephony events a subscription is worth nothing.
      await leftovers.remove(created.id)
      throw new BlockedError(adviseDisabledFilters(disabled))
    }
    await secrets.created(created.id, await readSpelling(created))
    noteLife(created)
    logger.info({ subscriptionId: created.id, ...describeStanding() }, 'The subscription was created')
    tellInPlace(wasInPlace ? 'recreated' : 'started')
    return own
  }

  /** The filters of a new subscription as the list names them, which need not be as its creation did. */
  async function readSpelling({ id, eventFilters }: Subscription): Promise<readonly string[]> {
    const listed = await api.list().catch((error: unknown) => {
      logger.info({ err: describeError(error) }, 'The new subscription could not be looked at yet')
      return []
    })
    return listed.find((one) => one.id === id)?.eventFilters ?? eventFilters
  }

  function note(one: Subscription): void {
    standing.see(one.status, expiryOf(one))
  }

  /** RingCentral gives a life as it likes: its end is what the answer says, not what was asked for. */
  function noteLife(one: Subscription): void {
    note(one)
    const nowMs = time.nowMs()
    renewAtMs = nowMs + (expiryOf(one) - nowMs) / 2
  }

  /** How our subscription stands until there is another. */
  function noteLoss(own: readonly Subscription[]): void {
    const ours = own.find(({ id }) => id === secrets.current?.id)
    const status = ours === undefined || ours.status === 'Active' ? 'None' : ours.status
    standing.see(status, undefined)
  }

  function tellInPlace(change: 'started' | 'recreated'): void {
    wasInPlace = true
    dependencies.onInPlace(change)
  }

  function describeStanding() {
    const { status, expiresAtMs } = standing.read()
    return { status, expiresAt: expiresAtMs && formatInstant(expiresAtMs) }
  }

  return {
    async look() {
      const own = await api.list()
      const kept = own.find(order.isInOrder)
      await leftovers.removeFrom(kept === undefined ? await create(own) : await keep(kept, own))
    },
    askRenewal() {
      isRenewalAsked = true
    },
  }
}
