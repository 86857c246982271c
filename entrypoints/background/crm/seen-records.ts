import type { PersonStore } from '../../lib/store/open.ts'
import { readSeenRecords } from '../../lib/store/read-records.ts'
import type { SeenRecord } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { writeSeenRecord } from '../../lib/store/write-records.ts'

/** The CRM records that showed the numbers of the calls that are up, from the store. */
export interface SeenRecords {
  /** The one seen last first; nothing until it has been read, which `onRead` tells. */
  of(numberKey: string): readonly SeenRecord[]
  keep(record: SeenRecord): Promise<void>
  /** Forgets, here, all numbers but these. */
  retain(numberKeys: ReadonlySet<string>): void
}

export function createSeenRecords(store: PersonStore, onRead: () => void): SeenRecords {
  const known = new Map<string, readonly SeenRecord[]>()

  async function read(numberKey: string): Promise<void> {
    const records = await within(STORE_TIMEOUT_MS, readSeenRecords(store, numberKey))
    // Those that the CRM told of have a line of their own.
    known.set(
      numberKey,
      records.filter(({ toldBy }) => toldBy === undefined),
    )
    onRead()
  }

  return {
    of: (numberKey) => {
      const records = known.get(numberKey)
      if (records !== undefined) return records
      known.set(numberKey, [])
      // A store that does not answer has nothing to offer; the calls in it are somebody else's to tell about.
      read(numberKey).catch(() => known.delete(numberKey))
      return []
    },
    keep: async (record) => {
      await within(STORE_TIMEOUT_MS, writeSeenRecord(store, record))
      if (known.has(record.numberKey)) await read(record.numberKey)
    },
    retain: (numberKeys) => {
      for (const numberKey of known.keys()) if (!numberKeys.has(numberKey)) known.delete(numberKey)
    },
  }
}
