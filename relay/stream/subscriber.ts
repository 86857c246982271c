import { setImmediate } from 'node:timers/promises'
import {
  type Cursor,
  decodeClientMessage,
  type ErrorMessage,
  type HelloMessage,
  type PingMessage,
  type SubscriptionState,
  type User,
  type WelcomeMessage,
} from '../../shared/protocol/wire.ts'
import { formatInstant, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { type Clock, every } from '../clock.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import { eventsFrame } from '../log/event-json.ts'
import type { EventLog, Hold, LoggedEvent } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import { hashToken } from '../people/sessions.ts'
import { cutCatchUp } from './catch-up-pieces.ts'
import { CLOSINGS, type CloseReason } from './closing.ts'
import type { FanOut } from './fan-out.ts'
import { createSendProgress, type SendCounts } from './send-progress.ts'
import { epochOf, isComplete, type View, viewOf } from './visibility.ts'

/**
 * One connected client.
 *
 *   waiting for hello ──hello──▶ catching up ──reached the fan-out──▶ live
 *          │                          │                                │
 *          └──────────────────────────┴────────── closed ◀─────────────┘
 *
 * Catching up reads the log from the cursor to its head and joins the fan-out in the same turn, so that no event falls
 * between the two; it waits for the socket to take what was sent. A live client that cannot keep up is cut, and
 * catches up from its cursor when it comes back.
 */
export interface Subscriber {
  /** Hash of the token in its hello, valid or not. */
  readonly tokenHash: string | undefined
  receive(text: string): void
  /** The socket answered a protocol ping or sent anything: somebody is there. */
  noteAlive(): void
  /** Bytes came that are no message, like a WebSocket ping: they count as one. */
  noteOther(): void
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

export interface Authenticated {
  readonly user: User
  readonly expiresAtMs: number
}

export interface SubscriberDependencies {
  readonly log: EventLog
  readonly fanOut: FanOut
  readonly clock: Clock
  /** When a token has surely expired. */
  readonly time: Pick<ConfirmedTime, 'earliestMs'>
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'visibility' | 'supervisors'>
  /** Who a token belongs to, its life begun anew; `undefined` for a token that is not or no longer valid. */
  authenticate(token: string): Promise<Authenticated | undefined>
  subscriptionState(): SubscriptionState
  /** Called when the client is known. */
  onAuthenticated(): void
  /** Whether too much has failed from this client's address to say once more what is wrong. */
  isOverLimit(): boolean
}

const HELLO_TIMEOUT_MS = 5 * SECOND_MS
const PING_INTERVAL_MS = 20 * SECOND_MS
/** Beyond this a live client is too slow. */
export const MAX_UNSENT_BYTES = 1024 * 1024
/** A client that has not taken within this what it was sent is too slow. */
const MAX_SEND_MS = 10 * SECOND_MS
/** By then a client should have caught up, or at least go on from its cursor: what it reads is kept from being forgotten. */
const MAX_CATCH_UP_MS = 10 * MINUTE_MS
const CATCH_UP_READ_EVENTS = 500
/** Messages between two pings; a client of ours sends one. */
const MAX_MESSAGES = 100
/** Pings without any sign of life before the connection counts as dead. */
const MAX_SILENT_PINGS = 2

export function createSubscriber(socket: ClientSocket, dependencies: SubscriberDependencies): Subscriber {
  const { log, fanOut, clock, logger, settings } = dependencies
  let hasHello = false
  let isClosed = false
  let tokenHash: string | undefined
  let position = 0
  let sentFrames = 0
  let silentPings = 0
  let messages = 0
  const progress = createSendProgress(socket, MAX_SEND_MS)
  let hold: Hold | undefined
  let cancelCatchUpTimeout: (() => void) | undefined
  let leave: (() => void) | undefined
  let stopPinging: (() => void) | undefined
  const cancelHelloTimeout = clock.after(HELLO_TIMEOUT_MS, () =>
    close('noHello', `The first message should be a hello within ${HELLO_TIMEOUT_MS / SECOND_MS} seconds.`),
  )

  function release(): void {
    isClosed = true
    cancelHelloTimeout()
    stopPinging?.()
    leave?.()
    endCatchUp()
  }

  function endCatchUp(): void {
    hold?.release()
    hold = undefined
    cancelCatchUpTimeout?.()
  }

  function close(reason: CloseReason, message: string): void {
    if (isClosed) return
    release()
    const { code, word } = CLOSINGS[reason]
    const error: ErrorMessage = { type: 'error', code: word, message }
    if (reason !== 'restart') socket.send(JSON.stringify(error))
    socket.close(code, word)
  }

  function sendLive(frame: Buffer, head: number): void {
    if (isClosed) return
    position = head
    sentFrames += 1
    socket.sendFrame(frame)
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
      close('tooSlow', 'More than 1 MiB was waiting to be taken: connect again and resume from your cursor.')
    }
  }

  async function welcome({ token, after }: HelloMessage): Promise<void> {
    const authenticated = await dependencies.authenticate(token)
    if (isClosed) return
    if (authenticated === undefined) {
      if (dependencies.isOverLimit()) {
        return close(
          'tooMany',
          'Too many connections from this address failed: wait, and come back with a valid token.',
        )
      }
      return close('unauthorised', 'The token is not valid or no longer so: sign in again.')
    }
    const { user, expiresAtMs } = authenticated
    dependencies.onAuthenticated()
    const view = viewOf(user, settings)
    const epoch = epochOf(log, user, view)
    const resumed = canResume(after, epoch, log)
    position = resumed && after !== null ? after.position : log.oldestPosition - 1
    hold = log.hold(position)
    cancelCatchUpTimeout = clock.after(MAX_CATCH_UP_MS, () =>
      close('tooSlow', 'Catching up took longer than ten minutes: connect again and resume from your cursor.'),
    )
    const message: WelcomeMessage = {
      type: 'welcome',
      epoch,
      head: log.headPosition,
      oldest: log.oldestPosition,
      resumed,
      complete: isComplete(view, settings),
      user,
      tokenExpiresAt: formatInstant(expiresAtMs),
      now: formatInstant(clock.nowMs()),
    }
    socket.send(JSON.stringify(message))
    stopPinging = every(clock, PING_INTERVAL_MS, () => checkAndPing(expiresAtMs))
    await catchUp(view)
    // Says that the client is up to date, also when nothing of what was new was theirs, and how the subscription stands.
    if (!isClosed) ping()
  }

  async function catchUp(view: View): Promise<void> {
    while (position < log.headPosition && !isClosed) {
      const batch = await log.read(position, CATCH_UP_READ_EVENTS)
      if (batch[0]?.position !== position + 1) {
        return close('restart', 'Events were forgotten while they were being sent: connect again.')
      }
      await sendBatch(view, batch)
      hold?.moveTo(position)
      // Reading the log may never wait for anything; the other clients must get their turn.
      if (position < log.headPosition) await setImmediate()
    }
    endCatchUp()
    if (isClosed) return
    leave = fanOut.join({
      view,
      get position() {
        return position
      },
      send: sendLive,
      fail: () => close('restart', 'The log could not be read.'),
    })
  }

  async function sendBatch(view: View, batch: readonly LoggedEvent[]): Promise<void> {
    for await (const { events, head } of cutCatchUp(view, batch, log)) await sendAndWait(events, head)
    position = batch.at(-1)?.position ?? position
  }

  /** Resolves when the socket has taken the frame, or the client is closed. */
  function sendAndWait(events: readonly string[], head: number): Promise<void> {
    if (isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = clock.after(MAX_SEND_MS, () => {
        close('tooSlow', 'Nothing was taken for 10 seconds: connect again and resume from your cursor.')
        resolve()
      })
      position = head
      sentFrames += 1
      socket.send(eventsFrame(events, head), () => {
        cancel()
        resolve()
      })
    })
  }

  function checkAndPing(expiresAtMs: number): void {
    if (dependencies.time.earliestMs() >= expiresAtMs) {
      close('unauthorised', 'The token has expired: sign in again.')
      return
    }
    if (silentPings >= MAX_SILENT_PINGS) {
      release()
      socket.terminate()
      return
    }
    silentPings += 1
    messages = 0
    ping()
    // A client of another make may not answer our message; its library answers this one.
    socket.ping()
  }

  /** Everything of theirs at or below it has been sent. */
  function headPosition(): number {
    return leave === undefined ? position : Math.max(position, fanOut.position)
  }

  /** Counts a message; false when the client is cut for sending too many. */
  function countMessage(): boolean {
    silentPings = 0
    messages += 1
    if (messages <= MAX_MESSAGES) return true
    close('tooMany', `At most ${MAX_MESSAGES} messages are taken within ${PING_INTERVAL_MS / SECOND_MS} seconds.`)
    return false
  }

  function ping(): void {
    const message: PingMessage = {
      type: 'ping',
      now: formatInstant(clock.nowMs()),
      head: headPosition(),
      sent: sentFrames,
      subscription: dependencies.subscriptionState(),
    }
    socket.send(JSON.stringify(message))
  }

  return {
    get tokenHash() {
      return tokenHash
    },
    noteAlive() {
      silentPings = 0
    },
    noteOther() {
      if (!isClosed) countMessage()
    },
    get backlogEvents() {
      return leave === undefined && hold !== undefined ? Math.max(0, log.headPosition - position) : 0
    },
    checkProgress() {
      // One that catches up is waited for frame by frame.
      if (leave === undefined) progress.reset()
      else if (progress.isStuck()) {
        close('tooSlow', 'What was sent was not taken for 10 seconds: connect again and resume from your cursor.')
      }
    },
    receive(text) {
      if (isClosed || !countMessage()) return
      const decoded = decodeClientMessage(text)
      if (decoded.kind === 'malformed') {
        close('badMessage', `The message can't be read: ${decoded.reason}.`)
        return
      }
      const hello = decoded.kind === 'message' && decoded.message.type === 'hello' ? decoded.message : undefined
      if (hello === undefined) {
        if (!hasHello) close('badMessage', 'The first message should be a hello.')
        return
      }
      if (hasHello) {
        close('badMessage', 'Only the first message may be a hello.')
        return
      }
      hasHello = true
      // Known before the token is looked up, so that a sign-out meanwhile finds this client.
      tokenHash = hashToken(hello.token)
      cancelHelloTimeout()
      welcome(hello).catch((error: unknown) => {
        logger.error({ err: describeError(error) }, 'A client could not be served from the log')
        close('restart', 'The log could not be read.')
      })
    },
    close,
    closed: release,
  }
}

/** A cursor of this epoch resumes when everything after it is still kept and it does not lie in the future. */
function canResume(after: Cursor | null, epoch: string, log: EventLog): boolean {
  return (
    after !== null &&
    after.epoch === epoch &&
    after.position >= log.oldestPosition - 1 &&
    after.position <= log.headPosition
  )
}
