import { isMissed } from '../../../shared/call/missed.ts'
import { findReturned, type Returned } from '../../../shared/metrics/returned.ts'
import { isFinished } from './finished.ts'
import type { PersonStore } from './open.ts'
import { readCallsWith } from './read.ts'
import type { CallRow } from './schema.ts'

/** Which of these calls were missed, and how each was returned; `undefined` of one that was not. */
export async function readReturned(
  store: PersonStore,
  rows: readonly CallRow[],
): Promise<ReadonlyMap<string, Returned | undefined>> {
  const missed = rows.filter(isFinished).filter(isMissed)
  const found = await Promise.all(
    missed.map(async (row) => {
      const later = row.numberKey === undefined ? [] : await readCallsWith(store, row.numberKey, row.startedMs)
      const returned = findReturned([row, ...later.filter(isFinished)]).get(row.telephonySessionId)
      return [row.telephonySessionId, returned] as const
    }),
  )
  return new Map(found)
}
