import { isToReturn } from '../../shared/call/missed.ts'
import { createDistribution, type Distribution } from '../../shared/metrics/distribution.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import { mergeAllTallies, type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import type { StoredDay } from '../lib/store/schema.ts'
import type { Span } from './range.ts'
import type { ReportCall } from './report-call.ts'
import { countResults, NO_RESULTS, type Result, type ResultCounts } from './result.ts'
import { createSlotIndex, HOURS, listSlots, type Slot } from './slots.ts'

/** What a bar stands for: calls by result, and my own times in them, ms. */
export interface Bucket {
  readonly results: ResultCounts
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
}

export interface SlotBucket extends Bucket {
  readonly slot: Slot
}

/** What the calls of a range add up to. */
export interface SpanFigures {
  readonly tally: Tally
  /** By hour of the day, 0 to 23, all days together. */
  readonly byHour: readonly Bucket[]
  readonly bySlot: readonly SlotBucket[]
}

/** What takes every call by itself to know, and not only what days add up to. */
export interface CallFigures {
  /** Calls to return after which nobody talked with that number, up to now. */
  readonly notReturned: number
  /** Of the calls in which it happened, as far as it can be known. */
  readonly twoWayTalk: Distribution
  /** Of the incoming calls for which it can be known. */
  readonly callerWait: Distribution
}

export function figuresOfDays(days: readonly StoredDay[], span: Span): SpanFigures {
  const inSpan = days.filter(({ day }) => day >= span.fromDay && day <= span.toDay)
  const counter = createCounter(span)
  for (const { day, hours } of inSpan) {
    for (const { hour, tally } of hours) {
      counter.add(day, hour, {
        results: countResults(tally),
        ringMs: sum(tally.ring),
        talkMs: sum(tally.talk),
        holdMs: sum(tally.hold),
      })
    }
  }
  return { tally: mergeAllTallies(inSpan.flatMap(({ hours }) => hours.map(({ tally }) => tally))), ...counter.read() }
}

/** The calls are those of the range. */
export function figuresOfCalls(calls: readonly ReportCall[], span: Span): SpanFigures {
  const counter = createCounter(span)
  for (const { row, day, hour, result } of calls) counter.addCall(day, hour, result, row)
  return { tally: tallyCalls(calls.map(({ row }) => row)), ...counter.read() }
}

/**
 * `returned`: the calls that were returned, by `telephonySessionId`. `withVoicemails`: whether those that came to voicemail are to be
 * as well.
 */
export function measureCalls(
  calls: readonly ReportCall[],
  returned: ReadonlyMap<string, Returned>,
  withVoicemails: boolean,
): CallFigures {
  const isUnreturned = ({ row }: ReportCall) => isToReturn(row, withVoicemails) && !returned.has(row.telephonySessionId)
  return {
    notReturned: calls.filter(isUnreturned).length,
    twoWayTalk: createDistribution(
      collect(calls, ({ twoWayTalkMs }) => (twoWayTalkMs === 0 ? undefined : twoWayTalkMs)),
    ),
    callerWait: createDistribution(
      collect(calls, ({ direction, callerWaitMs }) => (direction === 'Inbound' ? callerWaitMs : undefined)),
    ),
  }
}

function collect(
  calls: readonly ReportCall[],
  pick: (row: ReportCall['row']) => number | undefined,
): readonly number[] {
  return calls.map(({ row }) => pick(row)).filter((ms) => ms !== undefined)
}

type Counting = { -readonly [K in keyof Bucket]: Bucket[K] extends number ? number : Record<Result, number> }
type Times = Omit<Bucket, 'results'>

/** Counts in place: a changed filter counts tens of thousands of calls while somebody waits. */
function createCounter(span: Span) {
  const slots = listSlots(span)
  const bySlot = slots.map(createCounting)
  const byHour = HOURS.map(createCounting)
  const indexOf = createSlotIndex(span)
  const bucketsOf = (day: string, hour: number) => [byHour[hour], bySlot[indexOf(day, hour)]]

  function addTimes(counting: Counting, { ringMs, talkMs, holdMs }: Times): void {
    counting.ringMs += ringMs
    counting.talkMs += talkMs
    counting.holdMs += holdMs
  }

  return {
    add: (day: string, hour: number, bucket: Bucket) => {
      for (const counting of bucketsOf(day, hour)) {
        if (counting === undefined) continue
        addTimes(counting, bucket)
        for (const result of Object.keys(NO_RESULTS) as Result[]) counting.results[result] += bucket.results[result]
      }
    },
    addCall: (day: string, hour: number, result: Result, times: Times) => {
      for (const counting of bucketsOf(day, hour)) {
        if (counting === undefined) continue
        addTimes(counting, times)
        counting.results[result] += 1
      }
    },
    read: () => ({
      byHour,
      bySlot: slots.map((slot, index) => ({ slot, ...(bySlot[index] ?? createCounting()) })),
    }),
  }
}

function createCounting(): Counting {
  return { results: { ...NO_RESULTS }, ringMs: 0, talkMs: 0, holdMs: 0 }
}

function sum({ sortedMs }: Distribution): number {
  return sortedMs.reduce((total, ms) => total + ms, 0)
}
