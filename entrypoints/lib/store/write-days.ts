import { TALLIED_FIGURES, type TalliedTimes, timeField } from '../../../shared/metrics/figures.ts'
import {
  emptyTally,
  type FinishedCall,
  mergeTallies,
  subtractTallies,
  type Tally,
  tallyCalls,
} from '../../../shared/metrics/tally.ts'
import { containsTally } from '../../../shared/metrics/tally-contains.ts'
import { carriedOut } from './carried-out.ts'
import { type DayContext, describeCounting } from './day-context.ts'
import { packDay, unpackDay } from './day-packs.ts'
import { type FinishedRow, isFinished } from './finished.ts'
import type { PersonStore } from './open.ts'
import type { CallRow, PackedDay, StoredDay } from './schema.ts'

/**
 * Keeps the tallies of days in step with the calls that they count. All stored days are counted in one way: as soon as that is
 * another, or something does not add up, all of them are counted again from the calls.
 */

/** The stores of one transaction that may write. */
interface CountedStores {
  readonly calls: {
    get(telephonySessionId: string): Promise<CallRow | undefined>
    getAll(): Promise<CallRow[]>
  }
  readonly days: {
    get(day: string): Promise<PackedDay | undefined>
    getAll(query: undefined, count: number): Promise<PackedDay[]>
    put(day: PackedDay): Promise<unknown>
    delete(day: string): Promise<void>
    clear(): Promise<void>
  }
}

export interface RowChange {
  readonly telephonySessionId: string
  /** The new row; `undefined`: it is deleted. */
  readonly after: CallRow | undefined
}

/**
 * Updates the tallies for calls that are about to change; called within the transaction that stores them, before it
 * does.
 */
export async function recountCalls(
  { calls, days }: CountedStores,
  changes: readonly RowChange[],
  context: DayContext,
): Promise<void> {
  const countedBy = describeCounting(context)
  const [[first], before] = await Promise.all([
    days.getAll(undefined, 1),
    Promise.all(changes.map(({ telephonySessionId }) => calls.get(telephonySessionId))),
  ])
  if (first !== undefined && first.countedBy !== countedBy) return recountAll({ calls, days }, changes, context)
  const changed = groupChanges(changes, before, context)
  const stored = await Promise.all([...changed.keys()].map((day) => days.get(day)))
  const next = [...changed].map(([day, hours], index) => changeDay({ day, countedBy, hours: [] }, stored[index], hours))
  const isSound = next.every((day) => day !== undefined)
  if (!isSound) return recountAll({ calls, days }, changes, context)
  await Promise.all(next.map((day) => (day.hours.length > 0 ? days.put(packDay(day)) : days.delete(day.day))))
}

/** The rows that join and leave the tally of one hour. */
interface HourChange {
  readonly come: FinishedRow[]
  readonly gone: FinishedRow[]
}

type ChangedDays = ReadonlyMap<string, ReadonlyMap<number, HourChange>>

function groupChanges(
  changes: readonly RowChange[],
  before: readonly (CallRow | undefined)[],
  { calendar }: DayContext,
): ChangedDays {
  const days = new Map<string, Map<number, HourChange>>()

  function count(row: CallRow | undefined, side: keyof HourChange): void {
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
    count(present, 'gone')
    count(after, 'come')
  }
  return days
}

/** The updated day; `undefined` when a call to remove was never counted there. */
function changeDay(
  empty: StoredDay,
  stored: PackedDay | undefined,
  changes: ReadonlyMap<number, HourChange>,
): StoredDay | undefined {
  const hours = new Map<number, Tally>(stored && unpackDay(stored).hours.map(({ hour, tally }) => [hour, tally]))
  for (const [hour, { come, gone }] of changes) {
    const together = mergeTallies(hours.get(hour) ?? emptyTally, tallyCalls(come))
    const taken = tallyCalls(gone)
    if (!containsTally(together, taken)) return undefined
    hours.set(hour, subtractTallies(together, taken))
  }
  const left = [...hours].filter(([, { calls }]) => calls > 0).map(([hour, tally]) => ({ hour, tally }))
  return { ...empty, hours: left }
}

/** All days from all calls, as they will be after the changes. */
async function recountAll(
  { calls, days }: CountedStores,
  changes: readonly RowChange[],
  context: DayContext,
): Promise<void> {
  const rows = new Map((await calls.getAll()).map((row) => [row.telephonySessionId, row]))
  for (const { telephonySessionId, after } of changes) {
    if (after === undefined) rows.delete(telephonySessionId)
    else rows.set(telephonySessionId, after)
  }
  await days.clear()
  await Promise.all(countDays([...rows.values()], context).map((day) => days.put(packDay(day))))
}

function countDays(rows: readonly CallRow[], context: DayContext): readonly StoredDay[] {
  const countedBy = describeCounting(context)
  const changes = rows.map((after) => ({ telephonySessionId: after.telephonySessionId, after }))
  const days = groupChanges(changes, [], context)
  return [...days].map(([day, hours]) => ({
    day,
    countedBy,
    hours: [...hours].map(([hour, { come }]) => ({ hour, tally: tallyCalls(come) })),
  }))
}

/** Counts all days afresh when they were counted in another way: the person has moved, or their zone has other rules. */
export async function followTimeZone(store: PersonStore, context: DayContext): Promise<void> {
  // There is nearly always nothing to do, and a write transaction would block all readers.
  const [counted] = await store.getAll('days', undefined, 1)
  if (counted === undefined || counted.countedBy === describeCounting(context)) return
  const tx = store.transaction(['calls', 'days'], 'readwrite')
  await carriedOut(tx, [recountAll({ calls: tx.objectStore('calls'), days: tx.objectStore('days') }, [], context)])
}

function isCountedSame(a: CallRow, b: CallRow): boolean {
  return (a.part === undefined) === (b.part === undefined) && COUNTED.every((field) => a[field] === b[field])
}

/** Whether a field of a call changes the tally of its hour; the compiler asks for it for every new field. */
const IS_COUNTED: Readonly<Record<Exclude<keyof FinishedCall, keyof TalliedTimes>, boolean>> = {
  startedMs: true,
  direction: true,
  outcome: true,
  isEstimate: true,
  // Lists are grouped by these, days are not.
  queueName: false,
  phoneNumber: false,
}
const COUNTED: readonly (keyof FinishedCall)[] = [
  ...TALLIED_FIGURES.map(timeField),
  ...(Object.keys(IS_COUNTED) as (keyof typeof IS_COUNTED)[]).filter((field) => IS_COUNTED[field]),
]
