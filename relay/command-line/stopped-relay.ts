import { readdir } from 'node:fs/promises'
import { systemClock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { machineTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import { STORE_FOLDERS } from '../log/data-folder.ts'
import { FolderInUseError } from '../log/folder-lock.ts'
import { createLogger } from '../logger.ts'
import { createLogins } from '../people/logins.ts'
import { createRights } from '../people/rights.ts'
import { createSignOut } from '../people/sign-out.ts'
import { createTokenCipher, loadCipherKey } from '../people/token-cipher.ts'
import { createSignInClient } from '../ringcentral/sign-in.ts'
import { openWayOut } from '../ringcentral/way-out.ts'
import { openStorage } from '../storage/open-storage.ts'
import { type Administration, createAdministration } from './administration.ts'

/**
 * Opens the folder of a relay that does not run, or the Redis of those that may, lets `use` administer it, and closes it. `complain` is told what does not
 * keep that from being done.
 */
export async function withStoppedRelay<T>(
  settings: Settings,
  complain: (sentence: string) => void,
  use: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { dataFolder, serverUrl, userClientId, userClientSecret } = settings
  if (settings.redisUrl === undefined) await requireFolder(dataFolder)
  const logger = createLogger('silent')
  const storage = await openStorage(settings, { clock: systemClock, logger }).catch((error: unknown) =>
    sayWhoHasFolder(dataFolder, error),
  )
  try {
    const time = machineTime(systemClock)
    const cipher = createTokenCipher(await loadCipherKey(settings.secret, dataFolder))
    const logins = await createLogins({ records: storage.records, cipher, time })
    const rights = await createRights({ records: storage.records, settings })
    const client = createSignInClient(
      { serverUrl, clientId: userClientId, clientSecret: userClientSecret },
      systemClock,
      openWayOut(settings),
    )
    const signOut = createSignOut({
      logins,
      rights,
      revokeTokens: (tokens) => {
        client.revoke(tokens).catch((error: unknown) => {
          complain(`RingCentral could not be told of it: ${describeError(error)}.`)
        })
      },
      // No relay, no sockets.
      onRevoked: () => undefined,
    })
    // Without RingCentral there is no directory: what an extension is shows in what is heard of it.
    const kindOf = () => undefined
    const { log, records } = storage
    return await use(createAdministration({ logins, signOut, rights, time, log, records, kindOf, settings }))
  } finally {
    await storage.close()
  }
}

/** Throws what an error of opening the folder means to who gives a command. */
export function sayWhoHasFolder(dataFolder: string, error: unknown): never {
  if (!(error instanceof FolderInUseError)) throw error
  throw new Error(`The relay on ${dataFolder} takes no commands: wait until it has started, or stop it first.`)
}

/** A mistyped folder would be made, and be empty. */
export async function requireFolder(dataFolder: string): Promise<void> {
  const found: readonly string[] = await readdir(dataFolder).catch(() => [])
  if (!STORE_FOLDERS.some((name) => found.includes(name))) {
    throw new Error(`There is no data folder ${dataFolder}: RELAY_DATA_DIR should be the folder of the relay.`)
  }
}
