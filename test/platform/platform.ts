import { setMaxListeners } from 'node:events'
import { loadNotifications } from '../support/streams.ts'
import { createApp } from './api/app.ts'
import { createRateLimits, type RateNumbers } from './api/rate-limits.ts'
import type { LoggedRequest } from './api/request-log.ts'
import { beginBusyDay } from './busy/day.ts'
import { type Call, createCall } from './calls/call.ts'
import { createLiveCalls } from './calls/live-calls.ts'
import type { LiveSession } from './calls/live-session.ts'
import { createOutbox } from './calls/outbox.ts'
import { createClockPace, createMachinePace } from './calls/pace.ts'
import { createQueueDesk } from './calls/queue-desk.ts'
import { createRandom } from './calls/random.ts'
import { resolveCaller } from './calls/resolve.ts'
import { createSessions } from './calls/sessions.ts'
import { callAgent } from './calls/steps/ring.ts'
import { createTimers } from './calls/timers.ts'
import { createTidyTiming, createUntidyTiming, type DrawTiming } from './calls/untidiness.ts'
import { createClock } from './clock.ts'
import { type Company, NORTHWIND } from './company.ts'
import { createDirectory } from './directory.ts'
import { createFeatures } from './features.ts'
import { createGrants, type Grants } from './grants.ts'
import { listen } from './listen.ts'
import { createDeliveryFaults } from './misbehaviour/delivery-faults.ts'
import { createMisbehave, type Misbehave } from './misbehaviour/misbehave.ts'
import { createPresetSwitches, type PresetName } from './misbehaviour/presets.ts'
import { createRequestFaults } from './misbehaviour/request-faults.ts'
import { createAccessTokens } from './oauth/access-tokens.ts'
import { RELAY_APP, SIGN_IN_APP } from './oauth/apps.ts'
import { createAuthorizationCodes } from './oauth/authorization-codes.ts'
import { ACCOUNT, type Person, SERVICE_JWT } from './people.ts'
import { mountPhone } from './phone/phone.ts'
import { createPhones } from './phones.ts'
import type { Queue } from './queue.ts'
import { createPlayedScenarios } from './scenarios/played-scenarios.ts'
import { castAs } from './scenarios/recast.ts'
import { planReplay } from './scenarios/replay.ts'
import type { ScenarioName } from './scenarios/scenarios.ts'
import { createDeliveries } from './subscriptions/deliveries.ts'
import { BLACKLIST_AFTER_MS } from './subscriptions/delivery-health.ts'
import { describeSubscription } from './subscriptions/describe-subscription.ts'
import { writeReminder } from './subscriptions/reminders.ts'
import type { Subscription } from './subscriptions/subscription.ts'
import { createSubscriptions, MAX_SUBSCRIPTIONS } from './subscriptions/subscriptions.ts'
import { createJournal } from './truth/journal.ts'
import { startOfDay } from './truth/start-of-day.ts'
import { type Truth, tellTruth } from './truth/truth.ts'

export interface PlatformOptions {
  /** Who works there; four people and a queue unless given. */
  readonly company?: Company
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string
  /** 0, unless given, takes a free port. */
  readonly port?: number
  /** Decides lateness, overtaking, repetitions and late names; 1 unless given. Ids are new each time whatever the seed. */
  readonly seed?: number
  /** Sends everything once, in order, and evenly late. Off unless given: the real platform is untidy. */
  readonly tidy?: boolean
  /** Longest life of an access token, in seconds; 3600 unless given. */
  readonly accessTokenLifeS?: number
  /**
   * The clock under the platform's, in ms since the epoch: for what expires and for the times in events. Whoever moves it lets
   * what fell due happen with `passTime(0)`.
   */
  readonly nowMs?: () => number
  /** Lets events happen and be sent as that clock moves, so that hours of them pass at once; unless given, in the machine's time. */
  readonly isPacedByClock?: boolean
  /** Requests per minute, person and app; the platform's own numbers unless given. */
  readonly rateLimits?: Partial<RateNumbers>
  /** How long deliveries may fail before their subscription is blacklisted; ten minutes unless given. */
  readonly blacklistAfterMs?: number
  /** How many subscriptions a person may have in an app; 30 unless given. */
  readonly maxSubscriptions?: number
  /** What goes wrong from the start; the phone page can turn it off. */
  readonly misbehaviours?: readonly PresetName[]
}

