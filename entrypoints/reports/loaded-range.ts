import { isToReturn } from '../../shared/call/missed.ts'
import { findReturned, type Returned } from '../../shared/metrics/returned.ts'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { DAY_MS } from '../../shared/time.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsBetween, readCallsOfNumber } from '../lib/store/read-range.ts'
import type { StoredDay } from '../lib/store/schema.ts'
import { type CallGroup, groupCalls } from './call-groups.ts'
import type { Spans } from './range.ts'
import { describeCalls, type ReportCall } from './report-call.ts'

/** Days of the two ranges, as they were read for them. */
export interface LoadedDays {
  readonly spans: Spans
  readonly days: readonly StoredDay[]
}

/** Calls of the two ranges, by their start, as they were read for them. */
export interface LoadedCalls {
  readonly spans: Spans
  readonly now: readonly ReportCall[]
  readonly before: readonly ReportCall[]
  /** The same calls, those that are alike added up. */
  readonly groups: { readonly now: readonly CallGroup[]; readonly before: readonly CallGroup[] }
  /** Those of both that were missed, or came to voicemail, and were returned, by `telephonySessionId`. */
  readonly returned: ReadonlyMap<string, Returned>
}

export interface ReadingOptions {
  readonly calendar: Calendar
  /** Called after each piece with the share that was read, 0 to 1; returns whether to go on. */
  onShare(share: number): boolean
}

const PIECE_MS = 30 * DAY_MS

/** Reads both ranges in pieces, so that the page stays responsive; `undefined` when it was told to stop. */
export async function loadCalls(
  store: ReadableStore,
  spans: Spans,
  { calendar, onShare }: ReadingOptions,
): Promise<LoadedCalls | undefined> {
  const { fromMs } = spans.before
  const { toMs } = spans.now
  const calls: ReportCall[] = []
  for (let pieceMs = fromMs; pieceMs < toMs; pieceMs += PIECE_MS) {
    const rows = await readCallsBetween(store, pieceMs, Math.min(pieceMs + PIECE_MS, toMs))
    calls.push(...describeCalls(rows, calendar))
    if (!onShare(Math.min((pieceMs + PIECE_MS - fromMs) / (toMs - fromMs), 1))) return undefined
  }
  return splitCalls(store, spans, calls)
}

/** The calls by their start, all of them of the two ranges. */
export async function splitCalls(
  store: ReadableStore,
  spans: Spans,
  calls: readonly ReportCall[],
): Promise<LoadedCalls> {
  const isNow = ({ row }: ReportCall) => row.startedMs >= spans.now.fromMs
  const now = calls.filter(isNow)
  const before = calls.filter((call) => !isNow(call))
  return {
    spans,
    now,
    before,
    groups: { now: await groupCalls(now, spans.now), before: await groupCalls(before, spans.before) },
    returned: await readReturned(store, calls, spans.now.toMs),
  }
}

/** A call that was missed in the range, or came to voicemail, may have been returned after it: that is looked up by number. */
async function readReturned(
  store: ReadableStore,
  calls: readonly ReportCall[],
  endMs: number,
): Promise<ReadonlyMap<string, Returned>> {
  const rows = calls.map(({ row }) => row)
  const returned = findReturned(rows)
  const waiting = calls.filter(({ row }) => isToReturn(row, true) && !returned.has(row.telephonySessionId))
  const numberKeys = new Set(waiting.flatMap(({ row }) => row.numberKey ?? []))
  const later = await Promise.all([...numberKeys].map((numberKey) => readCallsOfNumber(store, numberKey, endMs)))
  const finished = later.flat().filter(isFinished)
  return finished.length === 0 ? returned : findReturned([...rows, ...finished])
}
