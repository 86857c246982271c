import type { ReadableStore } from './open.ts'
import type { SeenRecord } from './schema.ts'

/** The CRM records that showed a number, the one seen last first. */
export async function readSeenRecords(store: ReadableStore, numberKey: string): Promise<SeenRecord[]> {
  // In IndexedDB's order an array comes after every string, so this ends the number's keys.
  const records = await store.getAll('records', IDBKeyRange.bound([numberKey], [numberKey, []]))
  return records.sort((a, b) => b.seenMs - a.seenMs)
}
