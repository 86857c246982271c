import type { PersonStore } from '../../lib/store/open.ts'
import { readMissedUnseen } from '../../lib/store/read.ts'
import type { IngestQueue } from './ingest-queue.ts'
import type { RowWriter } from './row-writer.ts'
import type { WriteQueue } from './write-queue.ts'

/** What becomes of calls that were missed and that nobody has seen. Each resolves behind everything that was handed over before. */
export interface MissedChanges {
  /** The user has seen which calls they missed. */
  seeMissed(): Promise<void>
  /** What is old was let go, and missed calls that nobody has seen may be among it. */
  recountMissed(): Promise<void>
}

export interface MissedChangesOptions {
  readonly store: PersonStore
  readonly arrivals: Pick<IngestQueue, 'run'>
  readonly writes: Pick<WriteQueue, 'settled'>
  readonly writer: Pick<RowWriter, 'replace' | 'noteMissed'>
  readonly onShown: () => void
}

export function createMissedChanges({ store, arrivals, writes, writer, onShown }: MissedChangesOptions): MissedChanges {
  return {
    seeMissed: () =>
      arrivals.run(async () => {
        await writes.settled()
        await writer.replace((await readMissedUnseen(store)).map(({ missedUnseen: _, ...row }) => row))
      }),
    recountMissed: () =>
      arrivals.run(async () => {
        await writes.settled()
        writer.noteMissed(await readMissedUnseen(store))
        onShown()
      }),
  }
}
