import type { Company } from './company.ts'

/** What one extension can be granted over another. */
export const GRANT_FLAGS = [
  'callPickup',
  'callMonitoring',
  'callOnBehalfOf',
  'callDelegation',
  'groupPaging',
  'callQueueSetup',
  'callQueueMembersSetup',
  'callQueueMessages',
  'callQueueFacSetup',
  'sharedVoicemails',
] as const
export type GrantFlag = (typeof GRANT_FLAGS)[number]

/** An extension over which something is granted: a person's (`User`) or a queue's (`Department`). */
export interface GrantedExtension {
  readonly id: string
  readonly extensionNumber: string
  readonly name: string
  readonly type: 'User' | 'Department'
}

/** All that its holder was granted over one extension. */
export interface Grant {
  readonly extension: GrantedExtension
  readonly flags: ReadonlySet<GrantFlag>
}

/** The grants as they are now. Each change gives back what undoes it. */
export interface Grants {
  of(holderId: string): readonly Grant[]
  has(holderId: string, flag: GrantFlag, extensionId: string): boolean
  /** Grants over extensions of the company, by their ids, or over others that exist for the list alone. */
  give(holderId: string, flag: GrantFlag, over: readonly (string | GrantedExtension)[]): () => void
  /** Takes a grant away, over one extension or over all. */
  take(holderId: string, flag: GrantFlag, extensionId?: string): () => void
}

interface Change {
  readonly kind: 'give' | 'take'
  readonly holderId: string
  readonly flag: GrantFlag
  /** By id; `undefined`: all. */
  readonly over: ReadonlyMap<string, GrantedExtension> | undefined
}

export function createGrants({ people, queues, grants }: Company): Grants {
  const extensions = new Map<string, GrantedExtension>()
  for (const { extensionId: id, extensionNumber, name } of people)
    extensions.set(id, { id, extensionNumber, name, type: 'User' })
  for (const { extensionId: id, extensionNumber, name } of queues)
    extensions.set(id, { id, extensionNumber, name, type: 'Department' })

  const find = (id: string): GrantedExtension => {
    const extension = extensions.get(id)
    if (extension === undefined)
      throw new RangeError(`A grant should be over an extension of the company, but ${id} is none.`)
    return extension
  }
  const byId = (over: readonly (string | GrantedExtension)[]): ReadonlyMap<string, GrantedExtension> =>
    new Map(over.map((one) => (typeof one === 'string' ? find(one) : one)).map((one) => [one.id, one]))

  /** Later changes win. */
  const changes = new Set<Change>()
  for (const { holderId, flags, over } of grants)
    for (const flag of flags) changes.add({ kind: 'give', holderId, flag, over: byId(over) })

  const change = (one: Change): (() => void) => {
    changes.add(one)
    return () => changes.delete(one)
  }

  const of = (holderId: string): readonly Grant[] => {
    const held = new Map<string, { readonly extension: GrantedExtension; readonly flags: Set<GrantFlag> }>()
    for (const { kind, flag, over, ...made } of changes) {
      if (made.holderId !== holderId) continue
      if (kind === 'take') for (const id of over?.keys() ?? held.keys()) held.get(id)?.flags.delete(flag)
      else
        for (const [id, extension] of over ?? []) {
          const grant = held.get(id) ?? { extension, flags: new Set() }
          held.set(id, grant)
          grant.flags.add(flag)
        }
    }
    return [...held.values()].filter(({ flags }) => flags.size > 0)
  }

  return {
    of,
    has: (holderId, flag, extensionId) =>
      of(holderId).some(({ extension, flags }) => extension.id === extensionId && flags.has(flag)),
    give: (holderId, flag, over) => change({ kind: 'give', holderId, flag, over: byId(over) }),
    take: (holderId, flag, extensionId) =>
      change({ kind: 'take', holderId, flag, over: extensionId === undefined ? undefined : byId([extensionId]) }),
  }
}
