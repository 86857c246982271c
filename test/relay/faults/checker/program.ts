import { Agent, request } from 'node:http'
import { unreachable } from '../../../../shared/assert.ts'
import { createPosts } from './posts.ts'
import { createReader, type Reader } from './reader.ts'

/**
 * The independent checker: posts events and notes which were acknowledged, reads the stream with several clients as a browser
 * would, and says at the end whether all of it fits together. It knows the relay's protocol from its description only and
 * imports nothing of the product, so that a mistake there can't hide itself here.
 *
 * It is told what to do by the process that started it, one thing at a time, and answers each.
 */
export type CheckerRequest =
  /** Posts so many events, with so many requests under way at a time; each twice when told so. */
  | {
      readonly do: 'post'
      readonly url: string
      readonly secret: string
      readonly count: number
      readonly atATime: number
      readonly isRepeating?: boolean
      /** Ends the relay with SIGKILL when so many of these were acknowledged, with the rest under way. */
      readonly kill?: { readonly pid: number; readonly afterAcknowledged: number }
    }
  /** Opens a client that comes back whenever its connection ends, until it is closed. */
  | {
      readonly do: 'read'
      readonly url: string
      readonly token: string
      readonly extensionId: string
      readonly seesAll: boolean
      readonly origin: string
      readonly mayBeRenamed?: boolean
    }
  /** Waits until every client has read all that was acknowledged for it. */
  | { readonly do: 'wait'; readonly timeoutMs: number }
  | { readonly do: 'verdict' }

export interface PostAnswer {
  /** How many requests were answered with each status; 0 is no answer. */
  readonly statuses: Readonly<Record<number, number>>
}

export interface Verdict {
  readonly acknowledged: number
  readonly clients: readonly { readonly events: number; readonly connections: number }[]
  /** What does not fit, each in a sentence; none when all is well. */
  readonly problems: readonly string[]
}

export type CheckerAnswer = PostAnswer | Verdict | { readonly isComplete: boolean } | Record<string, never>

const EXTENSION_IDS = ['400102', '400103', '400104', '400105']
const WAIT_INTERVAL_MS = 20

const posts = createPosts(EXTENSION_IDS)
const readers: Reader[] = []
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

async function act(order: CheckerRequest): Promise<CheckerAnswer> {
  switch (order.do) {
    case 'post':
      return post(order)
    case 'read':
      readers.push(createReader(order))
      return {}
    case 'wait':
      return { isComplete: await waitForReaders(order.timeoutMs) }
    case 'verdict':
      for (const reader of readers) reader.close()
      return judge()
    default:
      return unreachable(order)
  }
}

async function post(order: Extract<CheckerRequest, { do: 'post' }>): Promise<PostAnswer> {
  const statuses: Record<number, number> = {}
  const events = Array.from({ length: order.count }, () => posts.next())
  const left = events.values()
  let acknowledged = 0
  const worker = async (): Promise<void> => {
    for (const event of left) {
      const status = await send(order.url, order.secret, event.body)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (order.isRepeating && status === 200) {
        const again = await send(order.url, order.secret, event.body)
        if (again !== 200 && again !== 0) posts.problems.push(`a repeated event was answered ${again}`)
      }
      if (status !== 200) continue
      posts.acknowledge(event)
      acknowledged += 1
      if (order.kill !== undefined && acknowledged === order.kill.afterAcknowledged)
        process.kill(order.kill.pid, 'SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: order.atATime }, worker))
  return { statuses }
}

function send(url: string, secret: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      'verification-token': secret,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(`${url}/webhook`, { method: 'POST', agent, headers, timeout: 10_000 }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
      response.once('error', () => resolve(0))
    })
    sent.once('timeout', () => sent.destroy())
    sent.once('error', () => resolve(0))
    sent.end(body)
  })
}

async function waitForReaders(timeoutMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs
  while (performance.now() < deadlineMs) {
    if (readers.every((reader) => posts.acknowledgedFor(reader).every((uuid) => reader.uuids.has(uuid)))) return true
    await new Promise((resolve) => setTimeout(resolve, WAIT_INTERVAL_MS))
  }
  return false
}

function judge(): Verdict {
  const problems = [...posts.problems]
  for (const [index, reader] of readers.entries()) {
    const name = `client ${index} (${reader.seesAll ? 'all' : reader.extensionId})`
    const missing = posts.acknowledgedFor(reader).filter((uuid) => !reader.uuids.has(uuid))
    if (missing.length > 0)
      problems.push(`${name} never read ${missing.length} acknowledged events, first ${missing[0]}`)
    for (const [uuid] of reader.uuids) {
      const owner = posts.ownerOf(uuid)
      if (owner === undefined) problems.push(`${name} read ${uuid}, which nobody posted`)
      else if (!reader.seesAll && owner !== reader.extensionId)
        problems.push(`${name} read ${uuid}, which is not theirs`)
    }
    problems.push(...reader.problems.map((problem) => `${name}: ${problem}`))
  }
  // One position means one event to everybody, whenever they read it.
  const byPosition = new Map<number, string>()
  for (const reader of readers) {
    for (const [position, uuid] of reader.positions) {
      const known = byPosition.get(position)
      if (known !== undefined && known !== uuid)
        problems.push(`position ${position} is ${known} to one and ${uuid} to another`)
      byPosition.set(position, uuid)
    }
  }
  return {
    acknowledged: posts.acknowledgedCount(),
    clients: readers.map(({ uuids, connections }) => ({ events: uuids.size, connections })),
    problems: problems.slice(0, 20),
  }
}

process.on('message', (order: CheckerRequest) => {
  act(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.once('disconnect', () => process.exit())
process.send?.({})
