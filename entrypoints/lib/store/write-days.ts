import type { FinishedCall, Tally } from '../../../shared/metrics/tally.ts'
import { emptyTally } from '../../../shared/metrics/tally.ts'
import { tallyBy } from '../../../shared/metrics/tally-by.ts'
import type { Calendar } from '../../../shared/metrics/tally-calendar.ts'
import { addCall, removeCall } from '../../../shared/metrics/tally-change.ts'
import { isFinished } from './finished.ts'
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
  const days = new Map<string, Map<number, Tally>>()

  async function change(row: CallRow | undefined, apply: (tally: Tally, call: FinishedCall) => Tally): Promise<void> {
    if (row === undefined || !isFinished(row)) return
    const day = calendar.dayOf(row.startedMs)
    const hour = calendar.hourOf(row.startedMs)
    const hours = days.get(day) ?? (await readHours(stored, day))
    days.set(day, hours)
    hours.set(hour, apply(hours.get(hour) ?? emptyTally, row))
  }

  for (const [index, { after }] of changes.entries()) {
    const present = before[index]
    // Most of what comes in changes no figure of a call that has ended.
    if (present !== undefined && after !== undefined && isCountedSame(present, after)) continue
    await change(present, removeCall)
    await change(after, addCall)
  }
  await Promise.all([...days].map(([day, hours]) => putDay(stored, { day, timeZone, hours: listHours(hours) })))
}

/** Counts all days afresh when they were counted in another time zone: the person has moved. */
export async function followTimeZone(store: PersonStore, context: DayContext): Promise<void> {
  const tx = store.transaction(['calls', 'days'], 'readwrite')
  const counted = await tx.objectStore('days').openCursor()
  if (counted !== null && counted.value.timeZone !== context.timeZone) {
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
  }
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

async function readHours(days: CountedStores['days'], day: string): Promise<Map<number, Tally>> {
  const stored = await days.get(day)
  return new Map(stored?.hours.map(({ hour, tally }) => [hour, tally]))
}

function listHours(hours: ReadonlyMap<number, Tally>): StoredDay['hours'] {
  return [...hours].filter(([, { calls }]) => calls > 0).map(([hour, tally]) => ({ hour, tally }))
}

async function putDay(days: CountedStores['days'], day: StoredDay): Promise<void> {
  if (day.hours.length > 0) await days.put(day)
  else await days.delete(day.day)
}
