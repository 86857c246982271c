import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import type { Change } from '../../lib/store/write.ts'

/**
 * Changes on their way into the store, in the order in which they were handed over, one transaction at a time. What waits for
 * its turn goes into one transaction, with the last row of each call only: a phone that rings waits for no disk, and a week
 * that is caught up with costs a few large transactions.
 */
export interface WriteQueue {
  /**
   * Resolves when it is written. Rejects when the store refuses it or has refused anything before it: a later cursor must not
   * be kept without what came before it.
   */
  write(change: Partial<Change>): Promise<void>
  /** Refuses everything that is handed over from now on. */
  refuse(error: unknown): void
  /** Whether something of this call is on its way. */
  isWriting(telephonySessionId: string): boolean
  /** When everything handed over so far is written. Rejects as `write` does. */
  settled(): Promise<void>
}

export function createWriteQueue(write: (change: Change) => Promise<void>): WriteQueue {
  let waiting: Collected | undefined
  let current: Collected | undefined
  /** Of everything handed over so far. */
  let written: Promise<void> = Promise.resolve()

  /** Takes a new place at the end of the queue. */
  function wait(): Collected {
    const collected = collect()
    written = written.then(() => {
      if (waiting === collected) waiting = undefined
      current = collected
      return write(collected.change())
    })
    written.then(leave, leave)
    return collected
  }

  function leave(): void {
    current = undefined
  }

  return {
    write: (change) => {
      waiting ??= wait()
      waiting.add(change)
      return written
    },
    refuse: (error) => {
      waiting = undefined
      written = Promise.reject(error)
      written.catch(() => {})
    },
    isWriting: (id) => [waiting, current].some((collected) => collected?.holds(id)),
    settled: () => written,
  }
}

interface Collected {
  add(change: Partial<Change>): void
  holds(telephonySessionId: string): boolean
  change(): Change
}

/** Changes that become one. */
function collect(): Collected {
  const ids = new Set<string>()
  const allEvents: Change['events'][number][] = []
  const allStatuses: Change['statuses'][number][] = []
  const rows = new Map<string, CallRow>()
  const allNotices: StoredRuleNotice[] = []
  let lastCursor: Change['cursor']
  return {
    add: ({ events = [], statuses = [], calls = [], notices = [], cursor }) => {
      for (const { telephonySessionId } of [...events, ...statuses, ...calls]) ids.add(telephonySessionId)
      allEvents.push(...events)
      allStatuses.push(...statuses)
      allNotices.push(...notices)
      for (const row of calls) rows.set(row.telephonySessionId, row)
      lastCursor = cursor ?? lastCursor
    },
    holds: (id) => ids.has(id),
    change: () => ({
      ...{ events: allEvents, statuses: allStatuses, calls: [...rows.values()] },
      ...{ notices: allNotices, cursor: lastCursor },
    }),
  }
}
