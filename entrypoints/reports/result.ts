import { isMissed } from '../../shared/call/missed.ts'
import { type FinishedCall, isAnswered, type Tally } from '../../shared/metrics/tally.ts'

/**
 * How calls came out, in as few words as a chart can show: `answered` and `missed` mean what they mean in the figures,
 * `unreached` are calls of mine that nobody took, `other` were declined, replied to with a message, sent on while they rang, or were
 * faxes.
 */
export const RESULTS = ['answered', 'missed', 'answeredElsewhere', 'voicemail', 'unreached', 'other'] as const
export type Result = (typeof RESULTS)[number]

/** Calls by result; they add up to all of them. */
export type ResultCounts = Readonly<Record<Result, number>>

export const NO_RESULTS: ResultCounts = {
  answered: 0,
  missed: 0,
  answeredElsewhere: 0,
  voicemail: 0,
  unreached: 0,
  other: 0,
}

/** The outcomes of a call that did not reach the one it was for; of incoming ones those that rang out are missed. */
const UNREACHED = ['missed', 'callerGaveUp', 'cancelled', 'busy', 'failed', 'notPlaced'] as const

export function resultOf(call: Pick<FinishedCall, 'direction' | 'outcome' | 'talkMs'>): Result {
  if (isAnswered(call)) return 'answered'
  if (isMissed(call)) return 'missed'
  const { outcome } = call
  if (outcome === 'answeredElsewhere' || outcome === 'voicemail') return outcome
  return UNREACHED.some((unreached) => unreached === outcome) ? 'unreached' : 'other'
}

/** The same of calls that were counted already. */
export function countResults({ calls, outcomes, answered, missed }: Tally): ResultCounts {
  const { answeredElsewhere, voicemail } = outcomes
  const unreached = UNREACHED.reduce((sum, outcome) => sum + outcomes[outcome], 0) - missed
  const other = calls - answered - missed - answeredElsewhere - voicemail - unreached
  return { answered, missed, answeredElsewhere, voicemail, unreached, other }
}
