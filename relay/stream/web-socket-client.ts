import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { CLOSE_CODES } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { ClientSocket } from './client-socket.ts'

/** How long a closing client may take to answer before its connection is dropped. */
const CLOSE_TIMEOUT_MS = 2 * SECOND_MS
/** One that is too slow has to take what waits before it sees why it was closed. */
const SLOW_CLOSE_TIMEOUT_MS = 10 * SECOND_MS

/** A client's WebSocket, on its connection. */
export class WebSocketClient implements ClientSocket {
  private readonly webSocket: WebSocket
  private readonly connection: Socket

  constructor(webSocket: WebSocket, connection: Socket) {
    this.webSocket = webSocket
    this.connection = connection
  }

  get bufferedAmount(): number {
    return this.webSocket.bufferedAmount
  }

  get handedBytes(): number {
    return this.connection.bytesWritten
  }

  send(text: string, done?: (error?: Error) => void): void {
    this.webSocket.send(text, done)
  }

  /**
   * Past the library, which would make the same frame again for each client. It writes nothing in between: without compression
   * every message it sends is handed to the connection at once and whole.
   */
  sendFrame(frame: Buffer): void {
    if (this.webSocket.readyState === WebSocket.OPEN) this.connection.write(frame)
  }

  ping(): void {
    this.webSocket.ping()
  }

  close(code: number, reason: string): void {
    const { webSocket } = this
    webSocket.close(code, reason)
    const timeoutMs = code === CLOSE_CODES.tooSlow ? SLOW_CLOSE_TIMEOUT_MS : CLOSE_TIMEOUT_MS
    const timer = setTimeout(() => webSocket.terminate(), timeoutMs)
    webSocket.once('close', () => clearTimeout(timer))
  }

  terminate(): void {
    this.webSocket.terminate()
  }
}
