import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One POST that reached the receiver. */
export interface Received {
  readonly headers: IncomingHttpHeaders
  /** The body as it came; empty for a handshake. */
  readonly text: string
  readonly receivedAtMs: number
}

export interface WebhookReceiver {
  readonly address: string
  readonly handshakes: Received[]
  readonly deliveries: Received[]
  close(): Promise<void>
}

/** A webhook for tests. It shakes hands and answers 200 unless `answer` does something else. */
export async function startWebhookReceiver(
  answer: (received: Received, response: ServerResponse) => void = answerWell,
): Promise<WebhookReceiver> {
  const handshakes: Received[] = []
  const deliveries: Received[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      const received = { headers: request.headers, text, receivedAtMs: Date.now() }
      if (text === '') handshakes.push(received)
      else deliveries.push(received)
      answer(received, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/webhook`,
    handshakes,
    deliveries,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The answer the platform wants, to handshakes and deliveries alike. */
export function answerWell({ headers }: Received, response: ServerResponse): void {
  const validationToken = headers['validation-token']
  if (typeof validationToken === 'string') response.setHeader('validation-token', validationToken)
  response.setHeader('content-type', 'application/json')
  response.end()
}
