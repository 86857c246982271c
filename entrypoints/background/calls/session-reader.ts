import { emptyCall, readStoredCalls, type StoredCall } from '../../lib/call/stored-call.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'

/**
 * Reads back the sessions that nobody holds. Reading begins when something about one arrives, so that by the time it is its
 * turn it is there: a store answers later than the next frames come.
 */
export interface SessionReader {
  /** Begins to read those of which nothing is being read yet. */
  prepare(telephonySessionIds: readonly string[]): void
  /** What is kept of a session. Rejects when the store does not answer. */
  read(telephonySessionId: string): Promise<StoredCall>
  /** What was read of it may no longer be what is kept. */
  forget(telephonySessionId: string): void
}

export function createSessionReader(store: PersonStore): SessionReader {
  const reading = new Map<string, ReturnType<typeof readStoredCalls>>()

  function prepare(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !reading.has(id))
    if (fresh.length === 0) return
    const calls = readStoredCalls(store, fresh)
    // Callers of `read` handle the rejection.
    calls.catch(() => {})
    for (const id of fresh) reading.set(id, calls)
  }

  return {
    prepare,
    read: async (id) => {
      prepare([id])
      const calls = await within(STORE_TIMEOUT_MS, Promise.resolve(reading.get(id)))
      return calls?.get(id) ?? emptyCall(id)
    },
    forget: (id) => {
      reading.delete(id)
    },
  }
}
