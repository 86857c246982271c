import type { GrantFlag } from './grants.ts'
import { PEOPLE, type Person, SUPERVISOR } from './people.ts'
import { type Queue, SALES } from './queue.ts'

/** Who works at the account that the stand-in is about, which queues it has, and who was granted what over whom. */
export interface Company {
  /** With the service user, and the people of the other account. */
  readonly people: readonly Person[]
  readonly queues: readonly Queue[]
  readonly grants: readonly InitialGrant[]
}

export interface InitialGrant {
  readonly holderId: string
  readonly flags: readonly GrantFlag[]
  /** Extension ids of people and queues. */
  readonly over: readonly string[]
}

/** Four people and a queue, whose supervisor may listen to everybody in it and runs it. */
export const NORTHWIND: Company = {
  people: PEOPLE,
  queues: [SALES],
  grants: [
    {
      holderId: SUPERVISOR.extensionId,
      flags: ['callMonitoring'],
      over: SALES.agents.map(({ extensionId }) => extensionId),
    },
    { holderId: SUPERVISOR.extensionId, flags: ['callQueueSetup'], over: [SALES.extensionId] },
  ],
}
