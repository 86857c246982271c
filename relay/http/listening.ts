import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'

/** How a server begins and ends: it listens, hands over what arrives once the handlers are ready, and finishes. */

/** What is under way when the relay stops may take so long. */
export const CLOSE_TIMEOUT_MS = 5 * SECOND_MS
const IDLE_INTERVAL_MS = 50

/** Resolves with where it listens, `http://127.0.0.1:NNNN`; rejects with a sentence. */
export function listen(server: Server, { host, port }: Pick<Settings, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} on ${host} is taken: stop what listens there, or set RELAY_PORT to another port.`)
          : new Error(`The relay can't listen on ${host}, port ${port}: ${error.message}.`),
      ),
    )
    server.listen(port, host, () => {
      const { address, family, port: listeningPort } = server.address() as AddressInfo
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${listeningPort}`)
    })
  })
}

export interface Handlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => unknown
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown
}

/**
 * The address is known, and deliveries arrive, before everything that answers them is there: they wait for it instead of
 * going unanswered. The returned function hands over who answers.
 */
export function serveOnceReady(server: Server): (handlers: Handlers) => void {
  const { promise: handlers, resolve: ready } = Promise.withResolvers<Handlers>()
  const waitForRequest = (request: IncomingMessage, response: ServerResponse) =>
    handlers.then((made) => made.request(request, response))
  const waitForUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    handlers.then((made) => made.upgrade(request, socket, head))
  server.on('request', waitForRequest)
  server.on('upgrade', waitForUpgrade)
  return (made) => {
    server.off('request', waitForRequest).on('request', made.request)
    server.off('upgrade', waitForUpgrade).on('upgrade', made.upgrade)
    ready(made)
  }
}

/** Stops accepting and resolves when what is under way is answered, or {@link CLOSE_TIMEOUT_MS} have passed. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A kept connection becomes idle with its last answer, and would stay open for its time.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_INTERVAL_MS)
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}
