import { unreachable } from '../../shared/assert.ts'
import type { Clock } from '../../shared/clock.ts'
import type { HelloMessage, SubscriptionState } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Authenticated } from '../people/authenticate.ts'
import { hashToken } from '../people/logins.ts'
import { type View, viewOf } from '../people/view.ts'
import { type CatchUp, createCatchUp, MAX_SEND_MS } from './catch-up.ts'
import type { CatchUpTurns } from './catch-up-turns.ts'
import type { ClientSocket } from './client-socket.ts'
import {
  CATCH_UP_FAILED,
  type CloseReason,
  HELLO_TIMEOUT_MS,
  NO_HELLO,
  NOT_TAKEN,
  refuse,
  TOKEN_EXPIRED,
  TOKEN_NOT_VALID,
  TOO_MANY_FAILED,
  UNREADABLE,
  WATCHES_NOBODY,
} from './close-reasons.ts'
import type { FanOut } from './fan-out.ts'
import { createIncoming } from './incoming.ts'
import { goLive, type Live } from './live.ts'
import { createLiveness } from './liveness.ts'
import { createPings } from './ping.ts'
import { writeWelcome } from './welcome.ts'

/**
 * One connected client, which is in one of these phases:
 *
 *   awaitingHello ──hello──▶ authenticating ──token valid──▶ catchingUp ──head reached──▶ live
 *         │                        │                             │                         │
 *         └────────────────────────┴────────── closed ◀──────────┴─────────────────────────┘
 *
 * Catching up reads the log from the cursor to its head and joins the fan-out in the same turn, so that no event falls
 * between the two; it waits for the socket to take what was sent. A live client that cannot keep up is cut, and
 * catches up from its cursor when it comes back.
 */
type Phase = { /** Gives back what the phase holds. */ readonly release: () => void } & (
  | { readonly kind: 'awaitingHello' }
  /** The token's hash is known before the token is looked up, so that a sign-out meanwhile finds this client. */
  | { readonly kind: 'authenticating'; readonly tokenHash: string }
  | { readonly kind: 'catchingUp'; readonly tokenHash: string; readonly catchUp: CatchUp }
  | { readonly kind: 'live'; readonly tokenHash: string; readonly live: Live }
  | { readonly kind: 'closed' }
)

export interface Subscriber {
  /** Hash of the token in its hello, valid or not; `undefined` before the hello and after the end. */
  readonly tokenHash: string | undefined
  receive(text: string): void
  /** A WebSocket's ping or pong came: a sign of life, which counts as a message. */
  noteFrame(): void
  /** Refuses the client: says why, and closes. */
  close(reason: CloseReason, message: string): void
  /** Looks, each second, whether the client still takes what it is sent. */
  checkProgress(): void
  /** Events of the log that it has yet to be sent, at most. */
  readonly backlogEvents: number
  /** The socket has closed. */
  closed(): void
}

export interface SubscriberDependencies {
  readonly log: EventLog
  readonly fanOut: FanOut
  readonly catchUpTurns: CatchUpTurns
  readonly clock: Clock
  /** When a token has surely expired. */
  readonly time: Pick<ConfirmedTime, 'earliestMs'>
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'visibility'>
  /** Who a token belongs to, its life begun again; `undefined` for a token that is not or no longer valid. */
  authenticate(token: string): Promise<Authenticated | undefined>
  subscriptionState(): SubscriptionState
  /** Called when the client is known. */
  onAuthenticated(): void
  /** Whether too much has failed from this client's address to say once more what is wrong. */
  isOverLimit(): boolean
}

const NOTHING = () => {}

