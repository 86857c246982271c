import { isToReturn } from '../call/missed.ts'
import { type FinishedCall, isAnswered } from './tally.ts'

/** What tells whether a call that was missed, or came to the person's voicemail, was returned. */
export interface ReturnableCall extends Pick<FinishedCall, 'startedMs' | 'direction' | 'outcome' | 'talkMs'> {
  readonly telephonySessionId: string
  /** The number in canonical form, equal for all its spellings; absent when it was withheld. */
  readonly numberKey?: string
}

/** The first conversation with the same number after it. */
export interface Returned {
  readonly telephonySessionId: string
  readonly startedMs: number
  /** Whether the person called back, or the other side called again. */
  readonly how: 'calledBack' | 'calledAgain'
}

/**
 * By call that was missed or came to voicemail (`telephonySessionId`), how it was returned; one that was not is not there. A withheld number can't be
 * called, so it is never returned. The calls in any order.
 */
export function findReturned(calls: readonly ReturnableCall[]): ReadonlyMap<string, Returned> {
  const returned = new Map<string, Returned>()
  const waiting = new Map<string, string[]>()
  for (const call of calls.toSorted((a, b) => a.startedMs - b.startedMs)) {
    const { telephonySessionId, startedMs, direction, numberKey } = call
    if (numberKey === undefined) continue
    if (isToReturn(call, true)) {
      const missed = waiting.get(numberKey)
      if (missed === undefined) waiting.set(numberKey, [telephonySessionId])
      else missed.push(telephonySessionId)
    } else if (isAnswered(call)) {
      const how = direction === 'Outbound' ? 'calledBack' : 'calledAgain'
      for (const id of waiting.get(numberKey) ?? []) returned.set(id, { telephonySessionId, startedMs, how })
      waiting.delete(numberKey)
    }
  }
  return returned
}
