import { setImmediate } from 'node:timers/promises'
import {
  CLOSE_CODES,
  type Cursor,
  decodeClientMessage,
  type ErrorMessage,
  type HelloMessage,
  type PingMessage,
  type SubscriptionState,
  type User,
  type WelcomeMessage,
} from '../shared/protocol/wire.ts'
import { formatInstant, SECOND_MS } from '../shared/time.ts'
import { type Clock, every } from './clock.ts'
import type { Settings } from './config.ts'
import { describeError } from './errors.ts'
import { eventsFrame } from './event-json.ts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import type { FanOut } from './fan-out.ts'
import type { Logger } from './log.ts'
import { hashToken } from './sessions.ts'
import { epochOf, isComplete, rememberIndexes, revealTo, type View, viewOf } from './visibility.ts'

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
  /** Refuses the client: says why, and closes. */
  close(reason: keyof typeof CLOSE_CODES, message: string): void
  /** The socket has closed. */
  closed(): void
}

/** What a subscriber needs of a WebSocket. */
export interface ClientSocket {
  /** Bytes that the other side has not taken yet. */
  readonly bufferedAmount: number
  /** Sends a text frame; bytes are its UTF-8. */
  send(frame: string | Buffer, done?: (error?: Error) => void): void
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
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'visibility' | 'supervisors'>
  /** Who a token belongs to, its life begun anew; `undefined` for a token that is not or no longer valid. */
  authenticate(token: string): Promise<Authenticated | undefined>
  subscriptionState(): SubscriptionState
  /** Called when the client is known. */
  onAuthenticated(): void
}

const HELLO_TIMEOUT_MS = 5 * SECOND_MS
const PING_INTERVAL_MS = 20 * SECOND_MS
/** Beyond this a live client is too slow. */
export const MAX_UNSENT_BYTES = 1024 * 1024
/** A client that takes nothing for so long while catching up is too slow. */
const MAX_SEND_MS = 10 * SECOND_MS
const CATCH_UP_READ_EVENTS = 500
const CATCH_UP_FRAME_CHARS = 256 * 1024
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
  }

  function close(reason: keyof typeof CLOSE_CODES, message: string): void {
    if (isClosed) return
    release()
    const error: ErrorMessage = { type: 'error', code: ERROR_WORDS[reason], message }
    if (reason !== 'restart') socket.send(JSON.stringify(error))
    socket.close(CLOSE_CODES[reason], ERROR_WORDS[reason])
  }

  function sendFrame(frame: string | Buffer, head: number, done?: () => void): void {
    position = head
    sentFrames += 1
    socket.send(frame, done)
  }

  function sendLive(frame: Buffer, head: number): void {
    if (isClosed) return
    sendFrame(frame, head)
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
      close('tooSlow', 'More than 1 MiB was waiting to be taken: connect again and resume from your cursor.')
    }
  }

  async function welcome({ token, after }: HelloMessage): Promise<void> {
    const authenticated = await dependencies.authenticate(token)
    if (isClosed) return
    if (authenticated === undefined) {
      return close('unauthorised', 'The token is not valid or no longer so: sign in again.')
    }
    const { user, expiresAtMs } = authenticated
    dependencies.onAuthenticated()
    const view = viewOf(user, settings)
    const epoch = epochOf(log, user, view)
    const resumed = canResume(after, epoch, log)
    position = resumed && after !== null ? after.position : log.oldestPosition - 1
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
      // Reading the log may never wait for anything; the other clients must get their turn.
      if (position < log.headPosition) await setImmediate()
    }
    if (isClosed) return
    leave = fanOut.join({
      view,
      get position() {
        return position
      },
      send: sendLive,
      advance: (head) => {
        position = head
      },
      fail: () => close('restart', 'The log could not be read.'),
    })
  }

  async function sendBatch(view: View, batch: readonly LoggedEvent[]): Promise<void> {
    const sessions = rememberIndexes(log)
    let events: string[] = []
    let chars = 0
    for (const event of batch) {
      const revealed = await revealTo(view, event, sessions)
      events.push(...revealed)
      for (const { length } of revealed) chars += length
      if (chars >= CATCH_UP_FRAME_CHARS || (events.length > 0 && event === batch.at(-1))) {
        await sendAndWait(events, event.position)
        events = []
        chars = 0
      }
    }
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
      sendFrame(eventsFrame(events, head), head, () => {
        cancel()
        resolve()
      })
    })
  }

  function checkAndPing(expiresAtMs: number): void {
    if (clock.nowMs() >= expiresAtMs) {
      close('unauthorised', 'The token has expired: sign in again.')
      return
    }
    if (silentPings >= MAX_SILENT_PINGS) {
      release()
      socket.terminate()
      return
    }
    silentPings += 1
    ping()
    // A client of another make may not answer our message; its library answers this one.
    socket.ping()
  }

  function ping(): void {
    const message: PingMessage = {
      type: 'ping',
      now: formatInstant(clock.nowMs()),
      head: position,
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
    receive(text) {
      if (isClosed) return
      silentPings = 0
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

/** The stable words that go with the close codes. */
const ERROR_WORDS: Readonly<Record<keyof typeof CLOSE_CODES, string>> = {
  badMessage: 'bad_message',
  unauthorised: 'unauthorised',
  noHello: 'no_hello',
  tooLarge: 'too_large',
  tooSlow: 'too_slow',
  restart: 'restart',
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
