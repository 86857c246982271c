import { isToReturn } from '../../../shared/call/missed.ts'
import { findReturned, type Returned } from '../../../shared/metrics/returned.ts'
import { isFinished } from './finished.ts'
import type { ReadableStore } from './open.ts'
import { readCallsWith } from './read.ts'
import type { CallRow } from './schema.ts'

/** Which of these calls were missed or came to voicemail, and how each was returned; `undefined` of one that was not. */
export async function readReturned(
  store: ReadableStore,
  rows: readonly CallRow[],
): Promise<ReadonlyMap<string, Returned | undefined>> {
  const waiting = rows.filter(isFinished).filter((row) => isToReturn(row, true))
  const found = await Promise.all(
    waiting.map(async (row) => {
      const later = row.numberKey === undefined ? [] : await readCallsWith(store, row.numberKey, row.startedMs)
      const returned = findReturned([row, ...later.filter(isFinished)]).get(row.telephonySessionId)
      return [row.telephonySessionId, returned] as const
    }),
  )
  return new Map(found)
}
