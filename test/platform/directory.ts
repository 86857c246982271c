import { ACCOUNT, OTHER_ACCOUNT, PEOPLE, type Person } from './people.ts'

/** What the platform's API asks a permission for. Apps have scopes and people have permissions of the same names. */
export const PERMISSIONS = ['CallControl', 'SubscriptionWebhook', 'ReadAccounts', 'ReadPresence'] as const
export type Permission = (typeof PERMISSIONS)[number]

/**
 * The people as they are now: an administrator may have disabled one since, moved one to another account, or taken a right
 * from a person or an app. Each change gives back what undoes it.
 */
export interface Directory {
  find(accountId: string, extensionId: string): Person | undefined
  /** The person of an extension, wherever they are now. */
  current(extensionId: string): Person | undefined
  isEnabled(extensionId: string): boolean
  /** Who lacks a permission to do something; `undefined` when nobody does. */
  lacking(
    who: { readonly person: Person; readonly scopes: readonly string[] },
    permission: Permission,
  ): Lacking | undefined
  disable(extensionId: string): () => void
  /** The same person and extension id, in the other account and no administrator there. */
  move(extensionId: string): () => void
  /** The same person, at home in another country (ISO 3166). */
  moveHome(extensionId: string, homeCountry: string): () => void
  /** From one person, or from everybody. */
  takePermission(permission: Permission, extensionId?: string): () => void
  takeScope(scope: Permission): () => void
}

export type Lacking = 'app' | 'user'

export function createDirectory(): Directory {
  const disabled = new Set<string>()
  const moved = new Set<string>()
  const homes = new Map<string, string>()
  const takenPermissions = new Set<{ readonly permission: Permission; readonly extensionId: string | undefined }>()
  const takenScopes = new Set<Permission>()

  const current = (extensionId: string): Person | undefined => {
    const found = PEOPLE.find((one) => one.extensionId === extensionId)
    const person = found && { ...found, homeCountry: homes.get(extensionId) ?? found.homeCountry }
    if (person === undefined || !moved.has(extensionId)) return person
    return {
      ...person,
      accountId: person.accountId === ACCOUNT.id ? OTHER_ACCOUNT.id : ACCOUNT.id,
      isAdministrator: false,
    }
  }

  return {
    current,
    find(accountId, extensionId) {
      const person = current(extensionId)
      return person?.accountId === accountId ? person : undefined
    },
    isEnabled: (extensionId) => !disabled.has(extensionId),
    lacking({ person, scopes }, permission) {
      if (!scopes.includes(permission) || takenScopes.has(permission)) return 'app'
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
