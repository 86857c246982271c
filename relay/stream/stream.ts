import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { every } from '../../shared/clock.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { CLOSE_CODES } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import { clientAddress } from '../http/client-address.ts'
import { type FailureLimits, RETRY_AFTER_S } from '../http/failure-limits.ts'
import { type RawProblem, refuseConnection } from '../http/raw-problem.ts'
import type { ClientFigures } from '../watched-metrics.ts'
import type { ClientSocket } from './client-socket.ts'
import { LOG_RENAMED, RIGHTS_CHANGED } from './close-reasons.ts'
import { createPendingHellos } from './pending-hellos.ts'
import { PROGRESS_INTERVAL_MS } from './send-progress.ts'
import { Subscriber, type SubscriberDependencies } from './subscriber.ts'
import { WebSocketClient } from './web-socket-client.ts'

/**
 * `GET /v1/stream`: decides who may open a WebSocket and hands each to a subscriber.
 *
 * A page of another origin is refused, because a browser sends its cookies and certificates along. A request without an
 * `Origin` does not come from a browser's page and is let in: what counts is the token in its hello.
 */
export interface Stream {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Cuts every socket that was opened with this token. */
  cut(tokenHash: string): void
  /** The rights of the people with these tokens have changed: their sockets are closed, to begin again. */
  changeRights(tokenHashes: ReadonlySet<string>): void
  figures(): ClientFigures
  /** Has every client begin again from its cursor, as after a restart: what it has been told need not hold any more. */
  restart(): void
  /** Tells every client that the relay restarts, and waits for their sockets to end. */
  close(): Promise<void>
}

export type StreamDependencies = Omit<SubscriberDependencies, 'settings'> & {
  readonly settings: Settings
  readonly failures: FailureLimits
  /** A signed-in user has come from this address. */
  onKnown(address: string): void
}

const MAX_MESSAGE_BYTES = 16 * 1024
/** A browser sends a message in one piece. */
const MAX_FRAGMENTS = 16
/** A connection that passes on every byte by itself still gets a whole message through. */
const MAX_CHUNKS = MAX_MESSAGE_BYTES
const NOTHING = () => undefined

interface Client {
  readonly subscriber: Subscriber
  readonly socket: ClientSocket
  isKnown: boolean
}

export function createStream(dependencies: StreamDependencies): Stream {
  const { settings, failures, clock } = dependencies
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    WebSocket: RelaySocket,
  })
  const clients = new Map<WebSocket, Client>()
  const pendingHellos = createPendingHellos()
  const allowedOrigins = new Set(settings.extensionIds.map((id) => `chrome-extension://${id}`))
  let isClosing = false
  const stopChecking = every(clock, PROGRESS_INTERVAL_MS, () => {
    for (const { subscriber } of clients.values()) subscriber.checkProgress()
  })

  function accept(webSocket: WebSocket, connection: Socket, address: string): void {
    const forget = pendingHellos.add(address)
    const socket = new WebSocketClient(webSocket, connection)
    const subscriber = new Subscriber(socket, dependencies, {
      onAuthenticated() {
        client.isKnown = true
        dependencies.onKnown(address)
        forget()
      },
      isOverLimit: () => failures.isOver(address),
    })
    const client: Client = { subscriber, socket, isKnown: false }
    clients.set(webSocket, client)
    webSocket.on('message', (data, isBinary) =>
      isBinary ? subscriber.close('badMessage', 'Messages should be text.') : subscriber.receive(data.toString()),
    )
    const noteFrame = () => void subscriber.noteFrame()
    webSocket.on('ping', noteFrame)
    webSocket.on('pong', noteFrame)
    // A broken frame or connection is followed by 'close', where everything is given back.
    webSocket.on('error', NOTHING)
    webSocket.on('close', () => {
      forget()
      subscriber.end()
      clients.delete(webSocket)
      if (!client.isKnown && !isClosing) failures.count(address)
    })
  }

  return {
    upgrade(request, socket, head) {
      // The socket may break before the WebSocket takes it over.
      socket.on('error', destroyThis)
      const { origin } = request.headers
      const address = clientAddress(
        request.socket.remoteAddress,
        request.headers['x-forwarded-for'],
        settings.trustedProxies,
      )
      const path = request.url?.split('?')[0]
      if (isClosing) return refuseConnection(socket, REFUSALS.closing)
      if (path !== ROUTES.stream || (origin !== undefined && !allowedOrigins.has(origin))) {
        failures.count(address)
        return refuseConnection(socket, path === ROUTES.stream ? REFUSALS.origin : REFUSALS.path)
      }
      if (!pendingHellos.hasRoom(address, failures.isOver(address))) return refuseConnection(socket, REFUSALS.tooMany)
      server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, request.socket, address))
    },
    cut(tokenHash) {
      for (const { subscriber } of clients.values()) {
        if (subscriber.tokenHash === tokenHash) subscriber.close('unauthorised', 'You were signed out.')
      }
    },
    changeRights(tokenHashes) {
      for (const { subscriber } of clients.values()) {
        if (tokenHashes.has(subscriber.tokenHash ?? '')) {
          subscriber.close(...RIGHTS_CHANGED)
        }
      }
    },
    restart() {
      for (const { subscriber, isKnown } of clients.values()) {
        // Whoever has yet to be welcomed begins anyway.
        if (isKnown) subscriber.close(...LOG_RENAMED)
      }
    },
    figures() {
      let known = 0
      let backlogEvents = 0
      let backlogBytes = 0
      for (const { isKnown, subscriber, socket } of clients.values()) {
        if (isKnown) known += 1
        backlogEvents += subscriber.backlogEvents
        backlogBytes += socket.bufferedAmount
      }
      return { clients: known, strangers: pendingHellos.count, backlogEvents, backlogBytes }
    },
    async close() {
      isClosing = true
      stopChecking()
      const ended = [...clients.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const { subscriber } of clients.values()) subscriber.close('restart', 'The relay restarts.')
      await Promise.all(ended)
    },
  }
}

/** Knows nothing but its socket: a function of the upgrade's own would keep the request for as long as the socket lives. */
function destroyThis(this: Duplex): void {
  this.destroy()
}

/** The library closes what is too large, or in too many pieces, with numbers of its own; this protocol promises another. */
class RelaySocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const isTooLarge = code === 1009 || code === 1008
    super.close(isTooLarge ? CLOSE_CODES.tooLarge : code, isTooLarge ? 'too_large' : reason)
  }
}

/** Why there is no upgrade. */
const REFUSALS = {
  closing: { status: '503 Service Unavailable', code: 'restart', detail: 'The relay restarts: come back in a moment.' },
  path: { status: '404 Not Found', code: 'not_found', detail: `The stream is at ${ROUTES.stream}.` },
  origin: {
    status: '403 Forbidden',
    code: 'foreign_origin',
    detail: 'The Origin should be an extension that this relay is set to allow.',
  },
  tooMany: {
    status: '429 Too Many Requests',
    code: 'too_many',
    detail: `Too many sockets of this address wait for their hello: come back in ${RETRY_AFTER_S} seconds.`,
    retryAfterS: RETRY_AFTER_S,
  },
} as const satisfies Readonly<Record<string, RawProblem>>
