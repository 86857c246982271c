import { hkdfSync } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import type { Settings } from '../config.ts'
import { describeError } from '../errors.ts'
import type { DataFolderOptions } from '../log/data-folder.ts'
import { openFolderStorage } from '../log/folder-storage.ts'
import type { Storage } from '../log/storage.ts'
import type { Logger } from '../logger.ts'
import { openRedisStorage } from '../redis/redis-storage.ts'

export interface OpenStorageOptions extends DataFolderOptions {
  readonly clock: Clock
  readonly logger: Logger
}

/** Opens what the settings name: a Redis, or else the data folder. Throws a sentence when that can't be. */
export async function openStorage(
  settings: Pick<Settings, 'redisUrl' | 'dataFolder' | 'publicUrl' | 'secret'>,
  { clock, logger, ...folderOptions }: OpenStorageOptions,
): Promise<Storage> {
  const { redisUrl, dataFolder, publicUrl, secret } = settings
  if (redisUrl === undefined) return openFolderStorage(dataFolder, clock, folderOptions)
  return openRedisStorage({
    url: redisUrl,
    publicUrl,
    keyCheck: checkOf(secret ?? ''),
    onStartFailed(error) {
      logger.warn({ err: describeError(error) }, 'What the owner does could not begin; it is tried again')
    },
  })
}

/** Tells one secret from another, and nothing else of it. */
function checkOf(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'ringside secret check', 16)).toString('base64url')
}
