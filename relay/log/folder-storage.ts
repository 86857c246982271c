import type { Clock } from '../../shared/clock.ts'
import { type DataFolderOptions, openDataFolder } from './data-folder.ts'
import { createLocalOwnership } from './local-ownership.ts'
import { createLocalShared } from './local-shared.ts'
import { createSizeLimit } from './size-limit.ts'
import type { Storage } from './storage.ts'

/** Opens a data folder as the storage of a relay that is alone; throws like {@link openDataFolder}. */
export async function openFolderStorage(path: string, clock: Clock, options: DataFolderOptions): Promise<Storage> {
  const { log, records, close } = await openDataFolder(path, options)
  return {
    log,
    records,
    shared: createLocalShared(clock),
    ownership: createLocalOwnership({ log, records }),
    findMaxBytes: createSizeLimit(path, () => log.usedBytes),
    close,
  }
}
