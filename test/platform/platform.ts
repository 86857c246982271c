import { setMaxListeners } from 'node:events'
import type { StreamName } from '../support/streams.ts'
import { createAccessTokens } from './access-tokens.ts'
import { createApp } from './app.ts'
import { RELAY_APP, SIGN_IN_APP } from './apps.ts'
import { createAuthorizationCodes } from './authorization-codes.ts'
import { type Call, placeCall } from './calls.ts'
import { deliver } from './deliveries.ts'
import { listen } from './listen.ts'
import { createOutbox } from './outbox.ts'
import { ACCOUNT, EXTERNAL_CALLERS, findPerson, PEOPLE, type Person, SERVICE_JWT } from './people.ts'
import { mountPhone } from './phone.ts'
import { createRandom } from './random.ts'
import { planReplay, readStream } from './replay.ts'
import type { LoggedRequest } from './request-log.ts'
import { createSessions } from './sessions.ts'
import { createSubscriptions, type Subscription } from './subscriptions.ts'
import { createTimers } from './timers.ts'
import { createTidyTiming, createUntidyTiming, type DrawTiming } from './untidiness.ts'

export interface PlatformOptions {
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
  /** The platform's clock, in ms since the epoch, for what expires and for the times in events. */
  readonly nowMs?: () => number
}

export interface DeliverOptions {
  /** Sends to every active subscription, whatever its filters. */
  readonly force?: boolean
}

export interface ReplayOptions {
  /** 1, unless given, sends as recorded; 10 ten times faster; `Infinity` without waiting. */
  readonly speed?: number
  /** As the platform is, unless given. */
  readonly tidy?: boolean
}

export interface PlaceCallOptions {
  /** A number in E.164, a colleague's extension id, or `withheld`. */
  readonly from: string
  /** The called agent's extension id. */
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
  /** The active subscriptions as they are now. */
  subscriptions(): readonly Subscription[]
  /**
   * Posts one notification, any JSON value, at once and untouched but for `subscriptionId` and `ownerId`, to every active
   * subscription that it interests. Resolves with the HTTP statuses; 0 is no answer.
   */
  deliver(notification: unknown, options?: DeliverOptions): Promise<readonly number[]>
  /** Replays a recorded call as a new one; resolves when the last delivery was answered. */
  replay(stream: StreamName, options?: ReplayOptions): Promise<{ readonly telephonySessionId: string }>
  /** Places a call that rings until somebody answers or hangs up. */
  placeCall(options: PlaceCallOptions): Call
  /** What was asked of the API and the sign-in page, in order of the answers. */
  requests(): readonly LoggedRequest[]
  close(): Promise<void>
}

/** Starts a stand-in RingCentral. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { host = '127.0.0.1', port = 0, seed = 1, tidy = false, accessTokenLifeS, nowMs = Date.now } = options
  const closing = new AbortController()
  const { signal } = closing
  // Every wait and every open request listens for the end.
  setMaxListeners(0, signal)

  const subscriptions = createSubscriptions({ nowMs, signal })
  const sessions = createSessions()
  const outbox = createOutbox({ subscriptions, sessions, timers: createTimers(signal), signal })
  const tokens = createAccessTokens({ nowMs, lifeS: accessTokenLifeS })
  const codes = createAuthorizationCodes({ nowMs })
  const { app, requests } = createApp({ tokens, codes, subscriptions, sessions, nowMs })

  let callsStarted = 0
  // Each call has numbers of its own, so that calls at the same time do not disturb each other's.
  const nextRandom = () => createRandom(Math.imul(seed, 0x9e3779b1) + callsStarted++)

  const startReplay = async (stream: StreamName, { speed = 1, tidy: tidyReplay = tidy }: ReplayOptions = {}) => {
    if (!(speed > 0)) throw new RangeError(`The speed should be above 0, but is ${speed}.`)
    const drawTiming: DrawTiming = tidyReplay ? createTidyTiming() : createUntidyTiming(nextRandom())
    const recording = await readStream(stream)
    const { telephonySessionId, events } = planReplay(recording, { startMs: nowMs(), speed, drawTiming })
    const done = Number.isFinite(speed) ? outbox.send(events) : outbox.sendAtOnce(events)
    return { telephonySessionId, done }
  }

  const place = ({ from, to, fromName }: PlaceCallOptions): Call => {
    const agent = findPerson(ACCOUNT.id, to)
    if (agent === undefined) throw new RangeError(`The called agent should be an extension id of ${ACCOUNT.name}.`)
    if (from === to) throw new RangeError('The caller and the called agent should be two people.')
    const random = nextRandom()
    return placeCall(
      {
        caller: resolveCaller(from, fromName),
        agent,
        callerNameFromSequence: tidy ? 0 : random.integer(4, 6),
      },
      { outbox, nowMs, drawTiming: tidy ? createTidyTiming() : createUntidyTiming(random) },
    )
  }

  mountPhone(app, { subscriptions, sessions, startReplay, placeCall: place })
  const server = await listen(app, { host, port })

  return {
    url: server.url,
    credentials: { clientId: RELAY_APP.clientId, clientSecret: RELAY_APP.clientSecret, jwt: SERVICE_JWT },
    signInApp: { clientId: SIGN_IN_APP.clientId, clientSecret: SIGN_IN_APP.clientSecret },
    accountId: ACCOUNT.id,
    people: PEOPLE,
    subscriptions: () => subscriptions.active(),
    deliver: (notification, { force = false } = {}) => {
      const receivers = force ? subscriptions.active() : subscriptions.interestedIn(notification)
      return Promise.all(receivers.map((subscription) => deliver(notification, subscription, signal)))
    },
    replay: async (stream, replayOptions) => {
      const { telephonySessionId, done } = await startReplay(stream, replayOptions)
      await done
      return { telephonySessionId }
    },
    placeCall: place,
    requests: () => [...requests],
    close: async () => {
      closing.abort()
      await server.close()
    },
  }
}

function resolveCaller(from: string, fromName: string | undefined) {
  const colleague = findPerson(ACCOUNT.id, from)
  if (colleague !== undefined) return { kind: 'colleague', who: colleague } as const
  if (from === 'withheld') return { kind: 'outside', who: { name: undefined, phoneNumber: undefined } } as const
  if (!/^\+[1-9]\d{6,14}$/.test(from)) {
    throw new RangeError('The caller should be a number in E.164, an extension id, or "withheld".')
  }
  const known = EXTERNAL_CALLERS.find(({ phoneNumber }) => phoneNumber === from)
  return { kind: 'outside', who: { name: fromName ?? known?.name, phoneNumber: from } } as const
}
