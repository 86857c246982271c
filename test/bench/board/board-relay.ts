import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { formatInstant } from '../../../shared/time.ts'
import type { BusyCalls, LoggedEvent } from './calls.ts'

/** What a board needs of a relay, and nothing that takes time: the snapshot, and a stream. It serves the floor's page as well. */
export interface BoardRelay {
  readonly url: string
  /** To every page that is open. */
  send(event: LoggedEvent): void
  close(): void
}

export const INES = {
  accountId: '400100',
  extensionId: '400101',
  name: 'Ines Moreau',
  role: 'supervisor',
  watches: { extensions: 'all', queues: 'all' },
} as const

export async function startBoardRelay(calls: BusyCalls): Promise<BoardRelay> {
  const floor = await readFile(new URL('floor.html', import.meta.url))
  const server = createServer((request, response) => answer(request, response, { floor, snapshot: calls.snapshot }))
  const pages = new Set<WebSocket>()
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('close', () => pages.delete(socket))
    socket.on('message', (data) => {
      const hello = JSON.parse(String(data)) as { readonly type?: string; readonly view?: string }
      if (hello.type !== 'hello') return
      socket.send(JSON.stringify(welcome(calls.head)))
      if (hello.view === 'watched') pages.add(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    send: (event) => {
      const text = JSON.stringify({ type: 'events', events: [event], head: event.position })
      for (const page of pages) page.send(text)
    },
    close: () => {
      for (const page of pages) page.terminate()
      server.closeAllConnections()
      server.close()
    },
  }
}

function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  { floor, snapshot }: { readonly floor: Buffer; readonly snapshot: string },
): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'authorization,content-type')
  if (method === 'OPTIONS') response.end()
  else if (url === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(floor)
  else response.setHeader('content-type', 'application/json').end(url.startsWith('/v1/board') ? snapshot : '{}')
}

function welcome(head: number) {
  const nowMs = Date.now()
  return {
    ...{ type: 'welcome', epoch: 'e', head, oldest: 1, resumed: true, complete: true, user: INES },
    ...{ now: formatInstant(nowMs), tokenExpiresAt: formatInstant(nowMs + 86_400_000) },
  }
}
