import type { Person } from '../people.ts'
import type { Queue } from '../queue.ts'
import type { ShowEnd } from './ends.ts'
import type { NotificationParty } from './notification.ts'
import type { PartyCode } from './party-state.ts'

/**
 * What a party is there for. A queue waits for its agents, an observer listens in: neither is talked to, and neither keeps a
 * call alive.
 */
export type Role = 'caller' | 'called' | 'queue' | 'observer' | 'participant'

/** Who pressed hold: the phone and the API each have a hold of their own, and both must be undone. */
export type Hand = 'phone' | 'api'

export interface Recording {
  readonly id: string
  readonly active: boolean
}

/** What is fixed about a party. */
export interface PartyPlan {
  readonly role: Role
  /** The colleague whose party it is; `undefined` for somebody outside and for a queue. */
  readonly owner: Person | undefined
  /** The extension whose party it is: the colleague's or the queue's. */
  readonly extensionId: string | undefined
  readonly direction: 'Inbound' | 'Outbound'
  readonly to: ShowEnd
  readonly from: ShowEnd
  /** The queue in whose name it is rung. */
  readonly queue?: Queue
  readonly conferenceRole?: 'Host' | 'Participant'
}

/** What changes in one event; without a code the party keeps its state. */
export interface PartyChange {
  readonly code?: PartyCode
  readonly reason?: string
  readonly peerId?: NonNullable<NotificationParty['status']['peerId']>
  readonly parkData?: string
  readonly missedCall?: boolean
  readonly muted?: boolean
  readonly recordings?: readonly Recording[]
  /** The phone it was answered at. */
  readonly deviceId?: string
}

/** A party as it is now, which may be ahead of what has been told. */
export interface LiveParty extends PartyPlan {
  readonly id: string
  readonly code: PartyCode
  readonly status: Omit<NotificationParty['status'], 'code' | 'mobilePickupData' | 'rcc'>
  /** It rings, or was answered by this very change. */
  readonly isRung: boolean
  readonly missedCall: boolean
  readonly muted: boolean
  readonly recordings: readonly Recording[]
  readonly deviceId: string | undefined
  readonly holds: ReadonlySet<Hand>
}

export function newParty(id: string, plan: PartyPlan): LiveParty {
  return {
    ...plan,
    id,
    code: 'Setup',
    status: {},
    isRung: false,
    missedCall: false,
    muted: false,
    recordings: [],
    deviceId: undefined,
    holds: new Set(),
  }
}

/** The party after a change. A status belongs to its code: a new code forgets the old reason. */
export function changeParty(party: LiveParty, change: PartyChange): LiveParty {
  const { code = party.code, reason, peerId, parkData, ...rest } = change
  const status = {
    ...(reason !== undefined && { reason }),
    ...(parkData !== undefined && { parkData }),
    ...(peerId !== undefined && { peerId }),
  }
  return {
    ...party,
    ...rest,
    code,
    status: change.code === undefined ? party.status : status,
    isRung: code === 'Proceeding' || (code === 'Answered' && party.code === 'Proceeding'),
  }
}
