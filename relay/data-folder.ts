import { execFile } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type LmdbEnvironment, openLmdbEnvironment } from './environment.lmdb.ts'
import { openLmdbEventLog } from './event-log.lmdb.ts'
import type { EventLog } from './event-log.ts'
import { lockFolder } from './folder-lock.ts'
import { createLmdbRecords } from './records.lmdb.ts'
import type { Records } from './records.ts'

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

/** Opens `path`, made if it is not there; throws a sentence when it is in use or damaged. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(path)
  let environment: LmdbEnvironment | undefined
  try {
    const storeFolder = join(path, 'log')
    await mkdir(storeFolder, { recursive: true, mode: 0o700 })
    await examine(storeFolder)
    environment = openLmdbEnvironment(storeFolder)
    const log = await openLmdbEventLog(environment, { filesId: await identifyFiles(storeFolder) })
    const { close } = environment
    return {
      path,
      log,
      records: createLmdbRecords(environment),
      async close() {
        await close()
        await lock.release()
      },
    }
  } catch (error) {
    await environment?.close()
    await lock.release()
    throw error
  }
}

/** A copy that was put back has other files than those that were written last; positions may mean something else in it. */
async function identifyFiles(storeFolder: string): Promise<string> {
  const { ino, birthtimeMs } = await stat(join(storeFolder, 'data.mdb'))
  return `${ino}-${Math.floor(birthtimeMs)}`
}

async function examine(storeFolder: string): Promise<void> {
  const isNew = await stat(join(storeFolder, 'data.mdb')).then(
    () => false,
    () => true,
  )
  if (isNew) return
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const program = fileURLToPath(new URL('./examine-folder.ts', import.meta.url))
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, ['--import', tsx, program, storeFolder], (error, _stdout, stderr) => {
      if (error === null) return resolve()
      const seen = error.signal ? `reading it ends in ${error.signal}` : stderr.trim() || error.message
      reject(
        new DamagedFolderError(
          `The data folder ${storeFolder} is damaged (${seen}): put a backup in its place, or move it away to begin with an empty log.`,
        ),
      )
    })
  })
}
