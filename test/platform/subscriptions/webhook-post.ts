import { type IncomingHttpHeaders, request } from 'node:http'
import { SECOND_MS } from '../../../shared/time.ts'

/** How long the platform waits for a webhook. */
export const WEBHOOK_TIMEOUT_MS = 3 * SECOND_MS

export interface WebhookAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Header lines and body together, in bytes, as they came over the network. */
  readonly sizeBytes: number
}

/**
 * Posts to a webhook and reads the whole answer. Redirects are not followed: to the platform they are wrong answers.
 * Rejects when nothing answers in time, when the connection breaks, or when `signal` aborts.
 */
export function postToWebhook(
  address: string,
  { headers, body, signal }: { headers: Readonly<Record<string, string>>; body: string; signal: AbortSignal },
): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(address, {
      method: 'POST',
      headers: {
        'user-agent': 'RingCentral-Webhook/8.4',
        ...headers,
        'content-length': String(Buffer.byteLength(body)),
      },
      // A connection of its own for each request: a kept one may be closed by the other side just as the next request starts.
      agent: false,
      signal,
    })
    // Not `AbortSignal.any` with a time-out: Node 20 may collect the time-out's signal as garbage before it fires.
    const timer = setTimeout(() => {
      reject(new DOMException('The webhook did not answer in time', 'TimeoutError'))
      outgoing.destroy()
    }, WEBHOOK_TIMEOUT_MS)
    outgoing.on('close', () => clearTimeout(timer))
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let sizeBytes = headerBytes(incoming.rawHeaders)
      incoming.on('error', reject)
      incoming.on('data', (chunk: Buffer) => {
        sizeBytes += chunk.length
      })
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, sizeBytes }))
    })
    outgoing.end(body)
  })
}

function headerBytes(rawHeaders: readonly string[]): number {
  const separatorsPerLine = ': \r\n'.length
  const text = rawHeaders.reduce((total, part) => total + Buffer.byteLength(part), 0)
  return text + (rawHeaders.length / 2) * separatorsPerLine
}

/** Why there was no answer, from what {@link postToWebhook} rejected with: `Read timed out`, `ECONNREFUSED`. */
export function describeNoAnswer(error: unknown): string {
  if (!(error instanceof Error)) return 'The connection broke'
  if (error.name === 'TimeoutError') return 'Read timed out'
  return 'code' in error ? String(error.code) : 'The connection broke'
}
