import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Database, open } from 'lmdb'
import { describeError } from '../errors.ts'
import { takeTurns } from './commit-turns.ts'
import { createFileRoom } from './file-room.ts'
import { NotStoredError } from './not-stored-error.ts'
import { OvertimeError, withinRunningTime } from './running-time.ts'
import { openRecord, sealRecord } from './sealed-record.ts'
import { type CollectedWrites, collectWrites, type Writes } from './writes.ts'

/** The tables of one data folder, in one storage environment so that one transaction covers them. */
export interface LmdbEnvironment {
  readonly events: Database<Uint8Array, number>
  readonly uuids: Database<Uint8Array, string>
  readonly sessions: Database<Uint8Array, [session: string, position: number]>
  readonly aside: Database<Uint8Array, number>
  readonly records: Database<Uint8Array, string>
  /**
   * Resolves when all that `change` puts and removes is on the disk, all together; rejects with a {@link NotStoredError}
   * when none of it is, as when there is no room. One commit is under way at a time; what is asked for meanwhile becomes
   * the next one. A failure that leaves open what is on the disk is told to `onFailed`, and then it never settles, and
   * neither does any after it.
   */
  commit(change: Change): Promise<void>
  /** How many commits were ever made to these files. */
  readonly commits: number
  /** Bytes that the tables take. What was removed does not count, though the file keeps its length. */
  usedBytes(): number
  close(): Promise<void>
}

type Change = (writes: Writes) => void

export interface LmdbEnvironmentOptions {
  /** So many commits are on the disk. */
  readonly onCommitted?: ((commits: number) => void) | undefined
  /** A write failed in a way that must not be tried again; the process should end. */
  readonly onFailed?: ((error: Error) => void) | undefined
}

export const TABLES = ['events', 'uuids', 'sessions', 'aside', 'records'] as const

/** In the table of records; counted in every commit. */
const COMMITS_KEY = 'commits'

/**
 * As much as a large commit takes. Where less is left nothing is put any more, so that a full disk is full for everybody and
 * not for large events only, and so that there is room for the commits that forget old ones.
 */
const KEPT_BYTES = 4 * 1024 * 1024
/** A disk that takes longer than this to confirm a write does not work any more; RingCentral gives up after three seconds. */
const FLUSH_TIMEOUT_SECONDS = 10
/** The library waits for ever for a flush that failed. */
const CLOSE_TIMEOUT_SECONDS = 2

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
  const { pageSize: pageBytes } = records.getStats() as TableStats
  const room = createFileRoom({
    path: join(folder, 'data.mdb'),
    endBytes: () => ((records.getStats() as TableStats).lastPageNumber + 1) * pageBytes,
  })
  let commits = readCommits(records)

  async function commit(changes: readonly Change[]): Promise<void> {
    const collected = collectWrites(pageBytes)
    for (const change of changes) change(collected)
    const { isRemoving } = collected
    collected.put(records, COMMITS_KEY, sealRecord(COMMITS_KEY, { head: commits + 1, text: '' }))
    try {
      await withinRunningTime(store(collected, isRemoving ? 0 : KEPT_BYTES), FLUSH_TIMEOUT_SECONDS)
    } catch (error) {
      if (error instanceof NotStoredError) throw error
      // A commit that fails before it is to be seen was undone. One that fails later is perhaps not on the disk, and one that
      // is still under way may yet come to be seen.
      if (!(error instanceof OvertimeError) && !(await isApplied())) {
        throw new NotStoredError(`Nothing could be written to ${folder}: ${describeError(error)}.`, { cause: error })
      }
      onFailed(
        new Error(`A write to ${folder} failed and can't be trusted any more: ${describeError(error)}.`, {
          cause: error,
        }),
      )
      return new Promise(() => undefined)
    }
    onCommitted(commits)
  }

  async function store(collected: CollectedWrites, leastBytes: number): Promise<void> {
    await room.ensure(Math.max(collected.pages * pageBytes, leastBytes))
    commits += 1
    // What is written in one turn of the event loop becomes one transaction.
    const writes = collected.apply()
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

  /** Whether the last commit is to be seen. */
  async function isApplied(): Promise<boolean> {
    // What was read in this turn of the event loop is read again as it was.
    await nextTurn()
    return readCommits(records) === commits
  }

  return {
    ...tables,
    get commits() {
      return commits
    },
    commit: takeTurns(commit),
    usedBytes: () => TABLES.reduce((sum, name) => sum + tableBytes(tables[name]), 0),
    close: () => withinRunningTime(root.close(), CLOSE_TIMEOUT_SECONDS).catch(() => undefined),
  }
}

function readCommits(records: Database<Uint8Array, string>): number {
  const bytes = records.get(COMMITS_KEY)
  return bytes === undefined ? 0 : (openRecord(COMMITS_KEY, bytes).head as number)
}

interface TableStats {
  readonly pageSize: number
  /** Of the whole environment. */
  readonly lastPageNumber: number
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

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error
  })
}
