import { isToReturn } from '../../shared/call/missed.ts'
import { createDistribution, type Distribution } from '../../shared/metrics/distribution.ts'
import {
  FIGURE_NAMES,
  FIGURES,
  type FigureName,
  type FigureTimes,
  listCountedTimes,
  type TalliedFigure,
  type TimeField,
  timeField,
} from '../../shared/metrics/figures.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import { mergeAllTallies, type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import type { StoredDay } from '../lib/store/schema.ts'
import type { Span } from './range.ts'
import type { ReportCall } from './report-call.ts'
import { countResults, NO_RESULTS, type Result, type ResultCounts } from './result.ts'
import { createSlotIndex, HOURS, listSlots, type Slot } from './slots.ts'

/** What a bar stands for: calls by result, and my own times in them, ms. */
export interface Bucket extends StackedTimes {
  readonly results: ResultCounts
}

/** Figures of which no moment is in two, so that bars of them may stand on each other. */
export const STACKED_FIGURES = ['ring', 'talk', 'hold'] as const satisfies readonly TalliedFigure[]
type StackedTimes = Pick<FigureTimes, TimeField<(typeof STACKED_FIGURES)[number]>>

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
  /** The figures that days do not hold. */
  readonly distributions: Readonly<Record<UntalliedFigure, Distribution>>
}

type UntalliedFigure = Exclude<FigureName, TalliedFigure>

export function figuresOfDays(days: readonly StoredDay[], span: Span): SpanFigures {
  const inSpan = days.filter(({ day }) => day >= span.fromDay && day <= span.toDay)
  const counter = createCounter(span)
  for (const { day, hours } of inSpan) {
    for (const { hour, tally } of hours) {
      counter.add(day, hour, {
        results: countResults(tally),
        ...stackedTimes((name) => sum(tally.distributions[name])),
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
    distributions: Object.fromEntries(
      FIGURE_NAMES.filter((name) => !FIGURES[name].isTallied).map((name) => [name, distribute(name, calls)]),
    ) as Record<UntalliedFigure, Distribution>,
  }
}

function distribute(name: FigureName, calls: readonly ReportCall[]): Distribution {
  return createDistribution(
    listCountedTimes(
      name,
      calls.map(({ row }) => row),
    ),
  )
}

type Counting = { -readonly [K in keyof Bucket]: Bucket[K] extends number ? number : Record<Result, number> }

/** Counts in place: a changed filter counts tens of thousands of calls while somebody waits. */
function createCounter(span: Span) {
  const slots = listSlots(span)
  const bySlot = slots.map(createCounting)
  const byHour = HOURS.map(createCounting)
  const indexOf = createSlotIndex(span)
  const bucketsOf = (day: string, hour: number) => [byHour[hour], bySlot[indexOf(day, hour)]]

  function addTimes(counting: Counting, times: StackedTimes): void {
    for (const name of STACKED_FIGURES) counting[timeField(name)] += times[timeField(name)]
  }

  return {
    add: (day: string, hour: number, bucket: Bucket) => {
      for (const counting of bucketsOf(day, hour)) {
        if (counting === undefined) continue
        addTimes(counting, bucket)
        for (const result of Object.keys(NO_RESULTS) as Result[]) counting.results[result] += bucket.results[result]
      }
    },
    addCall: (day: string, hour: number, result: Result, times: StackedTimes) => {
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
  return { results: { ...NO_RESULTS }, ...stackedTimes(() => 0) }
}

function stackedTimes(of: (name: (typeof STACKED_FIGURES)[number]) => number): StackedTimes {
  return Object.fromEntries(STACKED_FIGURES.map((name) => [timeField(name), of(name)])) as unknown as StackedTimes
}

function sum({ sortedMs }: Distribution): number {
  return sortedMs.reduce((total, ms) => total + ms, 0)
}
