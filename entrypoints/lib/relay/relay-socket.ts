import { unreachable } from '../../../shared/assert.ts'
import type { Clock } from '../../../shared/clock.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import {
  CLOSE_CODES,
  type Cursor,
  decodeRelayMessage,
  type EventsMessage,
  type HelloMessage,
  type PingMessage,
  type RelayMessage,
  RIGHTS_CHANGED_CODE,
  type WelcomeMessage,
} from '../../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { Connection } from '../contract/messages.ts'

/**
 * One stream to the relay, kept up for as long as it is wanted: says hello with the place where the browser stopped, hands
 * over what comes in its order, notices when the line is dead, and comes back.
 *
 * Comes back after `random() · min(30 s, 0.5 s · 2^attempt)`: full jitter, so that a thousand browsers that lost a relay at
 * the same instant do not return at one. A relay that ends it because the person's rights have changed asks for them at once,
 * and nothing is called lost unless that fails. A token that is no longer taken ends it: only signing in again helps.
 */
export interface RelaySocket {
  /** Tries at once instead of waiting for the next attempt: somebody is looking. */
  hurry(): void
  close(): void
}

export interface RelaySocketOptions {
  readonly clock: Clock
  readonly connect: (url: string) => SocketLike
  /** In [0, 1). */
  readonly random: () => number
  readonly relayUrl: string
  readonly token: string
  readonly client: string
  /** What of the account is wanted: what has a part of the person's, or what has one of somebody whom they watch. */
  readonly view: NonNullable<HelloMessage['view']>
  /** How far the log has been taken in, when everything handed over so far has been dealt with. */
  readonly readCursor: () => Promise<Cursor | undefined>
  /**
   * `hasGap`: the relay could not go on where the browser stopped, so that something may be missing. What comes now comes from
   * behind `fromPosition`.
   */
  readonly onWelcome: (welcome: WelcomeMessage, hasGap: boolean, fromPosition: number) => void
  readonly onEvents: (frame: EventsMessage) => void
  readonly onPing: (ping: PingMessage) => void
  readonly onConnection: (connection: Connection) => void
  /** The relay does not show this person that view, now or any more: the stream has ended. Absent: it is tried again. */
  readonly onNotAllowed?: () => void
}

export type SocketLike = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>

/** The relay pings every 20 s; a line that was silent for this long is dead, and is known to be within 35 s. */
export const SILENCE_LIMIT_MS = 33 * SECOND_MS
const FIRST_BACKOFF_MS = SECOND_MS / 2
const MAX_BACKOFF_MS = 30 * SECOND_MS

export function createRelaySocket(options: RelaySocketOptions): RelaySocket {
  const { clock } = options
  let attempt = 0
  let lostSinceMs: number | undefined
  let isLive = false
  let isClosed = false
  let cancelRetry = () => {}
  let closeSocket: (() => void) | undefined

  function start(): void {
    cancelRetry()
    isLive = false
    if (lostSinceMs === undefined) options.onConnection({ state: 'connecting' })
    closeSocket = openStream(options, { onLive, onEnd })
  }

  function onLive(): void {
    attempt = 0
    isLive = true
    lostSinceMs = undefined
    options.onConnection({ state: 'live' })
  }

  function onEnd(closeCode: number, errorCode: string | undefined): void {
    closeSocket = undefined
    if (isClosed) return
    if (closeCode === CLOSE_CODES.unauthorised) {
      isClosed = true
      options.onConnection({ state: 'unauthorised' })
      return
    }
    if (closeCode === CLOSE_CODES.notAllowed && options.onNotAllowed !== undefined) {
      isClosed = true
      options.onNotAllowed()
      return
    }
    // Only after a stream that worked: a relay that turns everybody away with it is not asked without a pause.
    if (errorCode === RIGHTS_CHANGED_CODE && isLive) {
      start()
      return
    }
    lostSinceMs ??= clock.nowMs()
    options.onConnection({ state: 'lost', sinceMs: lostSinceMs })
    cancelRetry = clock.after(backoffMs(attempt++, options.random()), start)
  }

  start()
  return {
    hurry: () => {
      if (!isClosed && closeSocket === undefined) start()
    },
    close: () => {
      isClosed = true
      cancelRetry()
      closeSocket?.()
    },
  }
}

/** How long to wait before the next attempt, the first being 0. `random`: in [0, 1). */
export function backoffMs(attempt: number, random: number): number {
  return random * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt)
}

/** Where a relay's stream is. */
export function streamUrl(relayUrl: string): string {
  return `${relayUrl.replace(/^http/, 'ws')}${ROUTES.stream}`
}

interface StreamEvents {
  readonly onLive: () => void
  /** Once, however it ended. `errorCode`: the word by which the relay said why, if it did. */
  readonly onEnd: (closeCode: number, errorCode: string | undefined) => void
}

/** One connection, from hello to close. Returns what ends it. */
function openStream(options: RelaySocketOptions, { onLive, onEnd }: StreamEvents): () => void {
  const socket = options.connect(streamUrl(options.relayUrl))
  let after: Cursor | null = null
  let framesReceived = 0
  let catchUpTo: number | undefined
  let isLive = false
  let hasEnded = false
  let errorCode: string | undefined
  let cancelSilence = () => {}

  function end(closeCode: number): void {
    if (hasEnded) return
    hasEnded = true
    cancelSilence()
    socket.close()
    onEnd(closeCode, errorCode)
  }

  function awaitSign(): void {
    cancelSilence()
    cancelSilence = options.clock.after(SILENCE_LIMIT_MS, () => end(0))
  }

  function reach(head: number): void {
    if (isLive || catchUpTo === undefined || head < catchUpTo) return
    isLive = true
    onLive()
  }

  function receive(message: RelayMessage): void {
    switch (message.type) {
      case 'welcome':
        welcome(message)
        break
      case 'events':
        framesReceived++
        options.onEvents(message)
        reach(message.head)
        break
      case 'ping':
        ping(message)
        break
      case 'error':
        // The relay closes the connection right after it.
        errorCode = message.code
        break
      default:
        unreachable(message)
    }
  }

  function welcome(message: WelcomeMessage): void {
    catchUpTo = message.head
    const fromPosition = message.resumed && after !== null ? after.position : message.oldest - 1
    options.onWelcome(message, after !== null && !message.resumed, fromPosition)
    options.onConnection({ state: 'catchingUp' })
    reach(fromPosition)
  }

  function ping(message: PingMessage): void {
    if (message.sent !== framesReceived) {
      // A frame was sent and never came: what is missing follows from the last stored place.
      end(0)
      return
    }
    socket.send(JSON.stringify({ type: 'pong' }))
    options.onPing(message)
    reach(message.head)
  }

  socket.onopen = () => {
    const hasCursor = options.readCursor().then((cursor) => {
      after = cursor === undefined ? null : { epoch: cursor.epoch, position: cursor.position }
      const { token, client, view } = options
      const hello: HelloMessage = { type: 'hello', token, after, client, view }
      if (!hasEnded) socket.send(JSON.stringify(hello))
    })
    // Without the place where it stopped it cannot go on: the store is broken, and whoever owns it knows.
    hasCursor.catch(() => end(0))
  }
  socket.onmessage = ({ data }) => {
    if (hasEnded) return
    awaitSign()
    const decoded = decodeRelayMessage(String(data))
    if (decoded.kind === 'message') receive(decoded.message)
    else if (decoded.kind === 'malformed') end(CLOSE_CODES.badMessage)
  }
  socket.onclose = ({ code }) => end(code)
  awaitSign()
  return () => end(0)
}
