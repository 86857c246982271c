import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { DAY_MS, formatInstant, MINUTE_MS, parseInstant, SECOND_MS } from '../shared/time.ts'
import type { Clock } from './clock.ts'
import type { Settings } from './config.ts'
import { describeError } from './errors.ts'
import type { Logger } from './log.ts'
import type { Records } from './records.ts'
import type { ServiceClient } from './ringcentral.ts'
import { toRingCentralError } from './ringcentral.ts'
import { adviseDisabledFilters, backoffMs, judgeError } from './ringcentral-faults.ts'
import { readServiceAccountId } from './who-is.ts'

/**
 * Owns the webhook subscription at RingCentral: one, active, with our address, our filters and a secret of ours.
 *
 * One loop does all of it, one request after the other, so that a rate limit's penalty is never disturbed and no two
 * logins meet. Each turn lists our subscriptions, keeps the one that is in order or creates it, and removes what else
 * leads to our address. A secret is stored before the create call, because deliveries may arrive before its answer.
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
  /** `Active`, RingCentral's word for why it is not, or `None`. */
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
}

const LIFE_S = (7 * DAY_MS) / SECOND_MS
const REMINDER_THRESHOLD_S = (3 * DAY_MS) / SECOND_MS
const REMINDER_INTERVAL_S = DAY_MS / 2 / SECOND_MS
/** Renewed when less than this is left. */
const RENEW_BEFORE_MS = (LIFE_S * SECOND_MS) / 2
/** A subscription that was blacklisted or deleted is noticed within this. */
const CHECK_INTERVAL_MS = 3 * MINUTE_MS
/** A person has to mend something; looking again now and then lets it heal without a restart. */
const BLOCKED_INTERVAL_MS = 15 * MINUTE_MS
/** Deliveries that were under way when a subscription ended still carry its secret. */
const OLD_SECRET_MS = 5 * MINUTE_MS

const stored = v.object({
  current: v.nullable(
    v.object({
      id: v.nullable(v.string()),
      secret: v.string(),
      address: v.string(),
      filters: v.array(v.string()),
    }),
  ),
  /** `acceptUntilMs` is null until the subscription is deleted at RingCentral. */
  previous: v.array(v.object({ id: v.string(), secret: v.string(), acceptUntilMs: v.nullable(v.number()) })),
})
type Stored = v.InferOutput<typeof stored>

const subscription = v.object({
  id: v.string(),
  status: v.string(),
  expirationTime: v.string(),
  eventFilters: v.array(v.string()),
  disabledFilters: v.optional(v.array(v.object({ filter: v.string() }))),
  deliveryMode: v.object({ transportType: v.string(), address: v.optional(v.string()) }),
})
type Subscription = v.InferOutput<typeof subscription>
/** Of another transport, or of a form yet to come, is none of ours. */
const subscriptionList = v.object({ records: v.array(v.unknown()) })

const RECORD_KEY = 'subscription'
const PATH = '/restapi/v1.0/subscription'

/** Something is wrong that a person must mend; the message says what. */
class BlockedError extends Error {}

