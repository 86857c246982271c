import { readdir } from 'node:fs/promises'
import { systemClock } from '../clock.ts'
import type { Settings } from '../config.ts'
import { machineTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import { openDataFolder, STORE_FOLDERS } from '../log/data-folder.ts'
import { FolderInUseError } from '../log/folder-lock.ts'
import { createLogins } from '../people/logins.ts'
import { createRights } from '../people/rights.ts'
import { createSignOut } from '../people/sign-out.ts'
import { createTokenCipher, loadCipherKey } from '../people/token-cipher.ts'
import { createSignInClient } from '../ringcentral/sign-in.ts'
import { openWayOut } from '../ringcentral/way-out.ts'
import { type Administration, createAdministration } from './administration.ts'

/**
 * Opens the folder of a relay that does not run, lets `use` administer it, and closes it. `complain` is told what does not
 * keep that from being done.
 */
export async function withStoppedRelay<T>(
  settings: Settings,
  complain: (sentence: string) => void,
  use: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { dataFolder, serverUrl, userClientId, userClientSecret } = settings
  await requireFolder(dataFolder)
  const folder = await openDataFolder(dataFolder).catch((error: unknown) => {
    if (!(error instanceof FolderInUseError)) throw error
    throw new Error(`The relay on ${dataFolder} takes no commands: wait until it has started, or stop it first.`)
  })
  try {
    const time = machineTime(systemClock)
    const cipher = createTokenCipher(await loadCipherKey(settings.secret, dataFolder))
    const logins = await createLogins({ records: folder.records, cipher, time })
    const rights = await createRights({ records: folder.records, settings })
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
    return await use(createAdministration({ logins, signOut, rights, time, log: folder.log, kindOf }))
  } finally {
    await folder.close()
  }
}

/** A mistyped folder would be made, and be empty. */
async function requireFolder(dataFolder: string): Promise<void> {
  const found: readonly string[] = await readdir(dataFolder).catch(() => [])
  if (!STORE_FOLDERS.some((name) => found.includes(name))) {
    throw new Error(`There is no data folder ${dataFolder}: RELAY_DATA_DIR should be the folder of the relay.`)
  }
}
