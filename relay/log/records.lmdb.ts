import type { LmdbEnvironment } from './environment.lmdb.ts'
import type { Records } from './records.ts'
import { openRecord, sealRecord } from './sealed-record.ts'

/** Records in the same environment as the log. */
export function createLmdbRecords(environment: LmdbEnvironment): Records {
  const { records } = environment
  return {
    async get(key) {
      const bytes = records.get(key)
      return bytes === undefined ? undefined : openRecord(key, bytes).text
    },
    put: (key, text) =>
      environment.commit((writes) => {
        writes.put(records, key, sealRecord(key, { head: null, text }))
      }),
    remove: (key) =>
      environment.commit((writes) => {
        writes.remove(records, key)
      }),
    list: async (prefix) =>
      Array.from(
        records.getRange({ start: prefix, end: `${prefix}\u{10ffff}` }),
        ({ key, value }) => openRecord(key, value).text,
      ),
  }
}
