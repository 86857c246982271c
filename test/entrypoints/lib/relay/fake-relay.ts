import { createRelayClient, type RelayClient } from '../../../../entrypoints/lib/relay/relay-client.ts'

export interface SentRequest {
  readonly line: string
  readonly body: unknown
  /** Lets the relay answer. */
  readonly respond: (response: Response) => void
  readonly fail: (error: Error) => void
}

export interface FakeRelay {
  readonly fetch: typeof fetch
  readonly client: RelayClient
  readonly sent: readonly SentRequest[]
  readonly authorizations: readonly (string | null)[]
}

/** A relay that answers when the test says so, unless `answer` does it at once. */
export function createFakeRelay(answer?: (line: string) => Response | undefined): FakeRelay {
  const sent: SentRequest[] = []
  const authorizations: (string | null)[] = []
  const fakeFetch: typeof fetch = (input, init) => {
    const url = new URL(String(input))
    const line = `${init?.method} ${url.pathname}`
    authorizations.push(new Headers(init?.headers).get('authorization'))
    return new Promise<Response>((respond, fail) => {
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
      sent.push({ line, body, respond, fail })
      const response = answer?.(line)
      if (response !== undefined) respond(response)
    })
  }
  const client = createRelayClient({ relayUrl: 'https://relay.example.com', token: 'token-1' }, { fetch: fakeFetch })
  return { fetch: fakeFetch, client, sent, authorizations }
}

export const accepted = () => new Response(null, { status: 202 })

export const problem = (status: number, code: string, more: object = {}) =>
  Response.json({ status, code, detail: 'For people.', ...more }, { status })

export const desk = (status = 'Online') => ({ id: 'd-1', name: 'Desk phone', type: 'HardPhone', status })
export const soft = { id: 'd-2', name: 'Softphone', type: 'SoftPhone', status: 'Online' }
