import { randomUUID } from 'node:crypto'
import { SDK } from '@ringcentral/sdk'
import * as v from 'valibot'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { describeMissingAnswer, LateAnswerError } from './missing-answer.ts'
import { isOwnAnswer, isRefusal } from './verdicts.ts'
import { openWayOut, type WayOut } from './way-out.ts'

/** RingCentral's API as the relay uses it: the official SDK, with a time-out, and failures as one kind of error. */

/** RingCentral promises no answer time; a webhook handshake alone may take three seconds of a create call. */
const REQUEST_TIMEOUT_MS = 15 * SECOND_MS

export interface AppCredentials {
  readonly serverUrl: string
  readonly clientId: string
  readonly clientSecret: string
}

/** A request that RingCentral refused or did not answer. */
export class RingCentralError extends Error {
  override readonly name = 'RingCentralError'
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined
  /** RingCentral's stable words for what is wrong, like `SUB-521`; branch on these, never on the message. */
  readonly codes: readonly string[]
  /** How long RingCentral asks to wait, in ms; `undefined` when it does not say. */
  readonly retryAfterMs: number | undefined
  /** The permission that is missing, where RingCentral names it. */
  readonly permission: string | undefined
  /** The login was refused for good: nothing can be sent with these credentials. */
  readonly isLoginRefused: boolean
  /** When RingCentral answered, as in {@link ApiAnswer}. */
  readonly atMs: number | undefined
  /** What it says to people, if anything. Not for the relay's log: it may name somebody. */
  readonly words: string | undefined
  /** RingCentral certainly has not been asked. */
  readonly isUnsent: boolean

  constructor(message: string, facts: RingCentralErrorFacts) {
    super(message)
    this.status = facts.status
    this.codes = facts.codes
    this.retryAfterMs = facts.retryAfterMs
    this.permission = facts.permission
    this.isLoginRefused = facts.isLoginRefused ?? false
    this.atMs = facts.atMs
    this.words = facts.words
    this.isUnsent = facts.isUnsent ?? false
  }
}

export interface RingCentralErrorFacts {
  readonly status: number | undefined
  readonly codes: readonly string[]
  readonly retryAfterMs: number | undefined
  readonly permission?: string | undefined
  readonly isLoginRefused?: boolean
  readonly atMs?: number | undefined
  readonly words?: string | undefined
  readonly isUnsent?: boolean
}

/** Requests of one group are limited together. Source: RingCentral developer guide, rate limits. */
export type RateGroup = 'Light' | 'Medium' | 'Heavy' | 'Auth'

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  /** Which limit it counts towards; Light unless given. */
  readonly group?: Exclude<RateGroup, 'Auth'>
}

/** The API as the user whom the JWT belongs to. */
export interface ServiceClient {
  /** The answer's JSON, `undefined` when it has none. Throws a {@link RingCentralError}. */
  send(request: ApiRequest): Promise<unknown>
}

export interface ApiAnswer {
  /** The answer's JSON, `undefined` when it has none. */
  readonly body: unknown
  /** When RingCentral answered, ms since the epoch on its clock, in whole seconds; `undefined` when it does not say. */
  readonly atMs: number | undefined
}

/** The same, for those to whom it matters when RingCentral answered. */
export interface TimedServiceClient extends ServiceClient {
  /** Throws a {@link RingCentralError}. */
  sendTimed(request: ApiRequest): Promise<ApiAnswer>
}

export interface SdkOptions {
  /** How long an answer may take, in ms; {@link REQUEST_TIMEOUT_MS} unless given. */
  readonly timeoutMs?: number
  /** Ends what is under way. */
  readonly signal?: AbortSignal
  /** Straight unless given. */
  readonly wayOut?: WayOut
}

const STRAIGHT = openWayOut({ httpsProxy: undefined, noProxy: undefined })

export function createSdk({ serverUrl, clientId, clientSecret }: AppCredentials, options: SdkOptions = {}): SDK {
  const { timeoutMs = REQUEST_TIMEOUT_MS, signal, wayOut = STRAIGHT } = options
  return new SDK({
    server: serverUrl,
    clientId,
    clientSecret,
    // The SDK keeps tokens in one store per process: without a prefix of its own each client would use the last one's.
    cachePrefix: `ringside-${randomUUID()}-`,
    fetch(request) {
      const late = AbortSignal.timeout(timeoutMs)
      const ends = signal === undefined ? late : AbortSignal.any([late, signal])
      return wayOut.fetch(request, { signal: ends }).catch((error: unknown) => {
        throw late.aborted ? new LateAnswerError(timeoutMs) : error
      })
    },
    Request: wayOut.Request,
    Response: wayOut.Response,
    Headers: wayOut.Headers,
  })
}

