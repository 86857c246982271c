import type { Endpoint, Peer, Recording } from '../protocol/party.ts'
import type { Reason } from '../protocol/status-codes.ts'

/**
 * A call as it is known now: what the events of one telephony session add up to. SPEC.md tells the rules, by number.
 *
 * ```
 *              ┌──────────────────────── any live state ────────────────────────┐
 *   first ───▶ │ setup   ring   talk   hold   parked   voicemail   fax   other │ ───▶ disconnected | gone
 *   event      └───────────── each to each other, in any order ─────────────────┘        (final)
 * ```
 *
 * The platform promises no order of states: a queue's agent starts ringing without a setup, a caller talks to a menu before
 * anybody rings. So a leg may go from any live state to any other; only the end is final.
 */
export interface Call {
  readonly telephonySessionId: string
  readonly origin: string | undefined
  /** One a party, by party id. */
  readonly legs: readonly Leg[]
  /** Counted time of the first event by sequence that has a party; `undefined` while there is none. */
  readonly startedMs: number | undefined
  /** The moment as of which the platform no longer knew the session, when nothing later says otherwise. */
  readonly lostAsOfMs: number | undefined
}

/** One party's part in a session. It is in exactly one state at a time, so its intervals add up to its total. */
export interface Leg extends PartyFacts {
  readonly id: string
  /** What is over, in order, each interval beginning where the one before it ended. */
  readonly intervals: readonly Interval[]
  /** The state the leg is in, until it ends. */
  readonly current: { readonly state: LegState; readonly from: Mark } | undefined
  readonly end: LegEnd | undefined
  /** Latest counted time of this leg: no later event of it counts before this. */
  readonly latestMs: number
  /** Number of the last event of this leg, whatever it changed; `undefined` when only answers to status requests tell of it. */
  readonly lastSequence: number | undefined
  /** The answer to a status request that last changed this leg: its times are estimates then. */
  readonly repairedAsOfMs: number | undefined
  /** Whether the caller was answered by a message (CallReplied): then nothing rings any more, whatever code says so. */
  readonly wasReplied: boolean
  /** Events whose time lay before an earlier event's and was taken as that. */
  readonly backwardSteps: number
  /** Events that came after the end by sequence and counted nothing. */
  readonly eventsAfterEnd: number
  /** Events with a state or a reason that we do not know. */
  readonly unrecognisedReports: number
}

/** Everything that events say about a party except its state. Each field as last reported: an event that omits one takes nothing back. */
export interface PartyFacts {
  readonly direction: 'Inbound' | 'Outbound' | undefined
  readonly accountId: string | undefined
  readonly extensionId: string | undefined
  readonly from: Endpoint
  readonly to: Endpoint
  readonly queueCall: boolean
  readonly queueName: string | undefined
  readonly callerIdName: string | undefined
  readonly callerIdNumber: string | undefined
  readonly ringOutRole: string | undefined
  readonly conferenceRole: string | undefined
  readonly parkedAt: string | undefined
  readonly recordings: readonly Recording[]
  readonly missedCall: boolean
  readonly muted: boolean
  /** Whether the party was ever told not to be muted. One that never was has listened only. */
  readonly wasHeard: boolean
}

export const LEG_STATES = ['setup', 'ring', 'talk', 'hold', 'parked', 'voicemail', 'fax', 'other'] as const
export type LegState = (typeof LEG_STATES)[number]

/** What changed a leg: where to find it, what it said, and the time it counts at (ms, platform's clock). */
export interface Mark {
  /** The event's number; `undefined` for an answer to a status request, which has none. */
  readonly sequence: number | undefined
  /** The status code as the platform spelled it; `404` when it no longer knew the session. */
  readonly code: string
  readonly timeMs: number
}

/** Time in one state, from what began it to what closed it. May be of no length. */
export interface Interval {
  readonly state: LegState
  readonly from: Mark
  readonly to: Mark
}

export interface LegEnd {
  /** `gone` went to another session, `disconnected` left. */
  readonly kind: EndKind
  readonly at: Mark
  readonly reason: Reason | 'Unrecognised' | undefined
  /** With `gone`: where to. */
  readonly peer: Peer | undefined
}

export const END_KINDS = ['disconnected', 'gone'] as const
export type EndKind = (typeof END_KINDS)[number]
