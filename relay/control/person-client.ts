import { SECOND_MS } from '../../shared/time.ts'
import type { Login } from '../people/login.ts'
import type { PeoplePenalties } from '../people/penalties.ts'
import type { PeopleTokens } from '../people/tokens.ts'
import { asUnsent, type RateGroup, RingCentralError, readJson, toRingCentralError } from '../ringcentral/api.ts'
import { judge } from '../ringcentral/verdicts.ts'
import type { WayOut } from '../ringcentral/way-out.ts'

/**
 * RingCentral's API as a person who is signed in. A request is sent once: one that may have been carried out is never
 * repeated, because somebody would be called twice. Only a refused access token is replaced and the request sent again, since
 * RingCentral has then done nothing.
 */
export interface PersonClient {
  /** The answer's JSON, `undefined` when it has none. Throws a `RingCentralError`, or that the person has to sign in again. */
  send(login: Login, request: PersonRequest): Promise<unknown>
}

export interface PersonRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the person's account, from the slash on. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
  /** What RingCentral counts it as; `Light` unless given. */
  readonly group?: Exclude<RateGroup, 'Auth'>
}

/** RingCentral takes nothing more from this person until they sign in again. */
export class SignInAgainError extends Error {
  override readonly name = 'SignInAgainError'
}

/** A request that had no answer for too long; whether it was carried out is not known. */
export class UnansweredRequestError extends RingCentralError {}

/** An answer that is not what RingCentral's reference says. */
export class StrangeAnswerError extends RingCentralError {
  constructor(what: string) {
    super(`RingCentral's answer has another shape than ${what} should have`, {
      status: 200,
      codes: [],
      retryAfterMs: undefined,
    })
  }
}

/** RingCentral answers within a second, mostly, and a person who clicked waits. */
const TIMEOUT_MS = 8 * SECOND_MS

export interface PersonClientOptions {
  readonly serverUrl: string
  readonly tokens: Pick<PeopleTokens, 'ready' | 'renew'>
  readonly penalties: PeoplePenalties
  readonly wayOut: Pick<WayOut, 'fetch'>
  /** 8 s unless given. */
  readonly timeoutMs?: number
}

export function createPersonClient(options: PersonClientOptions): PersonClient {
  const { serverUrl, tokens, penalties, wayOut, timeoutMs = TIMEOUT_MS } = options

  async function sendOnce({ method, path, body }: PersonRequest, accessToken: string): Promise<unknown> {
    const response = await wayOut.fetch(`${serverUrl}/restapi/v1.0/account/~${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${accessToken}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (response.ok) return readJson(response)
    throw await toRingCentralError({ response })
  }

  async function send(login: Login, request: PersonRequest): Promise<unknown> {
    const { tokenHash, extensionId } = login
    const ready = await tokens.ready(tokenHash).catch(refuseUnsent)
    if (ready === undefined) throw new SignInAgainError('RingCentral ended the login of this person')
    const sendAs = (accessToken: string) =>
      penalties.obey({ extensionId, group: request.group ?? 'Light' }, () =>
        sendOnce(request, accessToken).catch(async (error: unknown) => {
          throw await describeFailure(error, timeoutMs)
        }),
      )
    try {
      return await sendAs(ready.accessToken)
    } catch (error) {
      if (!(error instanceof RingCentralError) || judge('person', error).kind !== 'over') throw error
      // What RingCentral refused unseen is as good as not sent.
      const renewed = await tokens.renew(tokenHash, ready).catch(refuseUnsent)
      if (renewed === undefined) throw new SignInAgainError('RingCentral ended the login of this person')
      return sendAs(renewed.accessToken)
    }
  }

  return { send }
}

function refuseUnsent(error: unknown): never {
  throw error instanceof RingCentralError ? asUnsent(error) : error
}

async function describeFailure(error: unknown, timeoutMs: number): Promise<RingCentralError> {
  if (!(error instanceof Error) || error.name !== 'TimeoutError') return toRingCentralError(error)
  return new UnansweredRequestError(`RingCentral did not answer within ${timeoutMs / SECOND_MS} s`, {
    status: undefined,
    codes: [],
    retryAfterMs: undefined,
  })
}
