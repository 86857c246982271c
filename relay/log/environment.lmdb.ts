import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Database, open } from 'lmdb'
import { SECOND_MS } from '../../shared/time.ts'
import { describeError } from '../errors.ts'
import { isNoRoom, isOutOfRoom } from './disk-room.ts'
import { openRecord, sealRecord } from './sealed-record.ts'

/** The tables of one data folder, in one storage environment so that one transaction covers them. */
export interface LmdbEnvironment {
  readonly events: Database<Uint8Array, number>
  readonly uuids: Database<Uint8Array, string>
  readonly sessions: Database<Uint8Array, [session: string, position: number]>
  readonly aside: Database<Uint8Array, number>
  readonly records: Database<Uint8Array, string>
  /**
   * Resolves when all that `change` puts and removes is on the disk, all together; rejects when none of it is, as when
   * there is no room. A failure that leaves open what is on the disk is told to `onFailed`, and then it never settles.
   */
  commit(change: (writes: Promise<unknown>[]) => void): Promise<void>
  /** How many commits were ever made to these files. */
  readonly commits: number
  /** Bytes that the tables take. What was removed does not count, though the file keeps its length. */
  usedBytes(): number
  close(): Promise<void>
}

export interface LmdbEnvironmentOptions {
  /** So many commits are on the disk. */
  readonly onCommitted?: ((commits: number) => void) | undefined
  /** A write failed in a way that must not be tried again; the process should end. */
  readonly onFailed?: ((error: Error) => void) | undefined
}

export const TABLES = ['events', 'uuids', 'sessions', 'aside', 'records'] as const

/** In the table of records; counted in every commit. */
const COMMITS_KEY = 'commits'

/** A disk that takes longer than this to confirm a write does not work any more; RingCentral gives up after three seconds. */
const FLUSH_TIMEOUT_MS = 10 * SECOND_MS
/** The library waits for ever for a flush that failed. */
const CLOSE_TIMEOUT_MS = 2 * SECOND_MS

export function openLmdbEnvironment(folder: string, options: LmdbEnvironmentOptions = {}): LmdbEnvironment {
  const { onCommitted = () => undefined, onFailed = throwUncaught } = options
  const root = open({ path: folder, encoding: 'binary', maxDbs: TABLES.length, noSubdir: false })
  const table = (name: (typeof TABLES)[number]) => root.openDB({ name, encoding: 'binary' })
  const records = table('records') as Database<Uint8Array, string>
  const tables = {
    events: table('events') as Database<Uint8Array, number>,
    uuids: table('uuids') as Database<Uint8Array, string>,
    sessions: table('sessions') as Database<Uint8Array, [string, number]>,
    aside: table('aside') as Database<Uint8Array, number>,
    records,
  }
  let commits = readCommits(records)

  async function write(change: (writes: Promise<unknown>[]) => void): Promise<void> {
    const writes: Promise<unknown>[] = []
    commits += 1
    // What is written in one turn of the event loop becomes one transaction.
    change(writes)
    writes.push(records.put(COMMITS_KEY, sealRecord(COMMITS_KEY, { head: commits, text: '' })))
    // The library keeps a promise of its own for that transaction from its next turn on, and hands it to nobody.
    setImmediate(() => root.committed.then(undefined, () => undefined))
    try {
      await Promise.all(writes)
    } catch (error) {
      throw await commitErrorOf(error)
    } finally {
      // Each write rejects for itself; the first is thrown, and the others must not end the process.
      await Promise.allSettled(writes)
    }
    // A commit can be seen before it has reached the disk.
    await root.flushed
  }

  /** Whether this commit, or a later one, is to be seen: one that is not was undone, whatever the reason. */
  async function isApplied(number: number): Promise<boolean> {
    // What was read in this turn of the event loop is read again as it was.
    await nextTurn()
    return readCommits(records) >= number
  }

  return {
    ...tables,
    get commits() {
      return commits
    },
    async commit(change) {
      const number = commits + 1
      try {
        await withTimeout(write(change), FLUSH_TIMEOUT_MS)
      } catch (error) {
        if (isNoRoom(error) || !(await isApplied(number)) || (await isOutOfRoom(folder, 'data.mdb'))) throw error
        onFailed(
          new Error(`A write to ${folder} failed and can't be trusted any more: ${describeError(error)}.`, {
            cause: error,
          }),
        )
        return new Promise(() => undefined)
      }
      onCommitted(number)
    },
    usedBytes: () => TABLES.reduce((sum, name) => sum + tableBytes(tables[name]), 0),
    close: () => withTimeout(root.close(), CLOSE_TIMEOUT_MS).catch(() => undefined),
  }
}

function readCommits(records: Database<Uint8Array, string>): number {
  const bytes = records.get(COMMITS_KEY)
  return bytes === undefined ? 0 : (openRecord(COMMITS_KEY, bytes).head as number)
}

interface TableStats {
  readonly pageSize: number
  readonly treeBranchPageCount: number
  readonly treeLeafPageCount: number
  readonly overflowPages: number
}

function tableBytes(table: Pick<Database, 'getStats'>): number {
  const { pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages } = table.getStats() as TableStats
  return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages)
}

/** lmdb says why a commit failed in a promise of its own, which nobody else would handle. */
async function commitErrorOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && 'commitError' in error && error.commitError instanceof Promise)) return error
  return error.commitError.then(
    () => error,
    (reason: unknown) => reason ?? error,
  )
}

async function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not confirmed within ${timeoutMs / SECOND_MS} s`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error
  })
}
