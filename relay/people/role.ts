import type { User } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import type { Identity } from '../ringcentral/who-is.ts'

/** The person with the role that the settings give them. */
export function withRole(identity: Identity, { supervisors }: Pick<Settings, 'supervisors'>): User {
  const { accountId, extensionId, name, homeCountry } = identity
  const role = supervisors.includes(extensionId) ? 'supervisor' : 'agent'
  return { accountId, extensionId, name, role, ...(homeCountry === undefined ? {} : { homeCountry }) }
}
