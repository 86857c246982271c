import { execFile } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeError } from '../errors.ts'
import { type CommitWitness, openCommitWitness, readTestimony } from './commit-witness.ts'
import { type LmdbEnvironment, openLmdbEnvironment } from './environment.lmdb.ts'
import { openLmdbEventLog } from './event-log.lmdb.ts'
import type { EventLog } from './event-log.ts'
import { lockFolder } from './folder-lock.ts'
import { createLmdbRecords } from './records.lmdb.ts'
import type { Records } from './records.ts'
import { ensureStartRoom } from './start-room.ts'

/** What the relay keeps on disk, held by this process alone until it is closed. */
export interface DataFolder {
  readonly path: string
  readonly log: EventLog
  readonly records: Records
  close(): Promise<void>
}

export class DamagedFolderError extends Error {
  override readonly name = 'DamagedFolderError'
}

export interface DataFolderOptions {
  /** A write failed in a way that must not be tried again; the process should end. Ends it by an uncaught error unless given. */
  readonly onFailed?: ((error: Error) => void) | undefined
}

/** Opens `path`, made if it is not there; throws a sentence when it is in use, damaged, or has no room. */
export async function openDataFolder(path: string, options: DataFolderOptions = {}): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(path)
  let environment: LmdbEnvironment | undefined
  let witness: CommitWitness | undefined
  try {
    const storeFolder = join(path, 'log')
    const witnessFile = join(path, 'commits')
    await mkdir(storeFolder, { recursive: true, mode: 0o700 })
    await ensureStartRoom(storeFolder)
    await examine(storeFolder, witnessFile)
    environment = openLmdbEnvironment(storeFolder, {
      onFailed: options.onFailed,
      onCommitted: (commits) => witness?.note(commits),
    })
    const filesId = await identifyFiles(storeFolder)
    witness = await openCommitWitness(witnessFile, filesId)
    const log = await openLmdbEventLog(environment, { filesId })
    const { close } = environment
    const { close: closeWitness } = witness
    return {
      path,
      log,
      records: createLmdbRecords(environment),
      async close() {
        await close()
        await closeWitness()
        await lock.release()
      },
    }
  } catch (error) {
    await environment?.close()
    await witness?.close()
    await lock.release()
    throw error
  }
}

/** A copy that was put back has other files than those that were written last; positions may mean something else in it. */
async function identifyFiles(storeFolder: string): Promise<string> {
  const { ino, birthtimeMs } = await stat(join(storeFolder, 'data.mdb'))
  return `${ino}-${Math.floor(birthtimeMs)}`
}

async function examine(storeFolder: string, witnessFile: string): Promise<void> {
  const filesId = await identifyFiles(storeFolder).catch(() => undefined)
  if (filesId === undefined) return
  try {
    const testimony = await readTestimony(witnessFile)
    await runExamination(storeFolder, testimony?.filesId === filesId ? testimony.commits : 0)
  } catch (error) {
    throw new DamagedFolderError(
      `The data folder ${storeFolder} is damaged (${describeError(error)}): put a backup in its place, or move it away to begin with an empty log.`,
    )
  }
}

function runExamination(storeFolder: string, leastCommits: number): Promise<void> {
  const program = fileURLToPath(new URL('./examine-folder.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const commandLine = [program, storeFolder, String(leastCommits)]
    execFile(process.execPath, commandLine, (error, _stdout, stderr) => {
      if (error === null) return resolve()
      reject(new Error(error.signal ? `reading it ends in ${error.signal}` : lastLine(stderr) || error.message))
    })
  })
}

/** What the library itself has to say comes first. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
