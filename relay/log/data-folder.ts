import { join } from 'node:path'
import { DamagedError } from './damaged-error.ts'
import type { EventLog } from './event-log.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { explainRefusedFolder, makeFolder } from './make-folder.ts'
import { takeOverOldStore } from './old-store/take-over.ts'
import { openStores, type StoresOptions } from './open-stores.ts'
import type { Records } from './records.ts'

/** What the relay keeps on disk, held by this process alone until it is closed. `LOG.md` says what is in it. */
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
  /** What is there was found to be damaged after it was opened. The next start refuses it with the same sentence. */
  readonly onDamaged?: ((error: DamagedFolderError) => void) | undefined
  /** A file of events takes no more than this; tests make it small. */
  readonly segmentBytes?: number | undefined
}

/** What tells the folder of a relay from another: today's store, and the older one that is taken over. */
export const STORE_FOLDERS: readonly string[] = ['store', 'log']

/** A file of events takes so much. */
export const SEGMENT_BYTES = 8 * 1024 * 1024

/** Opens `path`, made if it is not there; throws a sentence when it can't be used, is in use or damaged, or has no room. */
export async function openDataFolder(path: string, options: DataFolderOptions = {}): Promise<DataFolder> {
  const { onFailed = throwUncaught, onDamaged = () => undefined, segmentBytes = SEGMENT_BYTES } = options
  const lock = await takeFolder(path)
  try {
    const storeFolder = join(path, 'store')
    const storesOptions: StoresOptions = {
      segmentBytes,
      onFailed,
      onDamaged(damage) {
        const error = damagedFolder(path, damage)
        onDamaged(error)
        return error
      },
    }
    await takeOverOldStore(path, storeFolder, storesOptions)
    const { log, records, close } = await openStores(storeFolder, storesOptions)
    return {
      path,
      log,
      records,
      async close() {
        await close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error instanceof DamagedError ? damagedFolder(path, error) : error
  }
}

async function takeFolder(path: string): Promise<FolderLock> {
  try {
    await makeFolder(path)
    return await lockFolder(path)
  } catch (error) {
    throw explainRefusedFolder(path, 'RELAY_DATA_DIR', error)
  }
}

function damagedFolder(path: string, { message }: DamagedError): DamagedFolderError {
  return new DamagedFolderError(
    `The data folder ${path} is damaged (${message}): put a backup in its place, or move it away to begin with an empty log.`,
  )
}

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error
  })
}
