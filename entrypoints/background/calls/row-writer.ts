import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import type { Change } from '../../lib/store/write.ts'
import type { Doubts } from './doubts.ts'
import type { SessionMemory } from './session-memory.ts'
import type { WriteQueue } from './write-queue.ts'

/** Rows as they are to be: kept in memory, shown, and on their way into the store, in this order. */
export interface RowWriter {
  /** Keeps a row in memory; what came with it is written by the caller. */
  keep(row: CallRow): void
  /** Resolves when it is written. */
  write(change: Partial<Change>): Promise<void>
  /** Keeps, shows and writes rows. */
  replace(rows: readonly CallRow[]): Promise<void>
  /** Shows and writes what rules told, as it is by now. */
  keepNotices(notices: readonly StoredRuleNotice[]): Promise<void>
  /** All calls that the store knows as missed and not seen since. */
  noteMissed(rows: readonly CallRow[]): void
  missedUnseen(): number
}

export interface RowWriterOptions {
  readonly memory: Pick<SessionMemory, 'keep' | 'forgetRead'>
  readonly doubts: Pick<Doubts, 'settle'>
  readonly writes: Pick<WriteQueue, 'write'>
  readonly onShown: () => void
  readonly onStored: () => void
}

export function createRowWriter({ memory, doubts, writes, onShown, onStored }: RowWriterOptions): RowWriter {
  const missed = new Set<string>()

  function keep(row: CallRow): void {
    const id = row.telephonySessionId
    memory.keep(row)
    if (row.phase === 'ended') doubts.settle(id)
    if (row.missedUnseen === 1) missed.add(id)
    else missed.delete(id)
  }

  function write(change: Partial<Change>): Promise<void> {
    const { events = [], statuses = [], calls = [], notices = [], cursor } = change
    memory.forgetRead([...events, ...statuses, ...calls].map(({ telephonySessionId }) => telephonySessionId))
    return writes.write({ events, statuses, calls, notices, cursor })
  }

  return {
    keep,
    write,
    replace: async (rows) => {
      if (rows.length === 0) return
      for (const row of rows) keep(row)
      onShown()
      await write({ calls: rows })
      onStored()
    },
    keepNotices: async (notices) => {
      if (notices.length === 0) return
      onShown()
      await write({ notices })
      onStored()
    },
    noteMissed: (rows) => {
      missed.clear()
      for (const { telephonySessionId } of rows) missed.add(telephonySessionId)
    },
    missedUnseen: () => missed.size,
  }
}
