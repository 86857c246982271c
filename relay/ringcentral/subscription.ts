import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { Records } from '../log/records.ts'
import type { Logger } from '../logger.ts'
import type { ServiceClient } from './api.ts'
import { toRingCentralError } from './api.ts'
import { backoffMs } from './faults.ts'
import { createStanding, LOOK_INTERVAL_MS, type SubscriptionStanding } from './standing.ts'
import { createSubscriptionApi, type SubscriptionApi, wantedFilters } from './subscription-api.ts'
import { loadSubscriptionSecrets } from './subscription-secrets.ts'
import { BlockedError, createSubscriptionUpkeep, type SubscriptionUpkeepDependencies } from './subscription-upkeep.ts'
import { judge } from './verdicts.ts'
import { readServiceAccountId } from './who-is.ts'

/**
 * Owns the webhook subscription at RingCentral: one, active, with our address, our filters and a secret of ours.
 *
 * One loop does all of it, one request after the other, so that a rate limit's penalty is never disturbed and no two
 * logins meet. Each turn looks at our subscription and does what is to be done; what RingCentral answers decides when the
 * next one is.
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

export interface SubscriptionDependencies {
  readonly service: ServiceClient
  readonly records: Records
  readonly clock: Clock
  readonly time: Pick<ConfirmedTime, 'nowMs'>
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'extensions'>
  /** Where the relay is reached; the webhook is below it. */
  readonly publicUrl: string
  /** From 0 up to 1, for jitter. */
  readonly random?: () => number
  readonly onInPlace?: SubscriptionUpkeepDependencies['onInPlace']
  /** Resolves where this relay is still the one that looks after the subscription; it is, unless given. */
  readonly confirm?: () => Promise<void>
}

/** Before anything is changed at RingCentral it is asked whether that is still this relay's to do. */
function confirmFirst(api: SubscriptionApi, confirm: () => Promise<void> = async () => undefined): SubscriptionApi {
  return {
    list: api.list,
    create: (wish) => confirm().then(() => api.create(wish)),
    renew: (id) => confirm().then(() => api.renew(id)),
    remove: (id) => confirm().then(() => api.remove(id)),
  }
}

/** A person has to mend something; looking again now and then lets it heal without a restart. */
const BLOCKED_INTERVAL_MS = 15 * MINUTE_MS

export async function createSubscriptionOwner(dependencies: SubscriptionDependencies): Promise<SubscriptionOwner> {
  const { service, records, clock, time, logger, settings, publicUrl, random = Math.random } = dependencies
  const secrets = await loadSubscriptionSecrets(records, clock)
  const standing = createStanding(clock, time)
  const upkeep = createSubscriptionUpkeep({
    api: confirmFirst(createSubscriptionApi(service), dependencies.confirm),
    secrets,
    clock,
    time,
    standing,
    logger,
    address: `${publicUrl}/webhook`,
    filters: wantedFilters(settings),
    onInPlace: dependencies.onInPlace ?? (() => undefined),
  })
  let accountId: string | undefined
  /** Tries that failed since the last one that went well. */
  let attempt = 0
  let lastAdvice: string | undefined
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
        cancelTimer = clock.after(delayMs, run)
      })
      .catch((error: unknown) => {
        running = undefined
        logger.error({ err: describeError(error) }, 'The subscription could not be looked after')
        if (!isClosed) cancelTimer = clock.after(backoffMs(attempt++, undefined, random), run)
      })
  }

  /** Looks once; resolves with the time until the next one, `undefined` when there is to be none. */
  async function turn(): Promise<number | undefined> {
    try {
      accountId ??= await readServiceAccountId(service)
      await upkeep.look()
      attempt = 0
      lastAdvice = undefined
      standing.hinder(undefined)
      return LOOK_INTERVAL_MS
    } catch (error) {
      const delayMs = await react(error)
      attempt += 1
      return delayMs
    }
  }

  async function react(error: unknown): Promise<number | undefined> {
    if (error instanceof BlockedError) {
      standing.hinder(error.message)
      advise(error.message)
      return BLOCKED_INTERVAL_MS
    }
    const failure = await toRingCentralError(error)
    const verdict = judge('subscription', failure)
    const advice = 'advice' in verdict ? verdict.advice : undefined
    standing.hinder(advice ?? `${failure.message}.`)
    if (advice !== undefined) advise(advice, failure.message)
    if (verdict.kind === 'refused') return undefined
    if (verdict.kind === 'blocked') return BLOCKED_INTERVAL_MS
    const delayMs = backoffMs(attempt, 'afterMs' in verdict ? verdict.afterMs : undefined, random)
    if (advice === undefined) {
      logger.warn({ err: failure.message, delayMs }, 'The subscription could not be looked after; trying again')
    }
    return delayMs
  }

  /** Logs what has to be changed: once, not with every try. */
  function advise(advice: string, seen?: string): void {
    if (advice === lastAdvice) return
    lastAdvice = advice
    logger.error({ err: seen }, advice)
  }

  return {
    start: run,
    renewSoon() {
      upkeep.askRenewal()
      // A back-off is not cut short by a reminder.
      if (attempt === 0) run()
    },
    acceptedSecrets: () => secrets.accepted(),
    get state() {
      return standing.read()
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
