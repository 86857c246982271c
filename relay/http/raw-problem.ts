import type { Duplex } from 'node:stream'
import type { ProblemCode } from '../../shared/protocol/http/problem.ts'
import { SECOND_MS } from '../../shared/time.ts'

/** A refusal where there is no request that a route could answer: as `Problem`, with the status line's words. */
export interface RawProblem {
  /** Code and words, `403 Forbidden`. */
  readonly status: string
  readonly code: ProblemCode
  readonly detail: string
  readonly retryAfterS?: number
}

/** How long a sender that was refused may take to hear it. */
const LINGER_MS = SECOND_MS

/** Writes the refusal to the connection and ends it. */
export function refuseConnection(socket: Duplex, { status, retryAfterS, ...problem }: RawProblem): void {
  const body = JSON.stringify({ status: Number.parseInt(status, 10), ...problem, retryAfterS })
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfterS === undefined ? [] : [`Retry-After: ${retryAfterS}`]),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  // Cut at once, the answer could be lost with what the sender still sends; left open, the sender could stay forever.
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
}
