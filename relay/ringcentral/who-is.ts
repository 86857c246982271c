import * as v from 'valibot'
import type { User } from '../../shared/protocol/wire.ts'
import { RingCentralError, type ServiceClient } from './api.ts'
import { id } from './id.ts'
import { judge } from './verdicts.ts'

/** A user, from RingCentral's description of their extension. */

/** A country without a code counts as unknown: a user is not refused for it. */
const isoCode = v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))), undefined)
const regionalSettings = v.object({ homeCountry: v.object({ isoCode }) })
const extensionInfo = v.object({
  id,
  account: v.object({ id }),
  name: v.optional(v.string()),
  extensionNumber: v.optional(v.string()),
  status: v.optional(v.string(), 'Enabled'),
  regionalSettings: v.fallback(v.optional(regionalSettings), undefined),
})

/** A person as RingCentral knows them; ids are RingCentral's. */
export type Identity = Pick<User, 'accountId' | 'extensionId' | 'name' | 'homeCountry'>

export interface Person extends Identity {
  /** Whether they may use RingCentral now. */
  readonly isEnabled: boolean
  /** What colleagues dial. */
  readonly extensionNumber?: string | undefined
}

/** Reads the answer of `GET /restapi/v1.0/account/~/extension/…`; throws a `ValiError` for another shape. */
export function decodePerson(answer: unknown): Person {
  const { id: extensionId, account, name, extensionNumber, status, regionalSettings } = v.parse(extensionInfo, answer)
  return {
    accountId: account.id,
    extensionId,
    name: name ?? `Extension ${extensionNumber ?? extensionId}`,
    homeCountry: regionalSettings?.homeCountry.isoCode,
    isEnabled: status === 'Enabled',
    extensionNumber,
  }
}

/** The account of the user whom the JWT belongs to. */
export async function readServiceAccountId(service: ServiceClient): Promise<string> {
  return decodePerson(await service.send({ method: 'GET', path: '/restapi/v1.0/account/~/extension/~' })).accountId
}

/** A user of the relay's account as the relay's own user sees them; `undefined` when there is no such extension. */
export async function findColleague(service: ServiceClient, extensionId: string): Promise<Person | undefined> {
  try {
    const path = `/restapi/v1.0/account/~/extension/${encodeURIComponent(extensionId)}`
    return decodePerson(await service.send({ method: 'GET', path }))
  } catch (error) {
    if (error instanceof RingCentralError && judge('service', error).kind === 'gone') return undefined
    throw error
  }
}
