import { isToReturn } from '../../shared/call/missed.ts'
import { createDistribution, type Distribution, mergeDistributions } from '../../shared/metrics/distribution.ts'
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
import { countResults, NO_RESULTS, RESULTS, type Result, type ResultCounts } from './result.ts'
import { createSlotIndex, HOURS, listSlots, type Slot } from './slots.ts'

/** What a bar stands for: calls by result, and my own times in them, ms. */
export interface Bucket extends StackedTimes {
  readonly results: ResultCounts
}

/** Figures of which no moment is in two, so that bars of them may stand on each other. */
export const STACKED_FIGURES = ['ring', 'talk', 'hold'] as const satisfies readonly TalliedFigure[]
const STACKED_FIELDS = STACKED_FIGURES.map(timeField)
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
  readonly distributions: UntalliedDistributions
}

type UntalliedFigure = Exclude<FigureName, TalliedFigure>
const UNTALLIED_FIGURES = FIGURE_NAMES.filter((name): name is UntalliedFigure => !FIGURES[name].isTallied)

export function figuresOfDays(days: readonly StoredDay[], span: Span): SpanFigures {
  const inSpan = days.filter(({ day }) => day >= span.fromDay && day <= span.toDay)
  const counter = createCounter(span)
  for (const { day, hours } of inSpan) {
    for (const { hour, tally } of hours) {
      counter.add(day, hour, {
        results: countResults(tally),
        ringMs: sum(tally.distributions.ring),
        talkMs: sum(tally.distributions.talk),
        holdMs: sum(tally.distributions.hold),
      })
    }
  }
  return { tally: mergeAllTallies(inSpan.flatMap(({ hours }) => hours.map(({ tally }) => tally))), ...counter.read() }
}

/** The calls are those of the range. */
export function figuresOfCalls(calls: readonly ReportCall[], span: Span): SpanFigures {
  const counter = createCounter(span)
  for (const { counted, day, hour, result } of calls) counter.addCall(day, hour, result, counted)
  return { tally: tallyCalls(calls.map(({ counted }) => counted)), ...counter.read() }
}

/** What is added up already of parts of the same span. */
export function mergeFigures(parts: readonly SpanFigures[], span: Span): SpanFigures {
  const counter = createCounter(span)
  for (const part of parts) counter.addAll(part)
  return { tally: mergeAllTallies(parts.map(({ tally }) => tally)), ...counter.read() }
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
  return { notReturned: countUnreturned(calls, returned, withVoicemails), distributions: distributeUntallied(calls) }
}

export function countUnreturned(
  calls: readonly ReportCall[],
  returned: ReadonlyMap<string, Returned>,
  withVoicemails: boolean,
): number {
  const isUnreturned = ({ row, counted }: ReportCall) =>
    isToReturn(counted, withVoicemails) && !returned.has(row.telephonySessionId)
  return calls.filter(isUnreturned).length
}

type UntalliedDistributions = Readonly<Record<UntalliedFigure, Distribution>>

export function distributeUntallied(calls: readonly ReportCall[]): UntalliedDistributions {
  const counted = calls.map((call) => call.counted)
  return ofUntallied((name) => createDistribution(listCountedTimes(name, counted)))
}

export function mergeUntallied(parts: readonly UntalliedDistributions[]): UntalliedDistributions {
  return ofUntallied((name) => mergeDistributions(parts.map((part) => part[name])))
}

function ofUntallied(of: (name: UntalliedFigure) => Distribution): UntalliedDistributions {
  return Object.fromEntries(UNTALLIED_FIGURES.map((name) => [name, of(name)])) as Record<UntalliedFigure, Distribution>
}

type Counting = { -readonly [K in keyof Bucket]: Bucket[K] extends number ? number : Record<Result, number> }

/** Counts in place: a changed filter counts tens of thousands of calls while somebody waits. */
function createCounter(span: Span) {
  const slots = listSlots(span)
  const bySlot = slots.map(createCounting)
  const byHour = HOURS.map(createCounting)
  const indexOf = createSlotIndex(span)
  return {
    add: (day: string, hour: number, bucket: Bucket) => {
      addBucket(byHour[hour], bucket)
      addBucket(bySlot[indexOf(day, hour)], bucket)
    },
    addCall: (day: string, hour: number, result: Result, times: StackedTimes) => {
      addCall(byHour[hour], result, times)
      addCall(bySlot[indexOf(day, hour)], result, times)
    },
    addAll: (other: Pick<SpanFigures, 'byHour' | 'bySlot'>) => {
      for (const [hour, bucket] of other.byHour.entries()) addBucket(byHour[hour], bucket)
      for (const [index, bucket] of other.bySlot.entries()) addBucket(bySlot[index], bucket)
    },
    read: () => ({
      byHour,
      bySlot: slots.map((slot, index) => ({ slot, ...(bySlot[index] ?? createCounting()) })),
    }),
  }
}

function addBucket(counting: Counting | undefined, bucket: Bucket): void {
  if (counting === undefined) return
  addTimes(counting, bucket)
  for (const result of RESULTS) counting.results[result] += bucket.results[result]
}

function addCall(counting: Counting | undefined, result: Result, times: StackedTimes): void {
  if (counting === undefined) return
  addTimes(counting, times)
  counting.results[result] += 1
}

function addTimes(counting: Counting, times: StackedTimes): void {
  for (const field of STACKED_FIELDS) counting[field] += times[field]
}

function createCounting(): Counting {
  return { results: { ...NO_RESULTS }, ringMs: 0, talkMs: 0, holdMs: 0 }
}

function sum({ sortedMs }: Distribution): number {
  return sortedMs.reduce((total, ms) => total + ms, 0)
}
