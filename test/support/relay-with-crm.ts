import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import type {
  CrmAnswer,
  CrmChoiceBody,
  CrmConnectAnswer,
  CrmMatchesAnswer,
  CrmRecordJson,
} from '../../shared/protocol/http/crm.ts'
import { CRM_STATES } from '../../shared/protocol/http/crm.ts'

/**
 * A relay that says of the CRM whatever a test wants, in front of the real one, which answers everything else: for states that a CRM
 * is rarely in, and for how they look.
 */
export interface RelayWithCrm {
  readonly url: string
  /** The CRM's form for a new contact: a page that is there. */
  readonly formUrl: string
  crm: CrmAnswer
  /** By number; of any other nobody is known. */
  readonly matches: Map<string, CrmMatchesAnswer>
  records: readonly CrmRecordJson[]
  /** What was asked for, as `GET /v1/crm`. */
  readonly asked: string[]
  /** Notes by session. */
  readonly notes: Map<string, string>
  readonly choices: { readonly key: string; readonly choice: CrmChoiceBody }[]
  /** What becomes of a record that somebody decides about. */
  decide: (record: CrmRecordJson, choice: CrmChoiceBody) => CrmRecordJson
  close(): Promise<void>
}

export async function startRelayWithCrm(relayUrl: string): Promise<RelayWithCrm> {
  const target = new URL(relayUrl)
  const server = createServer((asked, answer) => void handle(asked, answer))
  // The server forgets a socket that is upgraded, and still waits for its end.
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (asked: IncomingMessage, socket, head: Buffer) => {
    const through = connect(Number(target.port), target.hostname, () => {
      const headers = asked.rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [`${name}: ${asked.rawHeaders[index + 1]}`] : [],
      )
      through.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
      through.write(head)
      socket.pipe(through).pipe(socket)
    })
    const end = () => {
      socket.destroy()
      through.destroy()
    }
    for (const one of [socket, through]) one.on('error', end).on('close', end)
  })

  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(asked.url ?? '/', relayUrl)
    if (!url.pathname.startsWith('/v1/crm')) {
      passOn(asked, answer)
      return
    }
    answer.setHeader('access-control-allow-origin', asked.headers.origin ?? '*')
    answer.setHeader('access-control-allow-headers', 'authorization, content-type')
    answer.setHeader('access-control-allow-methods', 'GET, POST, DELETE')
    if (asked.method === 'OPTIONS') {
      answer.writeHead(204).end()
      return
    }
    relay.asked.push(`${asked.method} ${url.pathname}`)
    const body = asked.method === 'POST' ? await json(asked) : undefined
    const said = respond(`${asked.method} ${url.pathname}`, url.searchParams, body)
    answer.writeHead(said === undefined ? 404 : 200, { 'content-type': 'application/json' })
    answer.end(JSON.stringify(said ?? { status: 404, code: 'not_there' }))
  }

  function respond(line: string, query: URLSearchParams, body: unknown): unknown {
    if (line === 'GET /v1/crm') return relay.crm
    if (line === 'GET /v1/crm/matches')
      return (
        relay.matches.get(query.get('number') ?? '') ?? { crm: 'HubSpot', contacts: [], newContactUrl: relay.formUrl }
      )
    if (line === 'GET /v1/crm/records') return listRecords(query)
    if (line === 'POST /v1/crm/notes') return keepNote(body as { telephonySessionId: string; text: string })
    if (line === 'POST /v1/crm/connect') {
      const { redirectUri } = body as { redirectUri: string }
      relay.crm = { ...relay.crm, isConnected: true }
      return { url: `${redirectUri}?ok=1` } satisfies CrmConnectAnswer
    }
    if (line === 'DELETE /v1/crm/connection') {
      relay.crm = { ...relay.crm, isConnected: false }
      return {}
    }
    return choose(decodeURIComponent(line.split('/').at(-1) ?? ''), body as CrmChoiceBody)
  }

  function listRecords(query: URLSearchParams): unknown {
    const session = query.get('session')
    const records = relay.records.filter(
      ({ telephonySessionIds }) => session === null || telephonySessionIds.includes(session),
    )
    const counts = CRM_STATES.map((state) => [state, records.filter((one) => one.state === state).length])
    return { records, counts: Object.fromEntries(counts) }
  }

  function keepNote({ telephonySessionId, text }: { telephonySessionId: string; text: string }): unknown {
    relay.notes.set(telephonySessionId, text)
    return {}
  }

  function choose(key: string, choice: CrmChoiceBody): unknown {
    const before = relay.records.find((one) => one.key === key)
    if (before === undefined) return undefined
    relay.choices.push({ key, choice })
    const after = relay.decide(before, choice)
    relay.records = relay.records.map((one) => (one === before ? after : one))
    return after
  }

  function passOn(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, headers, url: path } = asked
    const through = request({ host: target.hostname, port: target.port, method, headers, path }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers)
      came.pipe(answer)
    })
    through.on('error', () => answer.destroy())
    asked.pipe(through)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const relay: RelayWithCrm = {
    url,
    formUrl: `${url}/contacts/new`,
    crm: {
      isOn: true,
      name: 'hubspot',
      displayName: 'HubSpot',
      ownership: 'account',
      isConnected: true,
      canConnect: true,
    },
    matches: new Map(),
    records: [],
    asked: [],
    notes: new Map(),
    choices: [],
    decide: (record, choice) => ({ ...record, state: 'skip' in choice ? 'leftOut' : 'ready' }),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return relay
}
