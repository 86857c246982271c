import { systemClock } from '../../relay/clock.ts'
import { machineTime } from '../../relay/confirmed-time.ts'
import type { DataFolder } from '../../relay/log/data-folder.ts'
import { createLogins } from '../../relay/people/logins.ts'
import { createRights } from '../../relay/people/rights.ts'
import { createTokenCipher, loadCipherKey } from '../../relay/people/token-cipher.ts'
import { NO_GRANTS } from '../../relay/ringcentral/grants.ts'

/** Nothing is asked in these people's names. */
const UNUSED_TOKENS = { accessToken: 'none', accessExpiresAtMs: Number.MAX_SAFE_INTEGER }

/**
 * Signs in a browser for each of the extensions, while no relay runs on the folder; resolves with their tokens. What they may watch
 * is known too, or the relay would begin by asking.
 */
export async function signInMany(
  { path, records }: Pick<DataFolder, 'path' | 'records'>,
  accountId: string,
  extensionIds: readonly string[],
): Promise<readonly string[]> {
  const cipher = createTokenCipher(await loadCipherKey(undefined, path))
  const logins = await createLogins({ records, cipher, time: machineTime(systemClock) })
  const rights = await createRights({ records, settings: { supervisors: [] } })
  const known = { grants: NO_GRANTS, atMs: systemClock.nowMs() }
  await Promise.all(Array.from(new Set(extensionIds), (id) => rights.keep(id, known)))
  const signIn = (extensionId: string) =>
    logins.create({ accountId, extensionId, name: `Agent ${extensionId}` }, UNUSED_TOKENS)
  return (await Promise.all(extensionIds.map(signIn))).map(({ token }) => token)
}
