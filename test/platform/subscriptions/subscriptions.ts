import { SECOND_MS } from '../../../shared/time.ts'
import { invalidParameter, missingPermission, notFound, RestError } from '../api/rest-error.ts'
import { newSubscriptionId } from '../calls/ids.ts'
import type { PlatformClock } from '../clock.ts'
import type { Directory } from '../directory.ts'
import type { Login } from '../oauth/access-tokens.ts'
import { blacklist, type DeliveryOutcome, recordOutcome } from './delivery-health.ts'
import { matchesEventFilter, parseEventFilters, type ReminderFilter } from './event-filters.ts'
import { shakeHands } from './handshake.ts'
import { createReminders } from './reminders.ts'
import { type DisabledFilter, type Subscription, type SubscriptionEntry, viewSubscription } from './subscription.ts'
import { checkLifeS } from './subscription-life.ts'

/** How many a person may have in an app. */
export const MAX_SUBSCRIPTIONS = 30

/** What a create request asks for, decoded. */
export interface SubscriptionRequest {
  readonly eventFilters: readonly string[]
  readonly address: string
  readonly verificationToken: string | undefined
  readonly expiresIn: number | undefined
}

export interface Subscriptions {
  /** Checks, shakes hands, and only then creates; throws the platform's {@link RestError}. */
  create(login: Login, request: SubscriptionRequest): Promise<Subscription>
  /** Those of the same person and the same app. */
  list(login: Login): readonly Subscription[]
  get(login: Login, id: string): Subscription
  /** Replaces the filters when there are new ones, and renews. Neither this nor a renewal makes it active again. */
  update(
    login: Login,
    id: string,
    change: { eventFilters: readonly string[] | undefined; expiresIn: number | undefined },
  ): Subscription
  /** Gives it its last life again, from now. */
  renew(login: Login, id: string): Subscription
  delete(login: Login, id: string): void
  /** Every subscription that has not expired. */
  all(): readonly Subscription[]
  /** Every subscription that receives events. */
  active(): readonly Subscription[]
  /** The active ones that a notification interests. */
  interestedIn(notification: unknown): readonly Subscription[]
  isActive(id: string): boolean
  /** Takes over how a delivery went: a webhook that fails too long is blacklisted. */
  recordOutcome(id: string, outcome: DeliveryOutcome): void
  /** What the platform does to subscriptions by itself, whoever owns them; `undefined` means all. */
  readonly afflict: {
    blacklist(id?: string): void
    suspend(id?: string): void
    delete(id?: string): void
    expire(id?: string): void
  }
}

export interface SubscriptionsWorld {
  readonly clock: PlatformClock
  readonly directory: Directory
  readonly signal: AbortSignal
  readonly blacklistAfterMs: number
  readonly maxSubscriptions: number
  /** Told when there is a new one. */
  readonly onCreated: () => void
  /** Sends a reminder; resolves when it was answered. */
  readonly remind: (subscription: Subscription, filter: ReminderFilter) => Promise<void>
}

