import { formatInstant, SECOND_MS } from '../../shared/time.ts'
import type { Login } from './access-tokens.ts'
import { type EventFilter, matchesEventFilter, parseEventFilters } from './event-filters.ts'
import { shakeHands } from './handshake.ts'
import { newSubscriptionId } from './ids.ts'
import { invalidParameter, notFound, RestError } from './rest-error.ts'

const DEFAULT_LIFE_S = 604_800
const MAX_LIFE_S = 315_360_000
const MAX_SUBSCRIPTIONS = 30

/** A live subscription, as tests and the phone page see it. Times are ISO-8601 on the platform's clock. */
export interface Subscription {
  readonly id: string
  readonly address: string
  readonly verificationToken: string | undefined
  readonly status: 'Active'
  /** With real ids instead of `~`. */
  readonly eventFilters: readonly string[]
  /** Extension id of the person who made it. */
  readonly ownerId: string
  readonly clientId: string
  readonly creationTime: string
  readonly expirationTime: string
  /** The life it was last given, in seconds. */
  readonly expiresIn: number
}

interface Entry {
  readonly id: string
  readonly login: Login
  readonly address: string
  readonly verificationToken: string | undefined
  readonly createdAtMs: number
  filters: readonly EventFilter[]
  lifeS: number
  expiresAtMs: number
}

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
  /** Replaces the filters when there are new ones, and renews. */
  update(
    login: Login,
    id: string,
    change: { eventFilters: readonly string[] | undefined; expiresIn: number | undefined },
  ): Subscription
  /** Gives it its last life again, from now. */
  renew(login: Login, id: string): Subscription
  delete(login: Login, id: string): void
  /** Every subscription that still receives events. */
  active(): readonly Subscription[]
  /** The active ones that a notification interests. */
  interestedIn(notification: unknown): readonly Subscription[]
  isActive(id: string): boolean
}

export function createSubscriptions(options: { nowMs: () => number; signal: AbortSignal }): Subscriptions {
  const { nowMs, signal } = options
  const entries = new Map<string, Entry>()

  const isLive = (entry: Entry): boolean => nowMs() < entry.expiresAtMs
  const live = (): Entry[] => [...entries.values()].filter(isLive)
  const ofLogin = ({ person, app }: Login): Entry[] =>
    live().filter(({ login }) => login.person === person && login.app === app)

  const find = ({ person, app }: Login, id: string): Entry => {
    const entry = entries.get(id)
    if (entry === undefined || entry.login.person !== person || entry.login.app !== app)
      throw notFound('subscriptionId')
    if (!isLive(entry)) throw new RestError(404, 'SUB-507', `Subscription with key [${id}] was expired`)
    return entry
  }

  const extend = (entry: Entry, lifeS: number): Subscription => {
    entry.lifeS = lifeS
    entry.expiresAtMs = nowMs() + lifeS * SECOND_MS
    return view(entry)
  }

  return {
    async create(login, { eventFilters, address, verificationToken, expiresIn }) {
      const filters = parseEventFilters(eventFilters, login.person)
      const lifeS = checkLifeS(expiresIn)
      if (!isLoopbackAddress(address)) {
        throw invalidParameter('deliveryMode.address', 'an http address on this machine: the stand-in reaches no other')
      }
      const checkRoom = (): void => {
        if (ofLogin(login).length >= MAX_SUBSCRIPTIONS) {
          throw new RestError(403, 'SUB-505', 'Subscriptions limit exceeded')
        }
      }
      checkRoom()
      await shakeHands(address, { verificationToken, signal })
      checkRoom()
      const createdAtMs = nowMs()
      const entry: Entry = {
        id: newSubscriptionId(),
        login,
        address,
        verificationToken,
        createdAtMs,
        filters,
        lifeS,
        expiresAtMs: createdAtMs + lifeS * SECOND_MS,
      }
      entries.set(entry.id, entry)
      return view(entry)
    },
    list: (login) => ofLogin(login).map(view),
    get: (login, id) => view(find(login, id)),
    update(login, id, { eventFilters, expiresIn }) {
      const entry = find(login, id)
      const lifeS = checkLifeS(expiresIn)
      if (eventFilters !== undefined) entry.filters = parseEventFilters(eventFilters, login.person)
      return extend(entry, lifeS)
    },
    renew(login, id) {
      const entry = find(login, id)
      return extend(entry, entry.lifeS)
    },
    delete(login, id) {
      entries.delete(find(login, id).id)
    },
    active: () => live().map(view),
    interestedIn: (notification) =>
      live()
        .filter(({ filters }) => filters.some((filter) => matchesEventFilter(filter, notification)))
        .map(view),
    isActive: (id) => live().some((entry) => entry.id === id),
  }
}

function view(entry: Entry): Subscription {
  return {
    id: entry.id,
    address: entry.address,
    verificationToken: entry.verificationToken,
    status: 'Active',
    eventFilters: entry.filters.map(({ text }) => text),
    ownerId: entry.login.person.extensionId,
    clientId: entry.login.app.clientId,
    creationTime: formatInstant(entry.createdAtMs),
    expirationTime: formatInstant(entry.expiresAtMs),
    expiresIn: entry.lifeS,
  }
}

function checkLifeS(expiresIn: number | undefined): number {
  if (expiresIn === undefined) return DEFAULT_LIFE_S
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_LIFE_S) {
    throw invalidParameter('expiresIn', `a whole number of seconds from 1 to ${MAX_LIFE_S}`)
  }
  return expiresIn
}

function isLoopbackAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname))
}
