import { groupCustomerCalls } from '../../shared/metrics/customer-calls.ts'
import type { FigureTimes } from '../../shared/metrics/figures.ts'
import type { FinishedCall } from '../../shared/metrics/tally.ts'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import { isFinished } from '../lib/store/finished.ts'
import { type Result, resultOf } from './result.ts'

/** A call that has ended, with what it is grouped by. */
export interface ReportCall {
  readonly row: NamedCall & FinishedCall
  /** What figures are made of, as the row has it. */
  readonly counted: CountedFields
  /** The day on which it began, `2026-03-29`, in the agent's time zone. */
  readonly day: string
  /** The hour of that day, 0 to 23. */
  readonly hour: number
  readonly result: Result
  /** What belongs to it and is no call by itself, by its start: consultations, the room of a conference. */
  readonly parts: readonly NamedCall[]
}

/**
 * The fields of a call that figures and filters look at. They stand by themselves, in one shape for all calls: rows come in dozens
 * of shapes, and to read a field of tens of thousands of those takes many times as long.
 */
export type CountedFields = FinishedCall & FigureTimes

/** What is still going on counts when it has ended. */
export function describeCalls(rows: readonly NamedCall[], calendar: Calendar): readonly ReportCall[] {
  const finished = rows.filter(({ outcome }) => outcome !== undefined)
  const parts = new Map(groupCustomerCalls(finished).map(({ first, others }) => [first, others]))
  return finished.filter(isFinished).map((row) => ({
    row,
    counted: selectCounted(row),
    parts: parts.get(row) ?? [],
    day: calendar.dayOf(row.startedMs),
    hour: calendar.hourOf(row.startedMs),
    result: resultOf(row),
  }))
}

function selectCounted(row: CountedFields): CountedFields {
  return {
    startedMs: row.startedMs,
    direction: row.direction,
    outcome: row.outcome,
    queueName: row.queueName,
    phoneNumber: row.phoneNumber,
    isEstimate: row.isEstimate,
    ringMs: row.ringMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
    longestHoldMs: row.longestHoldMs,
    twoWayTalkMs: row.twoWayTalkMs,
    callerWaitMs: row.callerWaitMs,
  }
}
