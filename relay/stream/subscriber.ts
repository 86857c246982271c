import { unreachable } from '../../shared/assert.ts'
import type { Clock } from '../../shared/clock.ts'
import type { ErrorMessage, HelloMessage, SubscriptionState } from '../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { Authenticated } from '../people/authenticate.ts'
import { hashToken } from '../people/sessions.ts'
import { type View, viewOf } from '../people/view.ts'
import { type CatchUp, type CatchUpFailure, createCatchUp, MAX_CATCH_UP_MS, MAX_SEND_MS } from './catch-up.ts'
import type { CatchUpTurns } from './catch-up-turns.ts'
import { CLOSINGS, type CloseReason, type Closing } from './closing.ts'
import type { FanOut } from './fan-out.ts'
import { readMessage } from './hello.ts'
import { goLive, type Live } from './live.ts'
import { createLiveness, MAX_MESSAGES, PING_INTERVAL_MS } from './liveness.ts'
import { writePing } from './ping.ts'
import type { SendCounts } from './send-progress.ts'
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
  /** Bytes came that are no message, a WebSocket's ping or pong: somebody is there, and they count as a message. */
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

/** What a subscriber needs of a WebSocket. */
export interface ClientSocket extends SendCounts {
  /** Sends a text message. */
  send(text: string, done?: (error?: Error) => void): void
  /** Sends a message that is a frame already. */
  sendFrame(frame: Buffer): void
  ping(): void
  close(code: number, reason: string): void
  /** Drops the connection without a word. */
  terminate(): void
}

export interface SubscriberDependencies {
  readonly log: EventLog
  readonly fanOut: FanOut
  readonly catchUpTurns: CatchUpTurns
  readonly clock: Clock
  /** When a token has surely expired. */
  readonly time: Pick<ConfirmedTime, 'earliestMs'>
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'visibility' | 'supervisors'>
  /** Who a token belongs to, its life begun again; `undefined` for a token that is not or no longer valid. */
  authenticate(token: string): Promise<Authenticated | undefined>
  subscriptionState(): SubscriptionState
  /** Called when the client is known. */
  onAuthenticated(): void
  /** Whether too much has failed from this client's address to say once more what is wrong. */
  isOverLimit(): boolean
}

const HELLO_TIMEOUT_MS = 5 * SECOND_MS

const NOTHING = () => {}

export function createSubscriber(socket: ClientSocket, dependencies: SubscriberDependencies): Subscriber {
  const { log, fanOut, clock, logger, settings } = dependencies
  let sentFrames = 0
  /** When the token ends. */
  let expiresAtMs = Number.POSITIVE_INFINITY
  const liveness = createLiveness({ clock, onPing: checkTokenAndPing, onSilent: drop })
  let phase: Phase = {
    kind: 'awaitingHello',
    release: clock.after(HELLO_TIMEOUT_MS, () =>
      close('noHello', `The first message should be a hello within ${HELLO_TIMEOUT_MS / SECOND_MS} seconds.`),
    ),
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
    const { code, word } = CLOSINGS[reason]
    const error: ErrorMessage = { type: 'error', code: word, message }
    if (reason !== 'restart') socket.send(JSON.stringify(error))
    socket.close(code, word)
  }

  function drop(): void {
    end()
    socket.terminate()
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
    const { message, afterPosition } = writeWelcome(log, {
      ...authenticated,
      view,
      after,
      settings,
      nowMs: clock.nowMs(),
    })
    const catchUp = createCatchUp({
      ...dependencies,
      view,
      afterPosition,
      send(frame, done) {
        sentFrames += 1
        socket.send(frame, done)
      },
      onCaughtUp: () => join(view, tokenHash, catchUp.position),
      onFailed: (failure) => close(...FAILURES[failure]),
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
      onSent: () => {
        sentFrames += 1
      },
      onTooMuchUnsent: () => close(...TOO_MUCH_UNSENT),
      onUnreadable: () => close(...UNREADABLE),
    })
    phase = { kind: 'live', tokenHash, live, release: live.leave }
    // Says that the client is up to date, also when nothing of what was new was theirs, and how the subscription stands.
    ping()
  }

  function checkTokenAndPing(): void {
    if (dependencies.time.earliestMs() >= expiresAtMs) {
      close('unauthorised', 'The token has expired: sign in again.')
      return
    }
    ping()
    // A client of another make may not answer our message; its library answers this one.
    socket.ping()
  }

  function ping(): void {
    const facts = { head: headPosition(phase), sent: sentFrames, nowMs: clock.nowMs() }
    socket.send(JSON.stringify(writePing(dependencies.subscriptionState(), facts)))
  }

  /** Counts what came; `false` when there is nothing to do with it, because the client is closed or sends too much. */
  function countFrame(): boolean {
    if (phase.kind === 'closed') return false
    if (liveness.note()) return true
    close('tooMany', `At most ${MAX_MESSAGES} messages are taken within ${PING_INTERVAL_MS / SECOND_MS} seconds.`)
    return false
  }

  function receive(text: string): void {
    if (!countFrame()) return
    const received = readMessage(text, phase.kind === 'awaitingHello')
    if (received.kind === 'refused') close(...received.closing)
    if (received.kind !== 'hello') return
    begin(received.hello).catch((error: unknown) => {
      logger.error({ err: describeError(error) }, 'A client could not be served from the log')
      close(...UNREADABLE)
    })
  }

  return {
    get tokenHash() {
      return 'tokenHash' in phase ? phase.tokenHash : undefined
    },
    get backlogEvents() {
      return phase.kind === 'catchingUp' ? Math.max(0, log.headPosition - phase.catchUp.position) : 0
    },
    receive,
    noteFrame: () => void countFrame(),
    checkProgress() {
      // One that catches up is waited for frame by frame.
      if (phase.kind === 'live' && phase.live.isStuck()) close(...NOT_TAKEN)
    },
    close,
    closed: end,
  }
}

const TOKEN_NOT_VALID: Closing = ['unauthorised', 'The token is not valid or no longer so: sign in again.']
const TOO_MANY_FAILED: Closing = [
  'tooMany',
  'Too many connections from this address failed: wait, and come back with a valid token.',
]
const TOO_MUCH_UNSENT: Closing = [
  'tooSlow',
  'More than 1 MiB was waiting to be taken: connect again and resume from your cursor.',
]
const NOT_TAKEN: Closing = [
  'tooSlow',
  `What was sent was not taken for ${MAX_SEND_MS / SECOND_MS} seconds: connect again and resume from your cursor.`,
]
const UNREADABLE: Closing = ['restart', 'The log could not be read.']

const FAILURES: Readonly<Record<CatchUpFailure, Closing>> = {
  stuck: NOT_TAKEN,
  tooLong: [
    'tooSlow',
    `Catching up took longer than ${MAX_CATCH_UP_MS / MINUTE_MS} minutes: connect again and resume from your cursor.`,
  ],
  forgotten: ['restart', 'Events were forgotten while they were being sent: connect again.'],
}

/** Everything of theirs at or below it has been sent. */
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
