import type { Records } from './records.ts'

/** Records in memory, for tests. */
export function createMemoryRecords(): Records {
  const values = new Map<string, string>()
  return {
    get: async (key) => values.get(key),
    async put(key, value) {
      values.set(key, value)
    },
    async replace(key, before, value) {
      if (values.get(key) !== before) return false
      values.set(key, value)
      return true
    },
    async remove(key) {
      values.delete(key)
    },
    list: async (prefix) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => value),
    entries: async () => new Map(values),
    onChangedElsewhere: () => undefined,
  }
}