export interface DeliverOptions {
  /** Sends to every active subscription, whatever its filters. */
  readonly force?: boolean
}

export interface ReplayOptions {
  /** 1, unless given, sends as recorded; 10 ten times faster; `Infinity` without waiting. */
  readonly speed?: number | undefined
  /** As the platform is, unless given. */
  readonly tidy?: boolean
  /** Extension id of the colleague who plays the part of Bea, and she theirs; unless given, Bea plays it. */
  readonly as?: string | undefined
}

/** What a scenario became. */
export interface Replay {
  /** Its sessions, by their first event. */
  readonly telephonySessionIds: readonly string[]
}

export interface BusyDayOptions {
  /** As the platform's, unless given. */
  readonly seed?: number
  /** Who does nothing by themselves: extension ids of people whose phones are left to others, numbers of people outside. */
  readonly aside?: readonly string[]
}

export interface TruthOptions {
  /** After so many changes, each of which is one event; after all so far unless given. */
  readonly position?: number
  /** Begins today at another moment, ms since the epoch. */
  readonly daySinceMs?: number
}

export interface PlaceCallOptions {
  /** A number in E.164, a colleague's extension id, or `withheld`. */
  readonly from: string
  /** The called agent's extension id, or the queue's. */
  readonly to: string
  /** The name an outside number is known by; looked up among the invented callers unless given. */
  readonly fromName?: string
}

export interface Platform {
  /** `http://127.0.0.1:NNNN`, without a slash at the end. */
  readonly url: string
  readonly credentials: { readonly clientId: string; readonly clientSecret: string; readonly jwt: string }
  /** An app that may sign people in but not log in with the JWT. */
  readonly signInApp: { readonly clientId: string; readonly clientSecret: string }
  readonly accountId: string
  readonly people: readonly Person[]
  readonly queues: readonly Queue[]
  /** Who may listen to whom and runs which queue; it can be changed. */
  readonly grants: Grants
  /** The subscriptions that have not expired, whatever their status. */
  subscriptions(): readonly Subscription[]
  /** Resolves when there has been a first subscription. */
  subscribed(): Promise<void>
  /** What can go wrong, on command. */
  readonly misbehave: Misbehave
  /** The platform's clock, in ms since the epoch. */
  nowMs(): number
  /**
   * Lets time pass on the platform's clock at once: what falls due on the way (reminders, the ends of tokens, subscriptions and
   * penalties) happens. Resolves when the reminders were answered.
   */
  passTime(ms: number): Promise<void>
  /**
   * Posts one notification, any JSON value, at once and untouched but for `subscriptionId` and `ownerId`, to every active
   * subscription that it interests. Resolves with the HTTP statuses; 0 is no answer.
   */
  deliver(notification: unknown, options?: DeliverOptions): Promise<readonly number[]>
  /** Plays a scenario as new calls; resolves when the last delivery was answered. */
  replay(scenario: ScenarioName, options?: ReplayOptions): Promise<Replay>
  /** Lets a day of many calls begin, in which everybody but those `aside` acts by themselves. Once. */
  beginBusyDay(options?: BusyDayOptions): void
  /** How things really stand, without a look at events; today is the day of the account's time zone. */
  truth(options?: TruthOptions): Truth
  /** Places a call that rings until somebody answers or hangs up. */
  placeCall(options: PlaceCallOptions): Call
  /** The latest call at a colleague's phone that is not over, whoever placed it. */
  findCall(extensionId: string): Call | undefined
  /** What was asked of the API and the sign-in page, in order of the answers. */
  requests(): readonly LoggedRequest[]
  close(): Promise<void>
}

