import * as v from 'valibot'
import { type ProblemCode, problemSchema } from '../../../shared/protocol/http/problem.ts'
import { NETWORK_TIMEOUT_MS } from '../store/within.ts'

/** The relay's HTTP for what a person asks of calls and phones. A request is sent once: whoever wants it again clicks again. */
export interface RelayClient {
  send(request: RelayRequest): Promise<RelayAnswer>
}

export interface RelayRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** From `/v1` on. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

export type RelayAnswer =
  /** What it answered, `undefined` when that was no JSON. */
  { readonly body: unknown; readonly refusal?: undefined } | { readonly refusal: Refusal; readonly body?: undefined }

/**
 * Reasons that the relay gives, and those that are known here:
 * - `relay_unreachable`, `relay_silent`: there was no connection, or no answer in time.
 * - `refused`: an answer that gives no reason we know.
 * - `unconfirmed`: RingCentral took it, and no event has shown it since.
 * - `no_target`, `no_phone`: what was typed is no number; no phone of the person's is online.
 */
export type RefusalCode =
  | ProblemCode
  | 'relay_unreachable'
  | 'relay_silent'
  | 'refused'
  | 'unconfirmed'
  | 'no_target'
  | 'no_phone'

/** Why something was not done, or is not known to be. */
export interface Refusal {
  readonly code: RefusalCode
  /** What RingCentral said, in its own words. */
  readonly reason?: string | undefined
  /** After how many seconds it may be tried again. */
  readonly retryAfterS?: number | undefined
}

export interface RelayClientOptions {
  readonly relayUrl: string
  readonly token: string
}

export function createRelayClient(
  { relayUrl, token }: RelayClientOptions,
  { fetch }: { readonly fetch: typeof globalThis.fetch },
): RelayClient {
  return {
    async send({ method, path, body }) {
      try {
        const response = await fetch(new URL(path, relayUrl), {
          method,
          headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
          ...(body && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(NETWORK_TIMEOUT_MS),
        })
        const answer: unknown = await response.json().catch(() => undefined)
        return response.ok ? { body: answer } : { refusal: readRefusal(answer) }
      } catch (error) {
        const isSilent = error instanceof Error && error.name === 'TimeoutError'
        return { refusal: { code: isSilent ? 'relay_silent' : 'relay_unreachable' } }
      }
    },
  }
}

function readRefusal(answer: unknown): Refusal {
  const read = v.safeParse(problemSchema, answer)
  return read.success ? read.output : { code: 'refused' }
}
