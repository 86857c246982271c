import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** RingCentral as far as rules ask it: it forwards at once, and notes when it was asked. Anything else it has the stand-in answer. */
export interface FastRingCentral {
  readonly url: string
  /** By session, when each request to forward it had come, ms by `performance.now()`; may be cleared. */
  readonly forwards: Map<string, readonly number[]>
}

/** `elsewhere`: the stand-in's address. */
export async function startFastRingCentral(elsewhere: string): Promise<FastRingCentral> {
  const forwards = new Map<string, readonly number[]>()
  const server = createServer((asked, response) => {
    const arrivedMs = performance.now()
    const session = /\/sessions\/([^/]+)\/parties\/[^/]+\/forward$/.exec(asked.url ?? '')?.[1]
    if (session === undefined) passOn(asked, response, elsewhere)
    else {
      forwards.set(session, [...(forwards.get(session) ?? []), arrivedMs])
      asked.resume()
      asked.on('end', () => response.setHeader('content-type', 'application/json').end('{"id":"p-1","status":{}}'))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, forwards }
}

function passOn(asked: IncomingMessage, response: ServerResponse, elsewhere: string): void {
  const { method, headers, url = '' } = asked
  const there = request(`${elsewhere}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  there.on('error', () => response.destroy())
  asked.pipe(there)
}
