import type { User } from '../../../shared/protocol/wire.ts'

/** Whose store it is; ids are RingCentral's. */
export type StoreOwner = Pick<User, 'accountId' | 'extensionId'>

/** The database's name in this browser. */
export function nameStore({ accountId, extensionId }: StoreOwner): string {
  return `ringside:${accountId}:${extensionId}`
}

/** `undefined` of a database that is no person's. */
export function ownerOfStore(name: string): StoreOwner | undefined {
  const [program, accountId, extensionId] = name.split(':')
  return program === 'ringside' && accountId && extensionId ? { accountId, extensionId } : undefined
}
