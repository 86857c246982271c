import type { LmdbEnvironment } from './environment.lmdb.ts'
import type { Records } from './records.ts'
import { openRecord, sealRecord } from './sealed-record.ts'

/** Records in the same environment as the log. */
export function createLmdbRecords(environment: LmdbEnvironment): Records {
  const { records } = environment
  return {
    async get(key) {
      const bytes = records.get(key)
      return bytes === undefined ? undefined : openRecord(bytes).text
    },
    put: (key, text) =>
      environment.commit((writes) => {
        writes.push(records.put(key, sealRecord({ head: null, text })))
      }),
    remove: (key) =>
      environment.commit((writes) => {
        writes.push(records.remove(key))
      }),
    list: async (prefix) =>
      Array.from(
        records.getRange({ start: prefix, end: `${prefix}\u{10ffff}` }),
        ({ value }) => openRecord(value).text,
      ),
  }
}
