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
  TOO_MANY_MESSAGES,
  UNREADABLE,
  WATCHES_NOBODY,
} from './close-reasons.ts'
import type { FanOut } from './fan-out.ts'
import { Live } from './live.ts'
import { Liveness, type Living } from './liveness.ts'
import { writePing } from './ping.ts'
import { readClientMessage } from './read-message.ts'
import { awaitCursor, writeWelcome } from './welcome.ts'

/** Where a client is, with what it holds there. */
type Phase =
  | { readonly kind: 'awaitingHello'; readonly cancelTimeout: () => void }
  /** The token's hash is known before the token is looked up, so that a sign-out meanwhile finds this client. */
  | { readonly kind: 'authenticating'; readonly tokenHash: string }
  | { readonly kind: 'catchingUp'; readonly tokenHash: string; readonly catchUp: CatchUp }
  | { readonly kind: 'live'; readonly tokenHash: string; readonly live: Live }
  | { readonly kind: 'closed' }

/** What all clients share. */
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
}

/** Whoever let the client in. */
export interface Door {
  /** Called when the client is known. */
  onAuthenticated(): void
  /** Whether too much has failed from this client's address to say once more what is wrong. */
  isOverLimit(): boolean
}

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
 *
 * What there is of each client, this and what it holds, are classes: thousands of them do nothing for hours, and functions
 * made anew for each take more than all that it knows.
 */
export class Subscriber implements Living {
  private readonly socket: ClientSocket
  private readonly dependencies: SubscriberDependencies
  private readonly door: Door
  private readonly liveness = new Liveness()
  private phase: Phase
  /** When the token ends. */
  private expiresAtMs = Number.POSITIVE_INFINITY
  private sentFrames = 0

  constructor(socket: ClientSocket, dependencies: SubscriberDependencies, door: Door) {
    this.socket = socket
    this.dependencies = dependencies
    this.door = door
    const cancelTimeout = dependencies.clock.after(HELLO_TIMEOUT_MS, () => this.close(...NO_HELLO))
    this.phase = { kind: 'awaitingHello', cancelTimeout }
  }

  /** Hash of the token in its hello, valid or not; `undefined` before the hello and after the end. */
  get tokenHash(): string | undefined {
    return 'tokenHash' in this.phase ? this.phase.tokenHash : undefined
  }

  /** Events of the log that it has yet to be sent, at most. */
  get backlogEvents(): number {
    const { phase, dependencies } = this
    return phase.kind === 'catchingUp' ? Math.max(0, dependencies.log.headPosition - phase.catchUp.position) : 0
  }

  receive(text: string): void {
    if (!this.noteFrame()) return
    const read = readClientMessage(text, this.phase.kind === 'awaitingHello')
    switch (read.kind) {
      case 'hello':
        this.onHello(read.hello)
        break
      case 'refused':
        this.close(...read.closing)
        break
      case 'nothing':
        break
      default:
        unreachable(read)
    }
  }

  /** Bytes came, a message or a WebSocket's ping or pong: a sign of life. `false`: nothing is to be done with them. */
  noteFrame(): boolean {
    if (this.phase.kind === 'closed') return false
    if (this.liveness.note()) return true
    this.close(...TOO_MANY_MESSAGES)
    return false
  }

  /** Looks, each second, whether the client still takes what it is sent. */
  checkProgress(): void {
    // One that catches up is waited for frame by frame.
    if (this.phase.kind === 'live' && this.phase.live.isStuck()) this.close(...NOT_TAKEN)
  }

  /** Refuses the client: says why, and closes. */
  close(reason: CloseReason, message: string): void {
    if (this.phase.kind === 'closed') return
    this.end()
    refuse(this.socket, reason, message)
  }

  /** The socket has closed: gives back what the client holds. */
  end(): void {
    const { phase } = this
    this.phase = { kind: 'closed' }
    this.liveness.stop()
    switch (phase.kind) {
      case 'awaitingHello':
        phase.cancelTimeout()
        break
      case 'catchingUp':
        phase.catchUp.stop()
        break
      case 'live':
        phase.live.leave()
        break
      case 'authenticating':
      case 'closed':
        break
      default:
        unreachable(phase)
    }
  }

  onPing(): void {
    if (this.dependencies.time.earliestMs() >= this.expiresAtMs) {
      this.close(...TOKEN_EXPIRED)
      return
    }
    this.sendPing()
    // A client of another make may not answer our message; its library answers this one.
    this.socket.ping()
  }

  onSilent(): void {
    this.end()
    this.socket.terminate()
  }

  private onHello(hello: HelloMessage): void {
    this.begin(hello).catch((error: unknown) => {
      this.dependencies.logger.error({ err: describeError(error) }, 'A client could not be served from the log')
      this.close(...UNREADABLE)
    })
  }

  private async begin({ token, after, view: wanted }: HelloMessage): Promise<void> {
    const { dependencies } = this
    const { clock, log, settings } = dependencies
    if (this.phase.kind === 'awaitingHello') this.phase.cancelTimeout()
    const tokenHash = hashToken(token)
    this.phase = { kind: 'authenticating', tokenHash }
    const authenticated = await dependencies.authenticate(token)
    if (this.phase.kind !== 'authenticating') return
    if (authenticated === undefined) {
      this.close(...(this.door.isOverLimit() ? TOO_MANY_FAILED : TOKEN_NOT_VALID))
      return
    }
    this.door.onAuthenticated()
    this.expiresAtMs = authenticated.expiresAtMs
    const view = viewOf(authenticated.user, settings, wanted)
    if (view === undefined) {
      this.close(...WATCHES_NOBODY)
      return
    }
    const facts = { ...authenticated, view, after, settings }
    await awaitCursor(log, facts)
    if (this.phase.kind !== 'authenticating') return
    const { message, afterPosition } = writeWelcome(log, { ...facts, nowMs: clock.nowMs() })
    const catchUp = this.catchUp(view, tokenHash, afterPosition)
    this.phase = { kind: 'catchingUp', tokenHash, catchUp }
    this.socket.send(JSON.stringify(message))
    this.liveness.start(clock, this)
    await catchUp.run()
  }

  private catchUp(view: View, tokenHash: string, afterPosition: number): CatchUp {
    const catchUp = createCatchUp({
      ...this.dependencies,
      view,
      afterPosition,
      send: (frame, done) => {
        this.sentFrames += 1
        this.socket.send(frame, done)
      },
      onCaughtUp: () => this.join(view, tokenHash, catchUp.position),
      onFailed: (failure) => this.close(...CATCH_UP_FAILED[failure]),
    })
    return catchUp
  }

  private join(view: View, tokenHash: string, afterPosition: number): void {
    const live = new Live(this.socket, this.dependencies.fanOut, {
      view,
      afterPosition,
      maxSendMs: MAX_SEND_MS,
      onSent: () => {
        this.sentFrames += 1
      },
      onFailed: (closing) => this.close(...closing),
    })
    this.phase = { kind: 'live', tokenHash, live }
    // Says that the client is up to date, also when nothing of what was new was theirs, and how the subscription stands.
    this.sendPing()
  }

  private sendPing(): void {
    const { phase, sentFrames, dependencies } = this
    const ping = writePing({
      nowMs: dependencies.clock.nowMs(),
      headPosition: headPosition(phase),
      sentFrames,
      subscription: dependencies.subscriptionState(),
    })
    this.socket.send(JSON.stringify(ping))
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
