import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { CLOSE_CODES } from '../shared/protocol/wire.ts'
import { SECOND_MS } from '../shared/time.ts'
import { clientAddress } from './client-address.ts'
import type { Settings } from './config.ts'
import { createStrangers } from './strangers.ts'
import { createSubscriber, type Subscriber, type SubscriberDependencies } from './subscriber.ts'

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
  /** Tells every client that the relay restarts, and waits for their sockets to end. */
  close(): Promise<void>
}

export type StreamDependencies = Omit<SubscriberDependencies, 'onAuthenticated' | 'settings'> & {
  readonly settings: Settings
}

const MAX_MESSAGE_BYTES = 16 * 1024
/** How long a closing client may take to answer before its connection is dropped. */
const CLOSE_TIMEOUT_MS = 2 * SECOND_MS

export function createStream(dependencies: StreamDependencies): Stream {
  const { settings } = dependencies
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    WebSocket: RelaySocket,
  })
  const subscribers = new Map<WebSocket, Subscriber>()
  const strangers = createStrangers()
  const allowedOrigins = new Set(settings.extensionIds.map((id) => `chrome-extension://${id}`))
  let isClosing = false

  function accept(socket: WebSocket, address: string): void {
    const forget = strangers.add(address)
    const subscriber = createSubscriber(
      {
        get bufferedAmount() {
          return socket.bufferedAmount
        },
        send: (frame, done) => socket.send(frame, { binary: false }, done),
        ping: () => socket.ping(),
        close: (code, reason) => closeSoon(socket, code, reason),
        terminate: () => socket.terminate(),
      },
      { ...dependencies, onAuthenticated: forget },
    )
    subscribers.set(socket, subscriber)
    socket.on('message', (data, isBinary) =>
      isBinary ? subscriber.close('badMessage', 'Messages should be text.') : subscriber.receive(data.toString()),
    )
    socket.on('pong', () => subscriber.noteAlive())
    // A broken frame or connection is followed by 'close', where everything is given back.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      forget()
      subscriber.closed()
      subscribers.delete(socket)
    })
  }

  return {
    upgrade(request, socket, head) {
      // The socket may break before the WebSocket takes it over.
      socket.on('error', () => socket.destroy())
      const { origin } = request.headers
      const address = clientAddress(
        request.socket.remoteAddress,
        request.headers['x-forwarded-for'],
        settings.trustedProxies,
      )
      const path = request.url?.split('?')[0]
      if (isClosing) return refuse(socket, '503 Service Unavailable')
      if (path !== '/v1/stream') return refuse(socket, '404 Not Found')
      if (origin !== undefined && !allowedOrigins.has(origin)) return refuse(socket, '403 Forbidden')
      if (!strangers.hasRoom(address)) return refuse(socket, '429 Too Many Requests')
      server.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket, address))
    },
    cut(tokenHash) {
      for (const subscriber of subscribers.values()) {
        if (subscriber.tokenHash === tokenHash) subscriber.close('unauthorised', 'You were signed out.')
      }
    },
    async close() {
      isClosing = true
      const ended = [...subscribers.keys()].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const subscriber of subscribers.values()) subscriber.close('restart', 'The relay restarts.')
      await Promise.all(ended)
    },
  }
}

/** The library closes an oversized message with 1009; clients of this protocol are promised another number. */
class RelaySocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const isTooLarge = code === 1009
    super.close(isTooLarge ? CLOSE_CODES.tooLarge : code, isTooLarge ? 'too_large' : reason)
  }
}

function closeSoon(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS)
  socket.once('close', () => clearTimeout(timer))
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
