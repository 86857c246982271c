import { formatInstant, MINUTE_MS } from '../../shared/time.ts'
import type { Clock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { Records } from '../log/records.ts'
import type { Logger } from '../logger.ts'
import type { ServiceClient } from './ringcentral.ts'
import { toRingCentralError } from './ringcentral.ts'
import { adviseDisabledFilters, backoffMs, judgeError } from './ringcentral-faults.ts'
import {
  createSubscriptionApi,
  expiryOf,
  isSameFilters,
  LIFE_MS,
  type Subscription,
  wantedFilters,
} from './subscription-api.ts'
import { loadSubscriptionSecrets } from './subscription-secrets.ts'
import { readServiceAccountId } from './who-is.ts'

/**
 * Owns the webhook subscription at RingCentral: one, active, with our address, our filters and a secret of ours.
 *
 * One loop does all of it, one request after the other, so that a rate limit's penalty is never disturbed and no two
 * logins meet. Each turn lists our subscriptions, keeps the one that is in order or creates it, and removes what else
 * leads to our address. To change anything is to create a new one and then delete the old one.
 */
export interface SubscriptionOwner {
  /** Begins; the webhook must be reachable by now. */
  start(): void
  /** Renews now, as the platform asked for. */
  renewSoon(): void
  /** Secrets that deliveries may carry: the current one, and the last one's until shortly after its end. */
  acceptedSecrets(): readonly string[]
  readonly state: SubscriptionStanding
  /** The account that is subscribed to; `undefined` until RingCentral has told. */
  readonly accountId: string | undefined
  /** Stops looking after it. The subscription stays: the next start keeps it. */
  close(): Promise<void>
}

export interface SubscriptionStanding {
  /** `Active`, RingCentral's word for why it is not, `Expired`, or `None`. */
  readonly status: string
  readonly expiresAtMs: number | undefined
}

export interface SubscriptionDependencies {
  readonly service: ServiceClient
  readonly records: Records
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'extensions'>
  /** Where the relay is reached; the webhook is below it. */
  readonly publicUrl: string
  /** From 0 up to 1, for jitter. */
  readonly random?: () => number
  /**
   * Events arrive from now on, and some may have been missed until now: the relay has started, or its subscription was
   * created anew.
   */
  onInPlace?(change: 'started' | 'recreated'): void
}

/** Renewed when less than this is left. */
const RENEW_BEFORE_MS = LIFE_MS / 2
/** A subscription that is about to end although it was renewed is replaced before it does. */
const MIN_LEFT_MS = 5 * MINUTE_MS
/** One that was blacklisted or deleted is noticed within this, so that people are told, by a ping, within a minute. */
const CHECK_INTERVAL_MS = MINUTE_MS / 2
/** A person has to mend something; looking again now and then lets it heal without a restart. */
const BLOCKED_INTERVAL_MS = 15 * MINUTE_MS

/** Something is wrong that a person must mend; the message says what. */
class BlockedError extends Error {}

export async function createSubscriptionOwner(dependencies: SubscriptionDependencies): Promise<SubscriptionOwner> {
  const { service, records, clock, logger, settings, publicUrl, random = Math.random } = dependencies
  const address = `${publicUrl}/webhook`
  const filters = wantedFilters(settings)
  const api = createSubscriptionApi(service)
  const secrets = await loadSubscriptionSecrets(records, clock)
  let standing: SubscriptionStanding = { status: 'None', expiresAtMs: undefined }
  let accountId: string | undefined
  /** Tries that failed since the last one that went well. */
  let attempt = 0
  let lastAdvice: string | undefined
  let wantsRenewal = false
  /** When the life that RingCentral gave last is half over. */
  let renewAtMs: number | undefined
  /** Whether deliveries came since the start. */
  let wasInPlace = false
  let isClosed = false
  let running: Promise<void> | undefined
  let cancelTimer: () => void = () => undefined

  function run(): void {
    cancelTimer()
    if (running !== undefined || isClosed) return
    running = turn()
      .then((delayMs) => {
        running = undefined
        if (isClosed || delayMs === undefined) return
        if (wantsRenewal && attempt === 0) return run()
        cancelTimer = clock.after(delayMs, run)
      })
      .catch((error: unknown) => {
        running = undefined
        logger.error({ err: describeError(error) }, 'The subscription could not be looked after')
        if (!isClosed) cancelTimer = clock.after(backoffMs(attempt++, undefined, random), run)
      })
  }

  /** One look at everything; resolves with the time until the next one, `undefined` when there is to be none. */
  async function turn(): Promise<number | undefined> {
    try {
      accountId ??= await readServiceAccountId(service)
      const own = await api.list()
      const kept = own.find(isInOrder)
      await removeLeftovers(kept === undefined ? await create(own) : await keep(kept, own))
      attempt = 0
      lastAdvice = undefined
      return CHECK_INTERVAL_MS
    } catch (error) {
      const delayMs = await react(error)
      attempt += 1
      return delayMs
    }
  }

  async function react(error: unknown): Promise<number | undefined> {
    if (error instanceof BlockedError) {
      advise(error.message)
      return BLOCKED_INTERVAL_MS
    }
    const failure = await toRingCentralError(error)
    const judgement = judgeError(failure)
    switch (judgement.kind) {
      case 'refused':
        advise(judgement.advice, failure.message)
        return undefined
      case 'blocked':
        advise(judgement.advice, failure.message)
        return BLOCKED_INTERVAL_MS
      case 'retry': {
        const delayMs = backoffMs(attempt, judgement.afterMs, random)
        if (judgement.advice !== undefined) advise(judgement.advice, failure.message)
        else logger.warn({ err: failure.message, delayMs }, 'The subscription could not be looked after; trying again')
        return delayMs
      }
    }
  }

  /** Says what somebody has to change: once, not with every try. */
  function advise(advice: string, seen?: string): void {
    if (advice === lastAdvice) return
    lastAdvice = advice
    logger.error({ err: seen }, advice)
  }

  function isInOrder(one: Subscription): boolean {
    const { current } = secrets
    return (
      one.id === current?.id &&
      one.status === 'Active' &&
      one.deliveryMode.address === address &&
      current.address === address &&
      isSameFilters(one.eventFilters, filters) &&
      (one.disabledFilters ?? []).length === 0 &&
      expiryOf(one) > clock.nowMs() + MIN_LEFT_MS
    )
  }

  async function keep(kept: Subscription, own: readonly Subscription[]): Promise<readonly Subscription[]> {
    const isFirstLook = standing.status === 'None'
    note(kept)
    if (isFirstLook) logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription is kept')
    if (!wasInPlace) tellInPlace('started')
    renewAtMs ??= expiryOf(kept) - RENEW_BEFORE_MS
    if (wantsRenewal || clock.nowMs() >= renewAtMs) {
      noteLife(await api.renew(kept.id))
      wantsRenewal = false
      logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription was renewed')
    }
    return own
  }

  /** Resolves with the others that are still there. */
  async function create(own: readonly Subscription[]): Promise<readonly Subscription[]> {
    wantsRenewal = false
    noteLoss(own)
    const secret = await secrets.next(address, filters)
    let created: Subscription
    try {
      created = await api.create({ address, filters, secret })
    } catch (error) {
      // Too many of ours: those that lead here are of no use any more, and without them there is room.
      const isFull = (await toRingCentralError(error)).codes.includes('SUB-505')
      if (isFull && (await removeLeftovers(own)) > 0) return create([])
      throw error
    }
    const disabled = created.disabledFilters ?? []
    if (disabled.length > 0) {
      // Without its telephony events a subscription is worth nothing.
      await remove(created.id)
      throw new BlockedError(adviseDisabledFilters(disabled))
    }
    await secrets.created(created.id)
    noteLife(created)
    logger.info({ subscriptionId: created.id, ...describeStanding() }, 'The subscription was created')
    tellInPlace(wasInPlace ? 'recreated' : 'started')
    return own
  }

  /** Deletes what else leads to our address, and what was replaced, wherever it led. Resolves with how many those were. */
  async function removeLeftovers(own: readonly Subscription[]): Promise<number> {
    const { current, replaced } = secrets
    const ids = new Set(replaced.map(({ id }) => id))
    const addresses = new Set([address, ...replaced.flatMap((one) => (one.id === null ? (one.address ?? []) : []))])
    const leftovers = own.filter(
      ({ id, deliveryMode }) => id !== current?.id && (ids.has(id) || addresses.has(deliveryMode.address ?? '')),
    )
    for (const { id } of leftovers) await remove(id)
    await secrets.deleted()
    return leftovers.length
  }

  async function remove(id: string): Promise<void> {
    await api.remove(id)
    logger.info({ subscriptionId: id }, 'A subscription that is no longer used was removed')
  }

  function note(one: Subscription): void {
    standing = { status: one.status, expiresAtMs: expiryOf(one) }
  }

  /** RingCentral gives a life as it likes: its end is what the answer says, not what was asked for. */
  function noteLife(one: Subscription): void {
    note(one)
    const nowMs = clock.nowMs()
    renewAtMs = nowMs + (expiryOf(one) - nowMs) / 2
  }

  /** How our subscription stands until there is another. */
  function noteLoss(own: readonly Subscription[]): void {
    const ours = own.find(({ id }) => id === secrets.current?.id)
    const status = ours === undefined || ours.status === 'Active' ? 'None' : ours.status
    standing = { status, expiresAtMs: undefined }
  }

  function tellInPlace(change: 'started' | 'recreated'): void {
    wasInPlace = true
    dependencies.onInPlace?.(change)
  }

  function describeStanding() {
    return { status: standing.status, expiresAt: standing.expiresAtMs && formatInstant(standing.expiresAtMs) }
  }

  return {
    start: run,
    renewSoon() {
      wantsRenewal = true
      // A back-off is not cut short by a reminder.
      if (attempt === 0) run()
    },
    acceptedSecrets: () => secrets.accepted(),
    get state() {
      const hasExpired = standing.expiresAtMs !== undefined && standing.expiresAtMs <= clock.nowMs()
      return hasExpired ? { status: 'Expired', expiresAtMs: standing.expiresAtMs } : standing
    },
    get accountId() {
      return accountId
    },
    async close() {
      isClosed = true
      cancelTimer()
      await running
    },
  }
}
