import { randomUUID } from 'node:crypto'
import { SDK } from '@ringcentral/sdk'
import * as v from 'valibot'
import { SECOND_MS } from '../shared/time.ts'

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

  constructor(message: string, facts: Pick<RingCentralError, 'status' | 'codes' | 'retryAfterMs'>) {
    super(message)
    this.status = facts.status
    this.codes = facts.codes
    this.retryAfterMs = facts.retryAfterMs
  }
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** The API as the user whom the JWT belongs to. */
export interface ServiceClient {
  /** The answer's JSON, `undefined` when it has none. Throws a {@link RingCentralError}. */
  send(request: ApiRequest): Promise<unknown>
}

export function createSdk({ serverUrl, clientId, clientSecret }: AppCredentials): SDK {
  return new SDK({
    server: serverUrl,
    clientId,
    clientSecret,
    // The SDK keeps tokens in one store per process: without a prefix of its own each client would use the last one's.
    cachePrefix: `ringside-${randomUUID()}-`,
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
    Request,
    Response,
    Headers,
  })
}

/**
 * Logs in with the JWT when it has to, also in place of a refresh that is not possible, and never twice at the same time:
 * logins are limited to five a minute.
 */
export function createServiceClient(sdk: SDK, jwt: string): ServiceClient {
  const platform = sdk.platform()
  let opening: Promise<void> | undefined

  async function openSession(): Promise<void> {
    if (await platform.auth().refreshTokenValid()) {
      try {
        await platform.refresh()
        return
      } catch (error) {
        const { status } = await toRingCentralError(error)
        // A refused refresh token is spent; anything else would be refused to the JWT as well.
        if (status !== 400 && status !== 401) throw error
      }
    }
    await platform.login({ jwt })
  }

  async function ensureSession(): Promise<void> {
    if (await platform.auth().accessTokenValid()) return
    opening ??= openSession().finally(() => {
      opening = undefined
    })
    await opening
  }

  async function sendOnce({ method, path, body }: ApiRequest): Promise<unknown> {
    await ensureSession()
    // With `retry` set the SDK throws at once, instead of refreshing by itself.
    return readJson(await platform.send({ method, url: path, body, retry: true }))
  }

  return {
    async send(request) {
      try {
        try {
          return await sendOnce(request)
        } catch (error) {
          if ((await toRingCentralError(error)).status !== 401) throw error
          await platform.auth().cancelAccessToken()
          return await sendOnce(request)
        }
      } catch (error) {
        throw await toRingCentralError(error)
      }
    },
  }
}

export async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

const errorBody = v.object({
  errorCode: v.optional(v.string()),
  error: v.optional(v.string()),
  errors: v.optional(v.array(v.object({ errorCode: v.optional(v.string()) }))),
})

/** Takes from an error of the SDK what may be told; the error itself holds the request and its secrets. */
export async function toRingCentralError(error: unknown): Promise<RingCentralError> {
  if (error instanceof RingCentralError) return error
  const response = responseOf(error)
  if (response === undefined) {
    return new RingCentralError(describeMissingAnswer(error), { status: undefined, codes: [], retryAfterMs: undefined })
  }
  const codes = await readCodes(response)
  const retryAfterS = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new RingCentralError(`RingCentral answered ${response.status} ${codes.join(' ')}`.trim(), {
    status: response.status,
    codes,
    retryAfterMs: Number.isFinite(retryAfterS) ? retryAfterS * SECOND_MS : undefined,
  })
}

/** Not `instanceof Response`: the HTTP server puts a class of its own in the global one's place. */
function responseOf(error: unknown): Response | undefined {
  const response = typeof error === 'object' && error !== null && 'response' in error ? error.response : undefined
  return typeof response === 'object' && response !== null && 'status' in response ? (response as Response) : undefined
}

async function readCodes(response: Response): Promise<readonly string[]> {
  try {
    const { errorCode, errors, error } = v.parse(errorBody, await response.clone().json())
    const all = [errorCode, ...(errors ?? []).map((one) => one.errorCode), error]
    return [...new Set(all.filter((code) => code !== undefined))]
  } catch {
    return []
  }
}

function describeMissingAnswer(error: unknown): string {
  if (v.isValiError(error)) {
    const [issue] = error.issues
    return `RingCentral's answer has another shape: ${v.getDotPath(issue) ?? 'it'} should be ${issue.expected}`
  }
  if (!(error instanceof Error)) return `RingCentral did not answer: ${String(error)}`
  // `fetch` says only that it failed; why is in the cause.
  const { cause } = error
  return `RingCentral did not answer: ${cause instanceof Error && cause.message !== '' ? cause.message : error.message}`
}
