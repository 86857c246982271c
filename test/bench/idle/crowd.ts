import { headOf, type LightClient, openLightClient } from '../fan-out/light-client.ts'
import { serveRequests } from '../serve-requests.ts'

export interface CrowdRequest {
  readonly url: string
  readonly token: string
  readonly clients: number
  /** How many events before the log's end each client begins; 0 at its end. */
  readonly behind: number
}

export interface CrowdAnswer {
  /** Until the last client was up to date. */
  readonly durationMs: number
  /** By how much the server's resident memory grew. */
  readonly kBPerClient: number
}

/** As many as may wait for their hello, with room for those who come back because of it. */
const OPENED_AT_A_TIME = 400

/** Opens many clients, and says how long that took and what it cost the server. */
serveRequests(async ({ url, token, clients, behind }: CrowdRequest): Promise<CrowdAnswer> => {
  const cursor = await findCursor(url, token, behind)
  const hello = JSON.stringify({ type: 'hello', token, after: cursor, client: 'bench/1' })
  const before = await residentBytes(url)
  const startMs = performance.now()
  const open: LightClient[] = []
  const heads: number[] = []
  let left = clients
  await Promise.all(
    Array.from({ length: Math.min(clients, OPENED_AT_A_TIME) }, async () => {
      while (left > 0) {
        left -= 1
        const index = left
        heads[index] = 0
        const client = await openLightClient(url, hello, (payload) => {
          heads[index] = headOf(payload) ?? heads[index] ?? 0
        })
        open.push(client)
      }
    }),
  )
  const durationMs = performance.now() - startMs
  const least = (cursor?.position ?? 0) + behind
  if (cursor !== null && behind > 0 && heads.some((head) => head < least)) {
    throw new Error(`every client should be sent the events up to ${least}`)
  }
  const kBPerClient = ((await residentBytes(url)) - before) / 1024 / clients
  for (const client of open) client.close()
  return { durationMs, kBPerClient }
})

/** So many events before the log's end; `null` at a server that has no log. */
async function findCursor(url: string, token: string, behind: number) {
  let cursor: { epoch: string; position: number } | null = null
  const hello = JSON.stringify({ type: 'hello', token, after: known.get(url) ?? null, client: 'bench/1' })
  const client = await openLightClient(url, hello, (payload) => {
    if (!payload.subarray(0, 17).toString('latin1').startsWith('{"type":"welcome"')) return
    const { epoch, head } = JSON.parse(payload.toString()) as { epoch: string; head: number }
    known.set(url, { epoch, position: head })
    cursor = { epoch, position: Math.max(0, head - behind) }
  })
  client.close()
  return cursor as { epoch: string; position: number } | null
}

const known = new Map<string, { epoch: string; position: number }>()

async function residentBytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
}