export function createSubscriptions(world: SubscriptionsWorld): Subscriptions {
  const { clock, directory, signal, blacklistAfterMs, maxSubscriptions, onCreated, remind } = world
  const entries = new Map<string, SubscriptionEntry>()

  const isLive = (entry: SubscriptionEntry): boolean => clock.nowMs() < entry.expiresAtMs
  const live = (): SubscriptionEntry[] => [...entries.values()].filter(isLive)
  const active = (): SubscriptionEntry[] => live().filter(({ status }) => status === 'Active')

  /** Rights may be taken after the subscription was made: what is disabled is decided whenever somebody looks. */
  const listDisabled = ({ filters, login }: SubscriptionEntry): readonly DisabledFilter[] => {
    const { person, app } = login
    const lacking = directory.lacking({ person, scopes: app.scopes }, 'CallControl')
    if (lacking === undefined) return []
    const { errorCode, message } = missingPermission(lacking, 'CallControl').body
    return filters
      .filter(({ kind }) => kind === 'telephony')
      .map(({ text }) => ({ filter: text, reason: String(errorCode), message: String(message) }))
  }
  const view = (entry: SubscriptionEntry): Subscription => viewSubscription(entry, listDisabled(entry))

  const ofLogin = (login: Login): SubscriptionEntry[] => live().filter((entry) => isSameLogin(entry.login, login))

  const find = (login: Login, id: string): SubscriptionEntry => {
    const entry = entries.get(id)
    if (entry === undefined || !isSameLogin(entry.login, login)) throw notFound('subscriptionId')
    if (!isLive(entry)) throw new RestError(404, 'SUB-507', `Subscription with key [${id}] was expired`)
    return entry
  }

  const reminders = createReminders(clock, async (id, filter) => {
    const entry = active().find((one) => one.id === id)
    if (entry !== undefined) await remind(view(entry), filter)
  })

  const extend = (entry: SubscriptionEntry, lifeS: number): Subscription => {
    entry.lifeS = lifeS
    entry.expiresAtMs = clock.nowMs() + lifeS * SECOND_MS
    reminders.plan({ ...entry, filter: entry.filters.find((filter) => filter.kind === 'reminder') })
    return view(entry)
  }

  const remove = (id: string): void => {
    entries.delete(id)
    reminders.cancel(id)
  }

  const afflict = (id: string | undefined, act: (entry: SubscriptionEntry) => void): void => {
    const afflicted = id === undefined ? live() : live().filter((entry) => entry.id === id)
    if (id !== undefined && afflicted.length === 0) throw new RangeError(`There is no subscription with the id ${id}.`)
    for (const entry of afflicted) act(entry)
  }

  return {
    async create(login, { eventFilters, address, verificationToken, expiresIn }) {
      const filters = parseEventFilters(eventFilters, { owner: login.person, directory })
      const lifeS = checkLifeS(expiresIn)
      if (!isLoopbackAddress(address)) {
        throw invalidParameter('deliveryMode.address', 'an http address on this machine: the stand-in reaches no other')
      }
      const checkRoom = (): void => {
        if (ofLogin(login).length >= maxSubscriptions) {
          throw new RestError(403, 'SUB-505', 'Subscriptions limit exceeded')
        }
      }
      checkRoom()
      await shakeHands(address, { verificationToken, signal })
      checkRoom()
      const createdAtMs = clock.nowMs()
      const entry: SubscriptionEntry = {
        id: newSubscriptionId(),
        login,
        address,
        verificationToken,
        createdAtMs,
        filters,
        lifeS,
        expiresAtMs: createdAtMs,
        status: 'Active',
        blacklistedData: undefined,
        failingSinceMs: undefined,
      }
      entries.set(entry.id, entry)
      onCreated()
      return extend(entry, lifeS)
    },
    list: (login) => ofLogin(login).map(view),
    get: (login, id) => view(find(login, id)),
    update(login, id, { eventFilters, expiresIn }) {
      const entry = find(login, id)
      const lifeS = checkLifeS(expiresIn)
      if (eventFilters !== undefined) {
        entry.filters = parseEventFilters(eventFilters, { owner: login.person, directory })
      }
      return extend(entry, lifeS)
    },
    renew(login, id) {
      const entry = find(login, id)
      return extend(entry, entry.lifeS)
    },
    delete: (login, id) => remove(find(login, id).id),
    all: () => live().map(view),
    active: () => active().map(view),
    interestedIn: (notification) =>
      active()
        .filter((entry) => {
          const disabled = new Set(listDisabled(entry).map(({ filter }) => filter))
          return entry.filters.some((filter) => !disabled.has(filter.text) && matchesEventFilter(filter, notification))
        })
        .map(view),
    isActive: (id) => active().some((entry) => entry.id === id),
    recordOutcome(id, outcome) {
      const entry = active().find((one) => one.id === id)
      if (entry !== undefined) recordOutcome(entry, outcome, { nowMs: clock.nowMs(), blacklistAfterMs })
    },
    afflict: {
      blacklist: (id) =>
        afflict(id, (entry) =>
          blacklist(entry, 'Webhook responses with code: [404], reason: [Not Found]', clock.nowMs()),
        ),
      suspend: (id) =>
        afflict(id, (entry) => {
          entry.status = 'Suspended'
        }),
      delete: (id) => afflict(id, (entry) => remove(entry.id)),
      expire: (id) =>
        afflict(id, (entry) => {
          entry.expiresAtMs = clock.nowMs()
          reminders.cancel(entry.id)
        }),
    },
  }
}

function isSameLogin(one: Login, other: Login): boolean {
  return one.person.extensionId === other.person.extensionId && one.app === other.app
}

function isLoopbackAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname))
}
