import { DAY_MS } from '../../../shared/time.ts'
import type { PersonStore } from './open.ts'
import type { SeenRecord } from './schema.ts'

/** How long a record is kept, and offered, after it was last seen. */
export const RECORDS_KEPT_MS = 90 * DAY_MS
/** Maximum records per number, as many as a person would look through. */
const MAX_PER_NUMBER = 5

/** Saves that a record showed a number, and deletes what is too old or too many. */
export async function writeSeenRecord(store: PersonStore, record: SeenRecord): Promise<void> {
  const tx = store.transaction('records', 'readwrite')
  const before = await tx.store.get([record.numberKey, record.url])
  // What the CRM said of it is worth more than what its page is called.
  await tx.store.put(before?.toldBy === undefined ? record : { ...before, seenMs: record.seenMs })
  const old = await tx.store.index('bySeen').getAllKeys(IDBKeyRange.upperBound(record.seenMs - RECORDS_KEPT_MS))
  const ofNumber = await tx.store.getAll(IDBKeyRange.bound([record.numberKey], [record.numberKey, []]))
  const tooMany = ofNumber.sort((a, b) => b.seenMs - a.seenMs).slice(MAX_PER_NUMBER)
  const keys = [...old, ...tooMany.map(({ numberKey, url }): [string, string] => [numberKey, url])]
  await Promise.all([...keys.map((key) => tx.store.delete(key)), tx.done])
}

/** Saves which records the CRM says have a number; those of before that it no longer names are deleted. */
export async function writeToldRecords(
  store: PersonStore,
  numberKey: string,
  records: readonly Omit<SeenRecord, 'numberKey'>[],
): Promise<void> {
  const tx = store.transaction('records', 'readwrite')
  const before = await tx.store.getAll(IDBKeyRange.bound([numberKey], [numberKey, []]))
  const urls = new Set(records.map(({ url }) => url))
  const gone = before.filter(({ toldBy, url }) => toldBy !== undefined && !urls.has(url))
  await Promise.all([
    ...gone.map(({ url }) => tx.store.delete([numberKey, url])),
    ...records.slice(0, MAX_PER_NUMBER).map((record) => tx.store.put({ numberKey, ...record })),
    tx.done,
  ])
}