export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    // The parser's own words would quote the answer.
    throw new RingCentralError(`RingCentral's answer should be JSON, but is not (${response.status})`, {
      status: undefined,
      codes: [],
      retryAfterMs: undefined,
    })
  }
}

/** An OAuth word or a code of RingCentral's: whatever else stands there may be somebody else's text. */
const code = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))
const maybeCode = v.fallback(v.optional(code), undefined)
const maybeWords = v.fallback(v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(500))), undefined)
const errorBody = v.object({
  message: maybeWords,
  errorCode: maybeCode,
  error: maybeCode,
  errors: v.fallback(
    v.optional(
      v.array(
        v.fallback(v.object({ errorCode: maybeCode, permissionName: maybeCode }), {
          errorCode: undefined,
          permissionName: undefined,
        }),
      ),
    ),
    undefined,
  ),
})

/** Takes from an error of the SDK what may be told; the error itself holds the request and its secrets. */
export async function toRingCentralError(error: unknown): Promise<RingCentralError> {
  if (error instanceof RingCentralError) return error
  const response = responseOf(error)
  if (response === undefined) {
    return new RingCentralError(describeMissingAnswer(error), {
      status: undefined,
      codes: [],
      retryAfterMs: undefined,
      isUnsent: isUnsent(error),
    })
  }
  const { codes, permission, words } = await readErrorBody(response)
  return new RingCentralError(describeAnswer(response.status, codes), {
    status: response.status,
    codes,
    retryAfterMs: readRetryAfterMs(response),
    permission,
    words,
    atMs: parseDate(response),
  })
}

/** The same failure, of a request that depends on another one and was not sent because that failed. */
export function asUnsent(failure: RingCentralError): RingCentralError {
  return new RingCentralError(failure.message, { ...failure, isUnsent: true })
}

/** No connection was made: to the network, a proxy, or what a certificate speaks for. */
const UNCONNECTED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function isUnsent(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause && UNCONNECTED.has(cause.code)
}

/** Not `instanceof Response`: the HTTP server puts a class of its own in the global one's place. */
function responseOf(error: unknown): Response | undefined {
  const response = typeof error === 'object' && error !== null && 'response' in error ? error.response : undefined
  return typeof response === 'object' && response !== null && 'status' in response ? (response as Response) : undefined
}

async function readErrorBody(response: Response): Promise<Pick<RingCentralError, 'codes' | 'permission' | 'words'>> {
  try {
    const { message, errorCode, errors = [], error } = v.parse(errorBody, await response.clone().json())
    const all = [errorCode, ...errors.map((one) => one.errorCode), error]
    return {
      codes: [...new Set(all.filter((code) => code !== undefined))],
      permission: errors.find(({ permissionName }) => permissionName !== undefined)?.permissionName,
      words: message,
    }
  } catch {
    return { codes: [], permission: undefined, words: undefined }
  }
}

function describeAnswer(status: number, codes: readonly string[]): string {
  const answer = `RingCentral answered ${status} ${codes.join(' ')}`.trim()
  if (!isRefusal(status) || isOwnAnswer({ codes })) return answer
  return `${answer} without a code of its own: something on the way, like a proxy or a firewall, may have answered in its place`
}

/** When the answer was made, by its own word. */
export function parseDate({ headers }: Response): number | undefined {
  const ms = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(ms) ? undefined : ms
}

/**
 * RingCentral counts by the minute. Who asks for more is a page of maintenance on the way, which may name a day and be gone in an
 * hour; to ask once in a while harms nobody, and no call arrives until then.
 */
const MAX_RETRY_AFTER_MS = 15 * MINUTE_MS

/** Seconds, or the moment until which to wait by the answer's own clock. At least a second: less is no pause. */
function readRetryAfterMs(response: Response): number | undefined {
  const text = response.headers.get('retry-after')
  if (text === null) return undefined
  const untilMs = Date.parse(text)
  const ms = /^\d+(\.\d+)?$/.test(text.trim())
    ? Number(text) * SECOND_MS
    : untilMs - (parseDate(response) ?? Number.NaN)
  return Number.isNaN(ms) ? undefined : Math.min(MAX_RETRY_AFTER_MS, Math.max(SECOND_MS, ms))
}
