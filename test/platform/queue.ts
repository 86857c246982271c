import { ACCOUNT, type Person, personByExtensionId } from './people.ts'

/** A call queue: an extension of the account that is nobody's, and the agents it rings. */
export interface Queue {
  readonly extensionId: string
  readonly extensionNumber: string
  readonly accountId: string
  readonly name: string
  readonly phoneNumber: string
  readonly agents: readonly Person[]
  readonly settings: QueueSettings
}

/** What an administrator has set for a queue, within the platform's limits. */
export interface QueueSettings {
  /** All agents at the same time, one after the other with the longest idle first, or always in the list's order. */
  readonly transferMode: 'Simultaneous' | 'Rotating' | 'FixedOrder'
  /** Whether agents are rung who are on the phone already. */
  readonly ringsBusyAgents: boolean
  /** How long one agent is rung before the next. */
  readonly agentTimeoutS: number
  /** How long an agent is left alone after a call of the queue, 0 to 300. */
  readonly wrapUpS: number
  /** How long a caller waits at most, up to 900; then `expired` happens. */
  readonly holdS: number
  readonly expired: Overflow
  /** How many callers wait at most, up to 25; with one more `full` happens. */
  readonly maxCallers: number
  readonly full: Overflow
  readonly serviceLevel: {
    readonly goalPercent: number
    readonly thresholdS: number
    readonly includesAbandoned: boolean
    /** Who gives up sooner does not count at all. */
    readonly abandonedThresholdS: number
  }
}

/** Where a caller goes whom the queue does not keep: its voicemail box, or the extension with that id. */
export type Overflow = 'Voicemail' | { readonly toExtensionId: string }

export const USUAL_SETTINGS: QueueSettings = {
  transferMode: 'Rotating',
  ringsBusyAgents: false,
  agentTimeoutS: 20,
  wrapUpS: 15,
  holdS: 900,
  expired: 'Voicemail',
  maxCallers: 25,
  full: 'Voicemail',
  serviceLevel: { goalPercent: 80, thresholdS: 30, includesAbandoned: true, abandonedThresholdS: 5 },
}

/** The queue of the small account. It rings all its agents at the same time. */
export const SALES: Queue = {
  extensionId: '400195',
  extensionNumber: '195',
  accountId: ACCOUNT.id,
  name: 'Sales',
  phoneNumber: '+18005550195',
  agents: ['400102', '400104', '400103'].map(personByExtensionId),
  settings: { ...USUAL_SETTINGS, transferMode: 'Simultaneous', ringsBusyAgents: true },
}
