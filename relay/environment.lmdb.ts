import { type Database, open } from 'lmdb'

/** The tables of one data folder, in one storage environment so that one transaction covers them. */
export interface LmdbEnvironment {
  readonly events: Database<Uint8Array, number>
  readonly uuids: Database<Uint8Array, string>
  readonly sessions: Database<Uint8Array, [session: string, position: number]>
  readonly aside: Database<Uint8Array, number>
  readonly records: Database<Uint8Array, string>
  /** Resolves when all that `change` puts and removes is on the disk, all together; rejects when none of it is. */
  commit(change: (writes: Promise<unknown>[]) => void): Promise<void>
  close(): Promise<void>
}

export const TABLES = ['events', 'uuids', 'sessions', 'aside', 'records'] as const

export function openLmdbEnvironment(folder: string): LmdbEnvironment {
  const root = open({ path: folder, encoding: 'binary', maxDbs: TABLES.length, noSubdir: false })
  const table = (name: (typeof TABLES)[number]) => root.openDB({ name, encoding: 'binary' })
  return {
    events: table('events') as Database<Uint8Array, number>,
    uuids: table('uuids') as Database<Uint8Array, string>,
    sessions: table('sessions') as Database<Uint8Array, [string, number]>,
    aside: table('aside') as Database<Uint8Array, number>,
    records: table('records') as Database<Uint8Array, string>,
    async commit(change) {
      const writes: Promise<unknown>[] = []
      // What is written in one turn of the event loop becomes one transaction.
      change(writes)
      // The library keeps a promise of its own for that transaction from its next turn on, and hands it to nobody.
      setImmediate(() => root.committed.then(undefined, () => undefined))
      try {
        await Promise.all(writes)
      } catch (error) {
        silenceCommitError(error)
        throw error
      } finally {
        // Each write rejects for itself; the first is thrown, and the others must not end the process.
        await Promise.allSettled(writes)
      }
      // A commit can be seen before it has reached the disk.
      await root.flushed
    },
    close: () => root.close(),
  }
}

/** lmdb says why a commit failed in a promise of its own, which nobody else would handle. */
function silenceCommitError(error: unknown): void {
  if (error instanceof Error && 'commitError' in error && error.commitError instanceof Promise) {
    error.commitError.catch(() => undefined)
  }
}
