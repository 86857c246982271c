import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SECOND_MS } from '../../shared/time.ts'
import { isTrusted, type TrustedProxies } from '../trusted-proxies.ts'
import { plainAddress } from './client-address.ts'
import type { FailureLimits } from './failure-limits.ts'
import { type RawProblem, refuseConnection } from './raw-problem.ts'
import type { RefusedConnections } from './refused-connections.ts'

/**
 * The HTTP server with its limits: what is too long, too slow or no HTTP at all is answered with a sentence and cut before
 * any route sees it.
 */
export interface HttpServerOptions {
  readonly trustedProxies: TrustedProxies
  readonly failures: FailureLimits
  readonly refused: Pick<RefusedConnections, 'count' | 'noteForwarded'>
  /** {@link MAX_CONNECTIONS} unless given. */
  readonly maxConnections?: number
  /** {@link MAX_CONNECTIONS_PER_ADDRESS} unless given. */
  readonly maxConnectionsPerAddress?: number
}

/** RingCentral's largest header and a token of ours take less than a tenth. */
const MAX_HEADER_BYTES = 16 * 1024
/** A delivery takes milliseconds; RingCentral itself gives up after three seconds. */
const REQUEST_TIMEOUT_MS = 10 * SECOND_MS
const CHECK_INTERVAL_MS = SECOND_MS
/** Longer than common proxies keep an idle connection: the one that closes first should not be we, or a delivery is lost. */
const KEEP_ALIVE_MS = 75 * SECOND_MS
/** More than a company has browsers; each takes some 10 kB. */
const MAX_CONNECTIONS = 20_000
/** Of one address that is not a trusted proxy: an office behind one address, and room for its requests. */
const MAX_CONNECTIONS_PER_ADDRESS = 2500

export function createHttpServer(options: HttpServerOptions): Server {
  const { trustedProxies, failures, refused, maxConnectionsPerAddress = MAX_CONNECTIONS_PER_ADDRESS } = options
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_INTERVAL_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  })
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS
  const connections = new Map<string, number>()

  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    // Everybody comes from a proxy's address.
    if (isTrusted(address, trustedProxies)) return
    const count = (connections.get(address) ?? 0) + 1
    if (count > maxConnectionsPerAddress) {
      refused.count('address')
      socket.destroy()
      return
    }
    connections.set(address, count)
    socket.once('close', () => {
      const left = (connections.get(address) ?? 1) - 1
      if (left === 0) connections.delete(address)
      else connections.set(address, left)
    })
  })

  server.on('drop', () => refused.count('all'))

  const noteForwarded = ({ socket, headers }: IncomingMessage): void => {
    if (headers['x-forwarded-for'] === undefined) return
    const peer = plainAddress(socket.remoteAddress ?? '')
    if (!isTrusted(peer, trustedProxies)) refused.noteForwarded(peer)
  }
  server.on('request', noteForwarded)
  server.on('upgrade', noteForwarded)

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A connection that broke, or whose answer has begun, can't be told anything.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const address = plainAddress((socket as Socket).remoteAddress ?? '')
    // Behind a proxy it is not known whose request it was.
    if (!isTrusted(address, trustedProxies)) failures.count(address)
    refuseConnection(socket, REFUSALS[error.code ?? ''] ?? BAD_REQUEST)
  })
  return server
}

/** What is not worth a request, by Node's words for it. */
const REFUSALS: Readonly<Record<string, RawProblem>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'headers_too_large',
    detail: 'The headers should be at most 16 kB.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    code: 'too_large',
    detail: 'Chunks should come without extensions.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'too_slow',
    detail: 'The whole request should arrive within 10 seconds.',
  },
}
const BAD_REQUEST: RawProblem = {
  status: '400 Bad Request',
  code: 'bad_request',
  detail: 'The request should be HTTP/1.1.',
}
