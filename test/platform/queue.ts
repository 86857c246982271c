import { type Person, personByExtensionId } from './people.ts'

/** A call queue: an extension of the account that is nobody's, and the agents it rings. */
export interface Queue {
  readonly extensionId: string
  readonly name: string
  readonly phoneNumber: string
  readonly agents: readonly Person[]
}

/** The account's only queue. It rings all its agents at the same time. */
export const SALES: Queue = {
  extensionId: '400195',
  name: 'Sales',
  phoneNumber: '+18005550195',
  agents: ['400102', '400104', '400103'].map(personByExtensionId),
}
