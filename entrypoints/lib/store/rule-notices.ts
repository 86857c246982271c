import { keysOf } from './keys.ts'
import type { PersonStore, ReadableStore } from './open.ts'
import type { StoredRuleNotice } from './schema.ts'

/** What rules told the person of these sessions, the first first. */
export async function readRuleNotices(
  store: ReadableStore,
  telephonySessionIds: readonly string[],
): Promise<readonly StoredRuleNotice[]> {
  const read = await Promise.all(telephonySessionIds.map((id) => store.getAll('ruleNotices', keysOf(id))))
  return read.flat().sort((a, b) => a.receivedMs - b.receivedMs)
}

/** What they told since a moment, ms since the epoch, relay's clock. */
export function readRuleNoticesSince(store: ReadableStore, fromMs: number): Promise<StoredRuleNotice[]> {
  return store.getAllFromIndex('ruleNotices', 'byReceived', IDBKeyRange.lowerBound(fromMs))
}

/** Deletes what was told before `beforeMs` of calls that are not the person's: the others go with their call. */
export async function letRuleNoticesGo(store: PersonStore, beforeMs: number): Promise<void> {
  const tx = store.transaction(['ruleNotices', 'calls'], 'readwrite')
  const before = IDBKeyRange.upperBound(beforeMs, true)
  let cursor = await tx.objectStore('ruleNotices').index('byReceived').openCursor(before)
  while (cursor) {
    if ((await tx.objectStore('calls').getKey(cursor.value.telephonySessionId)) === undefined) await cursor.delete()
    cursor = await cursor.continue()
  }
  await tx.done
}