export function createSubscriber(socket: ClientSocket, dependencies: SubscriberDependencies): Subscriber {
  const { log, fanOut, clock, logger, settings } = dependencies
  /** When the token ends. */
  let expiresAtMs = Number.POSITIVE_INFINITY
  const { subscriptionState } = dependencies
  const pings = createPings({ socket, clock, subscriptionState, headPosition: () => headPosition(phase) })
  const liveness = createLiveness({ clock, onPing: checkTokenAndPing, onSilent: drop })
  const incoming = createIncoming({
    liveness,
    phase: () => phase.kind,
    onHello,
    onRefused: (closing) => close(...closing),
  })
  let phase: Phase = {
    kind: 'awaitingHello',
    release: clock.after(HELLO_TIMEOUT_MS, () => close(...NO_HELLO)),
  }

  function end(): void {
    const { release } = phase
    phase = { kind: 'closed', release: NOTHING }
    liveness.stop()
    release()
  }

  function close(reason: CloseReason, message: string): void {
    if (phase.kind === 'closed') return
    end()
    refuse(socket, reason, message)
  }

  function drop(): void {
    end()
    socket.terminate()
  }

  function onHello(hello: HelloMessage): void {
    begin(hello).catch((error: unknown) => {
      logger.error({ err: describeError(error) }, 'A client could not be served from the log')
      close(...UNREADABLE)
    })
  }

  async function begin({ token, after, view: wanted }: HelloMessage): Promise<void> {
    phase.release()
    const tokenHash = hashToken(token)
    phase = { kind: 'authenticating', tokenHash, release: NOTHING }
    const authenticated = await dependencies.authenticate(token)
    if (phase.kind !== 'authenticating') return
    if (authenticated === undefined) {
      close(...(dependencies.isOverLimit() ? TOO_MANY_FAILED : TOKEN_NOT_VALID))
      return
    }
    dependencies.onAuthenticated()
    expiresAtMs = authenticated.expiresAtMs
    const view = viewOf(authenticated.user, settings, wanted)
    if (view === undefined) {
      close(...WATCHES_NOBODY)
      return
    }
    const facts = { ...authenticated, view, after, settings, nowMs: clock.nowMs() }
    const { message, afterPosition } = writeWelcome(log, facts)
    const catchUp = createCatchUp({
      ...dependencies,
      view,
      afterPosition,
      send(frame, done) {
        pings.countSent()
        socket.send(frame, done)
      },
      onCaughtUp: () => join(view, tokenHash, catchUp.position),
      onFailed: (failure) => close(...CATCH_UP_FAILED[failure]),
    })
    phase = { kind: 'catchingUp', tokenHash, catchUp, release: catchUp.stop }
    socket.send(JSON.stringify(message))
    liveness.start()
    await catchUp.run()
  }

  function join(view: View, tokenHash: string, afterPosition: number): void {
    const live = goLive(socket, fanOut, {
      view,
      afterPosition,
      maxSendMs: MAX_SEND_MS,
      onSent: pings.countSent,
      onFailed: (closing) => close(...closing),
    })
    phase = { kind: 'live', tokenHash, live, release: live.leave }
    // Says that the client is up to date, also when nothing of what was new was theirs, and how the subscription stands.
    pings.send()
  }

  function checkTokenAndPing(): void {
    if (dependencies.time.earliestMs() >= expiresAtMs) {
      close(...TOKEN_EXPIRED)
      return
    }
    pings.send()
    // A client of another make may not answer our message; its library answers this one.
    socket.ping()
  }

  return {
    get tokenHash() {
      return 'tokenHash' in phase ? phase.tokenHash : undefined
    },
    get backlogEvents() {
      return phase.kind === 'catchingUp' ? Math.max(0, log.headPosition - phase.catchUp.position) : 0
    },
    receive: incoming.receive,
    noteFrame: incoming.noteFrame,
    checkProgress() {
      // One that catches up is waited for frame by frame.
      if (phase.kind === 'live' && phase.live.isStuck()) close(...NOT_TAKEN)
    },
    close,
    closed: end,
  }
}

/** All of the client's events at or below this position have been sent. */
function headPosition(phase: Phase): number {
  switch (phase.kind) {
    case 'live':
      return phase.live.headPosition
    case 'catchingUp':
      return phase.catchUp.position
    case 'awaitingHello':
    case 'authenticating':
    case 'closed':
      return 0
    default:
      return unreachable(phase)
  }
}
