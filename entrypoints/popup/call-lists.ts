import { isMissed, isToReturn } from '../../shared/call/missed.ts'
import type { Returned } from '../../shared/metrics/returned.ts'
import { isAnswered } from '../../shared/metrics/tally.ts'
import { isFinished } from '../lib/store/finished.ts'
import type { CallRow } from '../lib/store/schema.ts'
import type { TodayFigure } from './model.ts'

/**
 * The last calls, those still to be returned first, otherwise in the order given. `withVoicemails`: whether calls that
 * reached the voicemail are to be returned, too.
 */
export function putMissedFirst(
  rows: readonly CallRow[],
  returned: ReadonlyMap<string, Returned | undefined>,
  withVoicemails: boolean,
): readonly CallRow[] {
  const isWaiting = (row: CallRow) =>
    isToReturn(row, withVoicemails) &&
    row.numberKey !== undefined &&
    returned.has(row.telephonySessionId) &&
    returned.get(row.telephonySessionId) === undefined
  return [...rows.filter(isWaiting), ...rows.filter((row) => !isWaiting(row))]
}

/** The calls that a figure of a day is made of: of a time, the longest first. */
export function listCallsOf(figure: TodayFigure, rows: readonly CallRow[]): readonly CallRow[] {
  const finished = rows.filter(isFinished)
  switch (figure) {
    case 'calls':
      return finished.toSorted(compareStarts)
    case 'answered':
      return finished.filter(isAnswered).toSorted(compareStarts)
    case 'missed':
      return finished.filter(isMissed).toSorted(compareStarts)
    case 'other':
      return finished.filter((row) => !isAnswered(row) && !isMissed(row)).toSorted(compareStarts)
    default: {
      const msOf = (row: CallRow) => row[`${figure}Ms`]
      return finished.filter((row) => msOf(row) > 0).toSorted((a, b) => msOf(b) - msOf(a))
    }
  }
}

function compareStarts(a: CallRow, b: CallRow): number {
  return b.startedMs - a.startedMs
}