/** Everybody's, and the account's. */
const TIME_ZONE = 'America/Los_Angeles'

/** Starts a stand-in RingCentral. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { host = '127.0.0.1', port = 0, seed = 1, tidy = false, company = NORTHWIND } = options
  const closing = new AbortController()
  const { signal } = closing
  // Every wait and every open request listens for the end.
  setMaxListeners(0, signal)

  let callsStarted = 0
  // Each call has numbers of its own, so that calls at the same time do not disturb each other's.
  const nextRandom = () => createRandom(Math.imul(seed, 0x9e3779b1) + callsStarted++)

  const clock = createClock(options.nowMs ?? Date.now, signal)
  const { nowMs } = clock
  const timers = createTimers(signal)
  const directory = createDirectory(company)
  const grants = createGrants(company)
  const features = createFeatures()
  const phones = createPhones()
  const rateLimits = createRateLimits({ nowMs, numbers: options.rateLimits ?? {} })
  const requestFaults = createRequestFaults(signal)
  const deliveryFaults = createDeliveryFaults(createRandom(seed))
  const deliveries = createDeliveries({
    faults: deliveryFaults,
    timers,
    signal,
    recordOutcome: (id, outcome) => subscriptions.recordOutcome(id, outcome),
  })
  const firstSubscription = Promise.withResolvers<void>()
  const subscriptions = createSubscriptions({
    clock,
    directory,
    signal,
    blacklistAfterMs: options.blacklistAfterMs ?? BLACKLIST_AFTER_MS,
    maxSubscriptions: options.maxSubscriptions ?? MAX_SUBSCRIPTIONS,
    onCreated: firstSubscription.resolve,
    remind: async (subscription, filter) => {
      const body = describeSubscription(subscription, { origin: server.url, nowMs: nowMs() })
      await deliveries.send(writeReminder(subscription, filter, { nowMs: nowMs(), body }), subscription)
    },
  })
  let isBackground: (telephonySessionId: string) => boolean = () => false
  const journal = createJournal()
  const sessions = createSessions((telephonySessionId) => isBackground(telephonySessionId))
  const outbox = createOutbox({
    subscriptions,
    sessions,
    deliveries,
    pace: options.isPacedByClock === true ? createClockPace(clock) : createMachinePace(timers),
    record: journal.record,
  })
  const calls = createLiveCalls({
    outbox,
    nowMs,
    drawManner: () => {
      const random = nextRandom()
      return tidy
        ? { drawTiming: createTidyTiming(), callerNameFromSequence: 0 }
        : { callerNameFromSequence: random.integer(4, 6), drawTiming: createUntidyTiming(random) }
    },
  })
  const scenarios = createPlayedScenarios({ calls, directory })
  const after = (ms: number, act: () => void) => void clock.at(nowMs() + ms, async () => act())
  const queueDesk = createQueueDesk({ calls, directory, nowMs, later: after })
  const tokens = createAccessTokens({ nowMs, lifeS: options.accessTokenLifeS })
  const codes = createAuthorizationCodes({ nowMs })
  const jwtRevocations = new Set<object>()
  const misbehave = createMisbehave({
    deliveryFaults,
    requestFaults,
    rateLimits,
    tokens,
    directory,
    features,
    phones,
    subscriptions,
    jwtRevocations,
  })
  const presets = createPresetSwitches(misbehave)
  for (const name of options.misbehaviours ?? []) presets.set(name, true)
  const { app, requests } = createApp({
    tokens,
    codes,
    subscriptions,
    sessions,
    calls,
    takeOver: scenarios.takeOver,
    desk: queueDesk,
    directory,
    grants,
    features,
    phones,
    rateLimits,
    requestFaults,
    isJwtRevoked: () => jwtRevocations.size > 0,
    clock,
  })

  const startReplay = (scenario: ScenarioName, options: ReplayOptions = {}): StartedReplay => {
    const { speed = 1, tidy: tidyReplay = tidy, as } = options
    if (!(speed > 0)) throw new RangeError(`The speed should be above 0, but is ${speed}.`)
    const recast = castAs(as)
    const drawTiming: DrawTiming = tidyReplay ? createTidyTiming() : createUntidyTiming(nextRandom())
    const stream = loadNotifications(scenario)
    const { telephonySessionIds, events } = planReplay(stream, { startMs: nowMs(), speed, drawTiming, recast })
    const isOff = scenarios.add(telephonySessionIds)
    const done = Number.isFinite(speed)
      ? outbox.send(events.map((event) => ({ ...event, isOff })))
      : outbox.sendAtOnce(events)
    return { telephonySessionIds, done }
  }

  const place = ({ from, to, fromName }: PlaceCallOptions): Call => {
    const callee = directory.find(ACCOUNT.id, to) ?? directory.findQueue(ACCOUNT.id, to)
    if (callee === undefined) throw new RangeError(`The called agent should be an extension id of ${ACCOUNT.name}.`)
    if (from === to) throw new RangeError('The caller and the called agent should be two people.')
    const caller = resolveCaller(from, fromName, directory)
    const session = calls.open('Call', ACCOUNT.id)
    if ('agents' in callee) queueDesk.enter(session, caller, callee)
    else callAgent(session, caller, callee)
    return createCall(calls, session)
  }

  const colleagues = directory.people(ACCOUNT.id).filter(({ canSignIn }) => canSignIn)
  const { queues } = company
  mountPhone(app, {
    subscriptions,
    sessions,
    calls,
    scenarios,
    findPerson: directory.find,
    isBackground: (telephonySessionId) => isBackground(telephonySessionId),
    colleagues,
    queues,
    misbehave,
    presets,
    startReplay,
    placeCall: place,
  })
  const server = await listen(app, { host, port })

  return {
    url: server.url,
    credentials: { clientId: RELAY_APP.clientId, clientSecret: RELAY_APP.clientSecret, jwt: SERVICE_JWT },
    signInApp: { clientId: SIGN_IN_APP.clientId, clientSecret: SIGN_IN_APP.clientSecret },
    accountId: ACCOUNT.id,
    people: company.people,
    queues,
    grants,
    subscriptions: () => subscriptions.all(),
    subscribed: () => firstSubscription.promise,
    misbehave,
    nowMs,
    passTime: (ms) => clock.pass(ms),
    deliver: (notification, { force = false } = {}) => {
      const receivers = force ? subscriptions.active() : subscriptions.interestedIn(notification)
      return Promise.all(receivers.map((subscription) => deliveries.send(notification, subscription)))
    },
    replay: async (scenario, replayOptions) => {
      const { telephonySessionIds, done } = startReplay(scenario, replayOptions)
      await done
      return { telephonySessionIds }
    },
    beginBusyDay: ({ seed: daySeed = seed, aside = [] } = {}) => {
      const world = { calls, desk: queueDesk, company, after, seed: daySeed, aside: new Set(aside) }
      isBackground = beginBusyDay(world).isOwn
    },
    truth: ({ position, daySinceMs = startOfDay(nowMs(), TIME_ZONE) } = {}) =>
      tellTruth(journal.facts(position), { queues, daySinceMs }),
    placeCall: place,
    findCall: (extensionId) => {
      const isCalled = (session: LiveSession) =>
        session.present().some((party) => party.role === 'called' && party.extensionId === extensionId)
      const session = calls.live().findLast(isCalled)
      return session && createCall(calls, session)
    },
    requests: () => [...requests],
    close: async () => {
      closing.abort()
      await server.close()
    },
  }
}

/** A replay under way. */
export interface StartedReplay extends Replay {
  /** Resolves when the last delivery was answered. */
  readonly done: Promise<void>
}
