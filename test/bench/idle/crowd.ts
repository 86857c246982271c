import { readMetric } from '../../support/read-metric.ts'
import { headOf, type LightClient, openLightClient } from '../fan-out/light-client.ts'
import { serveRequests } from '../serve-requests.ts'

export interface CrowdRequest {
  readonly url: string
  /** One for each client, all of the same person. */
  readonly tokens: readonly string[]
  /** How many events before the log's end each client begins; 0 at its end. */
  readonly behind: number
  /** So many of them come before anything is measured. */
  readonly early: number
}

export interface CrowdAnswer {
  /** Until the last client was up to date. */
  readonly durationMs: number
  /** By how much the server's resident memory grew with each. */
  readonly kBPerClient: number
}

/** As many as may wait for their hello, with room for those who come back because of it. */
const OPENED_AT_A_TIME = 400

interface Cursor {
  readonly epoch: string
  readonly position: number
}

/** Opens many clients, and says how long that took and what it cost the server. */
serveRequests(async ({ url, tokens, behind, early }: CrowdRequest): Promise<CrowdAnswer> => {
  const cursor = await findCursor(url, tokens[0], behind)
  const clients = await openAll(url, tokens.slice(0, early), cursor)
  const before = await residentBytes(url)
  const startMs = performance.now()
  clients.push(...(await openAll(url, tokens.slice(early), cursor)))
  const durationMs = performance.now() - startMs
  const least = (cursor?.position ?? 0) + behind
  if (cursor !== null && behind > 0 && clients.some(({ head }) => head < least)) {
    throw new Error(`every client should be sent the events up to ${least}`)
  }
  const kBPerClient = ((await residentBytes(url)) - before) / 1024 / (tokens.length - early)
  for (const client of clients) client.close()
  return { durationMs, kBPerClient }
})

interface Member extends LightClient {
  /** It has been sent everything up to here. */
  readonly head: number
}

/** Resolves when all of them are up to date. */
async function openAll(url: string, tokens: readonly string[], after: Cursor | null): Promise<Member[]> {
  const open: Member[] = []
  const left = tokens.values()
  const openRest = async (): Promise<void> => {
    for (const token of left) {
      let head = 0
      const hello = JSON.stringify({ type: 'hello', token, after, client: 'bench/1' })
      const client = await openLightClient(url, hello, (payload) => {
        head = headOf(payload) ?? head
      })
      open.push({
        ...client,
        get head() {
          return head
        },
      })
    }
  }
  await Promise.all(Array.from({ length: OPENED_AT_A_TIME }, openRest))
  return open
}

/** So many events before the log's end; `null` at a server that has no log. */
async function findCursor(url: string, token: string | undefined, behind: number) {
  let cursor: Cursor | null = null
  const hello = JSON.stringify({ type: 'hello', token, after: known.get(url) ?? null, client: 'bench/1' })
  const client = await openLightClient(url, hello, (payload) => {
    if (!payload.subarray(0, 17).toString('latin1').startsWith('{"type":"welcome"')) return
    const { epoch, head } = JSON.parse(payload.toString()) as { epoch: string; head: number }
    known.set(url, { epoch, position: head })
    cursor = { epoch, position: Math.max(0, head - behind) }
  })
  client.close()
  return cursor as Cursor | null
}

const known = new Map<string, Cursor>()

const residentBytes = (url: string) => readMetric(url, 'process_resident_memory_bytes')
