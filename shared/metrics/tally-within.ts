import { countUpTo } from './distribution.ts'
import type { Tally } from './tally.ts'

/** How many incoming calls were answered in time, what is usually called the service level. */
export interface AnsweredWithin {
  readonly count: number
  /** Of the incoming calls that were answered, from 0 to 1; `undefined` when none was. */
  readonly shareOfAnswered: number | undefined
  /** Of the incoming calls that were the person's to answer, from 0 to 1; `undefined` when none was. */
  readonly shareOfOffered: number | undefined
}

/** Answered after `limitMs` of ringing or less. */
export function selectAnsweredWithin({ answeredRing, offered }: Tally, limitMs: number): AnsweredWithin {
  const count = countUpTo(answeredRing, limitMs)
  const answered = answeredRing.sortedMs.length
  return {
    count,
    shareOfAnswered: answered === 0 ? undefined : count / answered,
    shareOfOffered: offered === 0 ? undefined : count / offered,
  }
}
