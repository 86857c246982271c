import { emptyTally, mergeTallies, subtractTallies, type Tally, tallyCalls } from '../../../shared/metrics/tally.ts'
import { tallyBy } from '../../../shared/metrics/tally-by.ts'
import type { Calendar } from '../../../shared/metrics/tally-calendar.ts'
import { type FinishedRow, isFinished } from './finished.ts'
import type { PersonStore } from './open.ts'
import type { CallRow, StoredDay } from './schema.ts'

/** Keeps the tallies of days in step with the calls that they count. Imported by the background alone. */

export interface DayContext {
  readonly calendar: Calendar
  /** IANA name of the time zone that the calendar is of. */
  readonly timeZone: string
}

/** The stores of one transaction that may write. */
interface CountedStores {
  readonly calls: { get(telephonySessionId: string): Promise<CallRow | undefined> }
  readonly days: {
    get(day: string): Promise<StoredDay | undefined>
    put(day: StoredDay): Promise<unknown>
    delete(day: string): Promise<void>
  }
}

/**
 * Counts calls as they will be instead of as they are stored now; within the transaction that stores them, before it does. A
 * row that was deleted has no `after`.
 */
export async function recountCalls(
  { calls, days: stored }: CountedStores,
  changes: readonly { readonly telephonySessionId: string; readonly after: CallRow | undefined }[],
  { calendar, timeZone }: DayContext,
): Promise<void> {
  const before = await Promise.all(changes.map(({ telephonySessionId }) => calls.get(telephonySessionId)))
  const days = new Map<string, Map<number, HourChange>>()

  function note(row: CallRow | undefined, side: keyof HourChange): void {
    if (row === undefined || !isFinished(row)) return
    const day = calendar.dayOf(row.startedMs)
    const hour = calendar.hourOf(row.startedMs)
    const hours = days.get(day) ?? new Map<number, HourChange>()
    days.set(day, hours)
    const change = hours.get(hour) ?? { come: [], gone: [] }
    hours.set(hour, change)
    change[side].push(row)
  }

  for (const [index, { after }] of changes.entries()) {
    const present = before[index]
    // Most of what comes in changes no figure of a call that has ended.
    if (present !== undefined && after !== undefined && isCountedSame(present, after)) continue
    note(present, 'gone')
    note(after, 'come')
  }
  await Promise.all([...days].map(([day, hours]) => changeDay(stored, { day, timeZone }, hours)))
}

/** What changes of one hour. */
interface HourChange {
  readonly come: FinishedRow[]
  readonly gone: FinishedRow[]
}

async function changeDay(
  days: CountedStores['days'],
  { day, timeZone }: Pick<StoredDay, 'day' | 'timeZone'>,
  changes: ReadonlyMap<number, HourChange>,
): Promise<void> {
  const stored = await days.get(day)
  const hours = new Map<number, Tally>(stored?.hours.map(({ hour, tally }) => [hour, tally]))
  for (const [hour, { come, gone }] of changes) {
    const together = mergeTallies(hours.get(hour) ?? emptyTally, tallyCalls(come))
    hours.set(hour, subtractTallies(together, tallyCalls(gone)))
  }
  const left = [...hours].filter(([, { calls }]) => calls > 0).map(([hour, tally]) => ({ hour, tally }))
  if (left.length > 0) await days.put({ day, timeZone, hours: left })
  else await days.delete(day)
}

/** Counts all days afresh when they were counted in another time zone: the person has moved. */
export async function followTimeZone(store: PersonStore, context: DayContext): Promise<void> {
  // Nearly always there is nothing to do, and whoever writes keeps all others from reading meanwhile.
  const [counted] = await store.getAll('days', undefined, 1)
  if (counted === undefined || counted.timeZone === context.timeZone) return
  const tx = store.transaction(['calls', 'days'], 'readwrite')
  const rows = (await tx.objectStore('calls').getAll()).filter(isFinished)
  const grouped = tallyBy(rows, ['day', 'hour'], { timeZone: context.timeZone, country: '' })
  const days = new Map<string, { hour: number; tally: Tally }[]>()
  for (const { values, tally } of grouped.values()) {
    const hours = days.get(values.day) ?? []
    days.set(values.day, hours)
    hours.push({ hour: values.hour, tally })
  }
  await tx.objectStore('days').clear()
  const { timeZone } = context
  await Promise.all([...days].map(([day, hours]) => tx.objectStore('days').put({ day, timeZone, hours })))
  await tx.done
}

function isCountedSame(a: CallRow, b: CallRow): boolean {
  return COUNTED.every((field) => a[field] === b[field])
}

const COUNTED = [
  'startedMs',
  'direction',
  'outcome',
  'ringMs',
  'talkMs',
  'holdMs',
  'isEstimate',
] as const satisfies readonly (keyof CallRow)[]
