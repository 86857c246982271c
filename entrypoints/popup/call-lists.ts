import { isMissed, isToReturn } from '../../shared/call/missed.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import { isAnswered } from '../../shared/metrics/tally.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { CallRow } from '../lib/store/schema.ts'
import type { TodayFigure } from './model.ts'

/** As many as are read at a glance; the reports have all of them. */
export const LAST_CALLS = 10

/** Somebody who waits to be called back. */
export interface Waiting {
  readonly numberKey: string
  /** Their last call that was not returned. */
  readonly latest: NamedCall
  /** How many there were. */
  readonly calls: number
}

/** The calls among these that are to be returned and were not, the newest first; nobody can return a withheld number. */
export function selectUnreturned<Row extends CallRow>(
  rows: readonly Row[],
  returned: ReadonlyMap<string, Returned | undefined>,
  withVoicemails: boolean,
): readonly Row[] {
  const isWaiting = (row: Row) =>
    isToReturn(row, withVoicemails) &&
    row.numberKey !== undefined &&
    returned.has(row.telephonySessionId) &&
    returned.get(row.telephonySessionId) === undefined
  return rows.filter(isWaiting).toSorted(compareStarts)
}

/** Who waits to be called back, each once, who called last first. `rows`: their calls, the newest first. */
export function listWaiting(rows: readonly NamedCall[]): readonly Waiting[] {
  const waiting = new Map<string, Waiting>()
  for (const row of rows) {
    const { numberKey } = row
    if (numberKey === undefined) continue
    const before = waiting.get(numberKey)
    waiting.set(numberKey, { numberKey, latest: before?.latest ?? row, calls: (before?.calls ?? 0) + 1 })
  }
  return [...waiting.values()]
}

/** The calls that a figure of a day is made of: of a time, the longest first. */
export function listCallsOf<Row extends CallRow>(figure: TodayFigure, rows: readonly Row[]): readonly Row[] {
  const finished = rows.filter((row) => isFinished(row))
  switch (figure) {
    case 'calls':
      return finished.toSorted(compareStarts)
    case 'answered':
      return finished.filter(isAnsweredRow).toSorted(compareStarts)
    case 'missed':
      return finished.filter(isMissed).toSorted(compareStarts)
    case 'other':
      return finished.filter((row) => !isAnsweredRow(row) && !isMissed(row)).toSorted(compareStarts)
    default: {
      const msOf = (row: CallRow) => row[`${figure}Ms`]
      return finished.filter((row) => msOf(row) > 0).toSorted((a, b) => msOf(b) - msOf(a))
    }
  }
}

function isAnsweredRow({ outcome, talkMs }: CallRow): boolean {
  return outcome !== undefined && isAnswered({ outcome, talkMs })
}

function compareStarts(a: CallRow, b: CallRow): number {
  return b.startedMs - a.startedMs
}
