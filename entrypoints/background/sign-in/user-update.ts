import type { User } from '../../../shared/protocol/wire.ts'

/**
 * Who is signed in, as the relay tells it now; `undefined` when that is nothing new, or another user. A relay that tells no home
 * country takes none away: one that was there before may have told it.
 */
export function selectUserUpdate(before: User, latest: User): User | undefined {
  if (latest.accountId !== before.accountId || latest.extensionId !== before.extensionId) return undefined
  const { name, role, watches, homeCountry = before.homeCountry } = latest
  const isSame =
    name === before.name &&
    role === before.role &&
    homeCountry === before.homeCountry &&
    JSON.stringify(watches) === JSON.stringify(before.watches)
  return isSame ? undefined : { ...latest, homeCountry }
}
