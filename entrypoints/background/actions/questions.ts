import { numberKey } from '../../../shared/number/key.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** Which calls are questions: placed to ask somebody about a caller who waits meanwhile. */
export interface Questions {
  /** Notes that this call was placed to ask about that one. */
  note(questionId: string, callerId: string): void
  /** The caller whom the person asks about in this call, of those that go on; `undefined`: it is no question. */
  callerOf(row: CallRow, rows: readonly CallRow[]): CallRow | undefined
  /** Forgets what is about calls that are gone. */
  keep(rows: readonly CallRow[]): void
}

/**
 * A question is a call that was asked for as one. A call to a colleague that was dialled while a caller was on hold is taken for
 * one as well, so that it may be asked at the phone; a call to anybody outside is not: two customers are not put together by mistake.
 *
 * `country`: ISO 3166, whose number format short numbers are told from.
 */
export function createQuestions(country: string): Questions {
  const noted = new Map<string, string>()

  function guess(row: CallRow, rows: readonly CallRow[]): CallRow | undefined {
    if (row.direction !== 'Outbound' || numberKey(row.phoneNumber, country).kind !== 'extension') return undefined
    return rows
      .filter(({ phase, startedMs }) => phase === 'onHold' && startedMs < row.startedMs)
      .toSorted((a, b) => b.startedMs - a.startedMs)[0]
  }

  return {
    note: (questionId, callerId) => void noted.set(questionId, callerId),
    callerOf: (row, rows) => {
      if (!GOES_ON.has(row.phase)) return undefined
      const others = rows.filter((one) => one.telephonySessionId !== row.telephonySessionId)
      const callerId = noted.get(row.telephonySessionId)
      const caller = others.find(({ telephonySessionId }) => telephonySessionId === callerId)
      return caller !== undefined && CONNECTED.has(caller.phase) ? caller : guess(row, others)
    },
    keep: (rows) => {
      const ids = new Set(rows.map(({ telephonySessionId }) => telephonySessionId))
      // The event of a call that has just been placed may still be on its way: it goes with the caller.
      for (const [questionId, callerId] of noted) if (!ids.has(callerId)) noted.delete(questionId)
    },
  }
}

const CONNECTED: ReadonlySet<CallRow['phase']> = new Set(['talking', 'onHold'])
const GOES_ON: ReadonlySet<CallRow['phase']> = new Set(['calling', 'talking', 'onHold'])
