import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ProblemCode } from '../../shared/protocol/http/problem.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { respondProblem } from '../http/problem.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { isOwnAnswer, MIN_PENALTY_MS } from '../ringcentral/verdicts.ts'
import { SignInAgainError, UnansweredRequestError } from './person-client.ts'

/** RingCentral's refusals in words for the person who clicked. */

interface Kind {
  readonly status: ContentfulStatusCode
  readonly code: ProblemCode
  /** What it means; RingCentral's own words follow. */
  readonly meaning: string
}

const BY_STATUS: Readonly<Record<number, Kind>> = {
  400: { status: 400, code: 'invalid_request', meaning: 'RingCentral does not take this request' },
  403: { status: 403, code: 'forbidden', meaning: 'RingCentral does not allow this to you' },
  404: { status: 404, code: 'not_there', meaning: 'RingCentral does not find this: the call may be over' },
  409: { status: 409, code: 'wrong_state', meaning: 'The call is in no state for this' },
}

const BY_CODE: Readonly<Record<string, Kind>> = {
  'CMN-401': {
    status: 403,
    code: 'app_permission_missing',
    meaning: 'The app in the RingCentral console lacks a permission, CallControl for calls: ask your administrator',
  },
  'CMN-408': {
    status: 403,
    code: 'permission_missing',
    meaning: 'Your RingCentral role does not allow this: ask your administrator',
  },
}

const FAILED: Kind = { status: 502, code: 'ringcentral_failed', meaning: 'RingCentral failed: try again in a moment' }

/** What RingCentral said, in its words for people or else in its codes. */
export function wordsOf(error: RingCentralError): string {
  return error.words ?? error.codes.join(' ')
}

/** The answer to a person whose request failed at RingCentral, and `more` for programs; throws what is no failure of RingCentral's. */
export function respondRefusal(c: Context, error: unknown, more: Readonly<Record<string, unknown>> = {}): Response {
  if (error instanceof SignInAgainError) {
    return respondProblem(c, {
      status: 403,
      code: 'sign_in_again',
      detail: 'RingCentral has ended your login: sign in again.',
    })
  }
  if (!(error instanceof RingCentralError)) throw error
  if (error.status === 429) return respondBusy(c, error)
  if (error instanceof UnansweredRequestError) {
    return respondProblem(c, {
      status: 504,
      code: 'ringcentral_silent',
      detail: 'RingCentral did not answer in time: if it was done all the same, the call itself will show it.',
    })
  }
  if (error.status === undefined) {
    return respondProblem(c, {
      status: 502,
      code: 'ringcentral_unreachable',
      detail: 'The connection to RingCentral failed: if it was done all the same, the call itself will show it.',
    })
  }
  const { status, code, meaning } = kindOf(error)
  const { words } = error
  const detail = words === undefined ? `${meaning}.` : `${meaning}. RingCentral says: ${words}`
  return respondProblem(c, { status, code, detail, reason: words, ringCentralCodes: error.codes, ...more })
}

/**
 * A status alone may be that of something on the way, and then says nothing of the call or of what the person may do. Only 409
 * is a word that no other fault has.
 */
function kindOf(error: RingCentralError): Kind {
  if (!isOwnAnswer(error) && error.status !== 409) return FAILED
  const known = error.codes.map((code) => BY_CODE[code]).find((kind) => kind !== undefined)
  return known ?? BY_STATUS[error.status ?? 0] ?? FAILED
}

function respondBusy(c: Context, { retryAfterMs }: RingCentralError): Response {
  const retryAfterS = Math.ceil((retryAfterMs ?? MIN_PENALTY_MS) / SECOND_MS)
  return respondProblem(c, {
    status: 503,
    code: 'ringcentral_busy',
    detail: `RingCentral takes no more requests from you for ${retryAfterS} seconds: try again then.`,
    retryAfterS,
  })
}