export async function createSubscriptionOwner(dependencies: SubscriptionDependencies): Promise<SubscriptionOwner> {
  const { service, records, clock, logger, settings, publicUrl, random = Math.random } = dependencies
  const address = `${publicUrl}/webhook`
  const filters = wantedFilters(settings)
  let state = await loadState()
  let standing: SubscriptionStanding = { status: 'None', expiresAtMs: undefined }
  let accountId: string | undefined
  let attempt = 0
  let lastAdvice: string | undefined
  let wantsRenewal = false
  let isClosed = false
  let running: Promise<void> | undefined
  let cancelTimer: () => void = () => undefined

  async function loadState(): Promise<Stored> {
    const text = await records.get(RECORD_KEY)
    return text === undefined ? { current: null, previous: [] } : v.parse(stored, JSON.parse(text))
  }

  async function save(next: Stored): Promise<void> {
    await records.put(RECORD_KEY, JSON.stringify(next))
    state = next
  }

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
      const own = await list()
      const kept = own.find(isInOrder)
      if (kept === undefined) await create(own)
      else await keep(kept)
      await removeLeftovers(own)
      attempt = 0
      lastAdvice = undefined
      return CHECK_INTERVAL_MS
    } catch (error) {
      return react(error)
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
        attempt += 1
        logger.warn({ err: failure.message, delayMs }, 'The subscription could not be looked after; trying again')
        return delayMs
      }
    }
  }

  function advise(advice: string, seen?: string): void {
    attempt = 1
    if (advice === lastAdvice) return
    lastAdvice = advice
    logger.error({ err: seen }, advice)
  }

  async function list(): Promise<readonly Subscription[]> {
    const { records } = v.parse(subscriptionList, await service.send({ method: 'GET', path: PATH }))
    return records.filter((record) => v.is(subscription, record))
  }

  function isInOrder(one: Subscription): boolean {
    const { current } = state
    if (one.id !== current?.id) return false
    if (one.status !== 'Active') standing = { status: one.status, expiresAtMs: undefined }
    return (
      one.status === 'Active' &&
      one.deliveryMode.address === address &&
      current.address === address &&
      isSameFilters(one.eventFilters, filters) &&
      (one.disabledFilters ?? []).length === 0 &&
      expiryOf(one) > clock.nowMs()
    )
  }

  async function keep(kept: Subscription): Promise<void> {
    const isFirstLook = standing.status === 'None'
    note(kept)
    if (isFirstLook) logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription is kept')
    if (!wantsRenewal && expiryOf(kept) - clock.nowMs() > RENEW_BEFORE_MS) return
    wantsRenewal = false
    note(v.parse(subscription, await service.send({ method: 'POST', path: `${PATH}/${kept.id}/renew` })))
    logger.info({ subscriptionId: kept.id, ...describeStanding() }, 'The subscription was renewed')
  }

  async function create(own: readonly Subscription[]): Promise<void> {
    wantsRenewal = false
    const { current, previous } = state
    const old = current?.id ? [{ id: current.id, secret: current.secret, acceptUntilMs: null }] : []
    const secret = randomBytes(32).toString('base64url')
    await save({ current: { id: null, secret, address, filters: [...filters] }, previous: [...previous, ...old] })
    let created: Subscription
    try {
      created = v.parse(subscription, await service.send({ method: 'POST', path: PATH, body: createBody(secret) }))
    } catch (error) {
      // Too many of ours: those that lead here are of no use any more.
      if ((await toRingCentralError(error)).codes.includes('SUB-505')) await removeLeftovers(own)
      throw error
    }
    const disabled = (created.disabledFilters ?? []).map(({ filter }) => filter)
    if (disabled.length > 0) {
      await remove(created.id)
      standing = { status: 'None', expiresAtMs: undefined }
      throw new BlockedError(adviseDisabledFilters(disabled))
    }
    await save({ ...state, current: { id: created.id, secret, address, filters: [...filters] } })
    note(created)
    logger.info({ subscriptionId: created.id, ...describeStanding() }, 'The subscription was created')
  }

  function createBody(secret: string): Readonly<Record<string, unknown>> {
    return {
      eventFilters: filters,
      deliveryMode: { transportType: 'WebHook', address, verificationToken: secret },
      expiresIn: LIFE_S,
    }
  }

  /** Deletes what else leads to our address, and the subscriptions that were replaced, wherever they led. */
  async function removeLeftovers(own: readonly Subscription[]): Promise<void> {
    const replaced = state.previous.filter(({ acceptUntilMs }) => acceptUntilMs === null).map(({ id }) => id)
    for (const { id, deliveryMode } of own) {
      if (id === state.current?.id) continue
      if (deliveryMode.address === address || replaced.includes(id)) await remove(id)
    }
    const nowMs = clock.nowMs()
    const previous = state.previous
      .map((one) => ({ ...one, acceptUntilMs: one.acceptUntilMs ?? nowMs + OLD_SECRET_MS }))
      .filter(({ acceptUntilMs }) => acceptUntilMs > nowMs)
    if (previous.length > 0 || state.previous.length > 0) await save({ ...state, previous })
  }

  async function remove(id: string): Promise<void> {
    try {
      await service.send({ method: 'DELETE', path: `${PATH}/${id}` })
      logger.info({ subscriptionId: id }, 'A subscription that is no longer used was removed')
    } catch (error) {
      if ((await toRingCentralError(error)).status !== 404) throw error
    }
  }

  function note(one: Subscription): void {
    standing = { status: one.status, expiresAtMs: expiryOf(one) }
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
    acceptedSecrets() {
      const nowMs = clock.nowMs()
      const old = state.previous.filter(({ acceptUntilMs }) => acceptUntilMs === null || acceptUntilMs > nowMs)
      return [...(state.current === null ? [] : [state.current.secret]), ...old.map(({ secret }) => secret)]
    },
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

function wantedFilters({ scope, extensions }: Pick<Settings, 'scope' | 'extensions'>): readonly string[] {
  const account = '/restapi/v1.0/account/~'
  const telephony =
    scope === 'account'
      ? [`${account}/telephony/sessions`]
      : extensions.map((extensionId) => `${account}/extension/${extensionId}/telephony/sessions`)
  return [...telephony, `${PATH}/~?threshold=${REMINDER_THRESHOLD_S}&interval=${REMINDER_INTERVAL_S}`]
}

/** RingCentral answers with real ids in place of `~`. */
function isSameFilters(some: readonly string[], others: readonly string[]): boolean {
  const normalise = (filters: readonly string[]) =>
    filters
      .map((filter) =>
        filter.replace(/\/account\/[^/?]+/, '/account/~').replace(/\/subscription\/[^/?]+/, '/subscription/~'),
      )
      .sort()
      .join('\n')
  return normalise(some) === normalise(others)
}

function expiryOf({ expirationTime }: Subscription): number {
  return parseInstant(expirationTime) ?? 0
}
