import type { ActOutcome } from '../../shared/protocol/act.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { isOwnAnswer, isRefusal, MIN_PENALTY_MS } from '../ringcentral/verdicts.ts'
import { SignInAgainError } from './person-client.ts'
import { wordsOf } from './refusal.ts'

/** What came of asking RingCentral for an act, as its record tells. */
export interface ActAnswer {
  readonly outcome: ActOutcome
  /** RingCentral's, where it answered with one. */
  readonly status?: number
  readonly words?: string
  readonly retryAfterMs?: number
}

export const DONE: ActAnswer = { outcome: 'done' }

/** What a failure says of the act; throws what is no failure of RingCentral's. */
export function describeActFailure(error: unknown): ActAnswer {
  if (error instanceof SignInAgainError) return { outcome: 'failed', words: error.message }
  if (!(error instanceof RingCentralError)) throw error
  const { status, retryAfterMs } = error
  const outcome = outcomeOf(error)
  return {
    outcome,
    ...(status !== undefined && { status }),
    words: wordsOf(error) || error.message,
    ...(outcome === 'limited' && { retryAfterMs: retryAfterMs ?? MIN_PENALTY_MS }),
  }
}

function outcomeOf(error: RingCentralError): ActOutcome {
  const { status, isUnsent, retryAfterMs } = error
  if (status === 429 || (isUnsent && retryAfterMs !== undefined)) return 'limited'
  if (isUnsent) return 'failed'
  if (status === 409 || (status === 404 && isOwnAnswer(error))) return 'tooLate'
  // Something on the way that refuses in RingCentral's place passes nothing on.
  if (isRefusal(status)) return isOwnAnswer(error) ? 'refused' : 'failed'
  return 'unknown'
}
