import type { Company } from './company.ts'
import { ACCOUNT, OTHER_ACCOUNT, type Person } from './people.ts'
import type { Queue } from './queue.ts'

/** What the platform's API asks a permission for. Apps have scopes, and most permissions of people have the same names. */
export const PERMISSIONS = ['CallControl', 'SubscriptionWebhook', 'ReadAccounts', 'ReadPresence'] as const
export type Permission = (typeof PERMISSIONS)[number]
/** What a person is asked for where the app is asked for a scope of another name. */
export type PersonPermission = Permission | 'ReadExtensionGrant' | 'ReadExtensions'

/**
 * The people as they are now: an administrator may have disabled one since, moved one to another account, or taken a right
 * from a person or an app. Each change gives back what undoes it.
 */
export interface Directory {
  /** Everybody of an account, whoever is only there to log in among them. */
  people(accountId: string): readonly Person[]
  queues(accountId: string): readonly Queue[]
  findQueue(accountId: string, extensionId: string): Queue | undefined
  find(accountId: string, extensionId: string): Person | undefined
  /** The person of an extension, wherever they are now. */
  current(extensionId: string): Person | undefined
  isEnabled(extensionId: string): boolean
  /** Who lacks what something needs, a scope of the app and a permission of the person; `undefined` when nobody does. */
  lacking(
    who: { readonly person: Person; readonly scopes: readonly string[] },
    scope: Permission,
    permission?: PersonPermission,
  ): Lacking | undefined
  disable(extensionId: string): () => void
  /** The same person and extension id, in the other account and no administrator there. */
  move(extensionId: string): () => void
  /** The same person, at home in another country (ISO 3166). */
  moveHome(extensionId: string, homeCountry: string): () => void
  /** From one person, or from everybody. */
  takePermission(permission: PersonPermission, extensionId?: string): () => void
  takeScope(scope: Permission): () => void
}

export type Lacking = 'app' | 'user'

export function createDirectory({ people, queues }: Company): Directory {
  const disabled = new Set<string>()
  const moved = new Set<string>()
  const homes = new Map<string, string>()
  const takenPermissions = new Set<{
    readonly permission: PersonPermission
    readonly extensionId: string | undefined
  }>()
  const takenScopes = new Set<Permission>()

  const current = (extensionId: string): Person | undefined => {
    const found = people.find((one) => one.extensionId === extensionId)
    const person = found && { ...found, homeCountry: homes.get(extensionId) ?? found.homeCountry }
    if (person === undefined || !moved.has(extensionId)) return person
    return {
      ...person,
      accountId: person.accountId === ACCOUNT.id ? OTHER_ACCOUNT.id : ACCOUNT.id,
      isAdministrator: false,
    }
  }

  const find = (accountId: string, extensionId: string): Person | undefined => {
    const person = current(extensionId)
    return person?.accountId === accountId ? person : undefined
  }

  return {
    current,
    find,
    people: (accountId) => people.flatMap(({ extensionId }) => find(accountId, extensionId) ?? []),
    queues: (accountId) => queues.filter((queue) => queue.accountId === accountId),
    findQueue: (accountId, extensionId) =>
      queues.find((queue) => queue.accountId === accountId && queue.extensionId === extensionId),
    isEnabled: (extensionId) => !disabled.has(extensionId),
    lacking({ person, scopes }, scope, permission = scope) {
      if (!scopes.includes(scope) || takenScopes.has(scope)) return 'app'
      const isTaken = [...takenPermissions].some(
        (taken) =>
          taken.permission === permission &&
          (taken.extensionId === undefined || taken.extensionId === person.extensionId),
      )
      return isTaken ? 'user' : undefined
    },
    disable: (extensionId) => include(disabled, extensionId),
    move: (extensionId) => include(moved, extensionId),
    moveHome: (extensionId, homeCountry) => {
      homes.set(extensionId, homeCountry)
      return () => homes.delete(extensionId)
    },
    takePermission: (permission, extensionId) => include(takenPermissions, { permission, extensionId }),
    takeScope: (scope) => include(takenScopes, scope),
  }
}

function include<Value>(set: Set<Value>, value: Value): () => void {
  set.add(value)
  return () => set.delete(value)
}
