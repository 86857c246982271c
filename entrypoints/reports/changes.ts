import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsBetween, readDays } from '../lib/store/read-range.ts'
import type { CallRow, StoredDay } from '../lib/store/schema.ts'
import { addDays, startOfDayMs } from './days.ts'
import { type LoadedCalls, type LoadedDays, splitCalls } from './loaded-range.ts'
import { describeCalls, type ReportCall } from './report-call.ts'

/** What was read of the two ranges, and besides them the calls of the last two days: most announcements are about one of these. */
export interface LoadedRanges {
  readonly days: LoadedDays
  readonly calls: LoadedCalls
  /** Including calls that go on; `undefined` when not read yet. */
  readonly recent: readonly CallRow[] | undefined
}

export interface ChangesContext {
  readonly calendar: Calendar
  /** Today, `2026-03-29`. */
  readonly today: string
}

/** Reading many days one by one takes longer than reading all. */
const MANY_DAYS = 20

/**
 * Updates the loaded ranges after an announcement, which does not say what it is about: the days whose tallies changed
 * are read again, and the last two. Days and calls stay the same objects when no figure changed, because a running call
 * is announced at each of its events. `undefined` when everything should be read again: if nothing of this changed, it
 * was something about an older call that days do not count, such as a name.
 */
export async function readChanges(
  store: ReadableStore,
  loaded: LoadedRanges,
  { calendar, today }: ChangesContext,
): Promise<LoadedRanges | undefined> {
  const { spans } = loaded.calls
  const yesterday = addDays(today, -1)
  const [stored, recent] = await Promise.all([
    readDays(store, spans.before.fromDay, spans.now.toDay),
    readCallsBetween(store, startOfDayMs(yesterday, calendar), Number.POSITIVE_INFINITY),
  ])
  const older = listChangedDays(loaded.days.days, stored).filter((day) => day < yesterday)
  if (older.length > MANY_DAYS) return undefined
  if (older.length === 0 && loaded.recent !== undefined) {
    if (isSame(loaded.recent, recent)) return undefined
    if (isSame(describeCalls(loaded.recent, calendar), describeCalls(recent, calendar))) return { ...loaded, recent }
  }
  const read = await Promise.all(older.map((day) => readDay(store, day, calendar)))
  const isStale = ({ day }: ReportCall) => day >= yesterday || older.includes(day)
  const isInSpans = ({ row }: ReportCall) => row.startedMs >= spans.before.fromMs && row.startedMs < spans.now.toMs
  const kept = [...loaded.calls.before, ...loaded.calls.now].filter((call) => !isStale(call))
  const fresh = [...read.flat(), ...describeCalls(recent, calendar)].filter(isInSpans)
  const calls = [...kept, ...fresh].sort((a, b) => a.row.startedMs - b.row.startedMs)
  return { days: { spans, days: stored }, calls: await splitCalls(store, spans, calls), recent }
}

async function readDay(store: ReadableStore, day: string, calendar: Calendar): Promise<readonly ReportCall[]> {
  const [fromMs, toMs] = [startOfDayMs(day, calendar), startOfDayMs(addDays(day, 1), calendar)]
  return describeCalls(await readCallsBetween(store, fromMs, toMs), calendar)
}

/** The days that changed, including those that appeared or disappeared. */
function listChangedDays(before: readonly StoredDay[], now: readonly StoredDay[]): readonly string[] {
  const earlier = new Map(before.map((day) => [day.day, textOf(day)]))
  const changed = now.filter((day) => earlier.get(day.day) !== textOf(day)).map(({ day }) => day)
  const present = new Set(now.map(({ day }) => day))
  return [...changed, ...before.map(({ day }) => day).filter((day) => !present.has(day))]
}

/** Each day is serialised once: a year of them is compared at every announcement. */
const texts = new WeakMap<StoredDay, string>()

function textOf(day: StoredDay): string {
  const text = texts.get(day) ?? JSON.stringify(day)
  texts.set(day, text)
  return text
}

/** Whether two values from the store are equal. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
