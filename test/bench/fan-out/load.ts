import { buildPost, openConnection } from '../http-connection.ts'
import { createEvents } from '../ingest/events.ts'
import { serveRequests } from '../serve-requests.ts'
import { percentile } from '../statistics.ts'
import { headOf, type LightClient, openLightClient } from './light-client.ts'

/** The load: many clients, and events posted over a few connections, timed until the last client has the last one. */

export interface FanOutRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly token: string
  readonly clients: number
  readonly events: number
  /** Requests under way at a time. */
  readonly atATime: number
}

export interface FanOutAnswer {
  readonly deliveriesPerSecond: number
  /** From posting an event to a client having it, over every tenth client. */
  readonly p99Ms: number
}

/** Sockets that wait for their hello are limited. */
const OPENED_AT_A_TIME = 100
const TIMED_EVERY = 10

serveRequests(async (request: FanOutRequest): Promise<FanOutAnswer> => {
  const { url, headers, token, clients, events, atATime } = request
  const sentMs = new Map<string, number>()
  const latenciesMs: number[] = []
  const heads = new Array<number>(clients).fill(0)
  let left = clients
  let lastHead = Number.POSITIVE_INFINITY
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>()

  let startHead = 0
  const take = (client: number, payload: Buffer): void => {
    const head = headOf(payload) ?? pingHead(payload)
    if (head === undefined) return
    startHead = Math.max(startHead, lastHead === Number.POSITIVE_INFINITY ? head : 0)
    const before = heads[client] ?? 0
    heads[client] = head
    if (before < lastHead && head >= lastHead && --left === 0) finish()
    if (client % TIMED_EVERY !== 0 || lastHead === Number.POSITIVE_INFINITY) return
    const nowMs = performance.now()
    for (const [, uuid = ''] of payload.toString('latin1').matchAll(/"uuid":"([^"]+)"/g)) {
      latenciesMs.push(nowMs - (sentMs.get(uuid) ?? nowMs))
    }
  }

  const hello = JSON.stringify({
    type: 'hello',
    token,
    after: request.token === '' ? null : await lastCursor(),
    client: 'bench/1',
  })
  const open: LightClient[] = []
  for (let first = 0; first < clients; first += OPENED_AT_A_TIME) {
    const some = Array.from({ length: Math.min(OPENED_AT_A_TIME, clients - first) }, (_, index) =>
      openLightClient(url, hello, (payload) => take(first + index, payload)),
    )
    open.push(...(await Promise.all(some)))
  }

  const bodies = createEvents(events)
  const requests = bodies.map((body) => ({
    uuid: /"uuid":"([^"]+)"/.exec(body)?.[1] ?? '',
    bytes: buildPost({ url: `${url}/webhook`, headers, body }),
  }))
  const connections = await Promise.all(Array.from({ length: atATime }, () => openConnection(url)))
  lastHead = startHead + events
  const startMs = performance.now()
  const queue = requests.values()
  await Promise.all(
    connections.map(async (connection) => {
      for (const { uuid, bytes } of queue) {
        sentMs.set(uuid, performance.now())
        const status = await connection.send(bytes)
        if (status !== 200) throw new Error(`every post should be answered 200, but one was answered ${status}`)
      }
    }),
  )
  await finished
  const durationMs = performance.now() - startMs
  for (const connection of [...connections, ...open]) connection.close()
  return { deliveriesPerSecond: (clients * events * 1000) / durationMs, p99Ms: percentile(latenciesMs, 0.99) }

  /** Where the log ends now, so that no client is sent what earlier rounds posted. */
  async function lastCursor(): Promise<{ epoch: string; position: number } | null> {
    let cursor: { epoch: string; position: number } | null = null
    const probe = await openLightClient(
      url,
      JSON.stringify({ type: 'hello', token, after: known.get(url) ?? null, client: 'bench/1' }),
      (payload) => {
        const message = payload.subarray(0, 17).toString('latin1')
        if (!message.startsWith('{"type":"welcome"')) return
        const { epoch, head } = JSON.parse(payload.toString()) as { epoch: string; head: number }
        cursor = { epoch, position: head }
      },
    )
    probe.close()
    if (cursor !== null) known.set(url, cursor)
    return cursor
  }
})

const known = new Map<string, { epoch: string; position: number }>()

function pingHead(payload: Buffer): number | undefined {
  if (payload.subarray(0, 14).toString('latin1') !== '{"type":"ping"') return undefined
  return Number(/"head":(\d+)/.exec(payload.toString('latin1'))?.[1])
}
