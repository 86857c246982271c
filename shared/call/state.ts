import type { Endpoint, StatusCode } from '../protocol/notification.ts'

/**
 * A call as it is known now: what the events of one telephony session add up to.
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
}

/** One party's part in a session. It is in exactly one state at a time, so its intervals add up to its total. */
export interface Leg {
  readonly id: string
  readonly direction: 'Inbound' | 'Outbound' | undefined
  readonly accountId: string | undefined
  readonly extensionId: string | undefined
  /** Each field as last told; names come several events late, and an event that omits one takes nothing back. */
  readonly from: Endpoint
  readonly to: Endpoint
  readonly queueCall: boolean
  readonly queueName: string | undefined
  readonly callerIdName: string | undefined
  readonly ringOutRole: string | undefined
  readonly parkedAt: string | undefined
  readonly muted: boolean
  /** What is over, in order, each interval beginning where the one before it ended. */
  readonly intervals: readonly Interval[]
  /** The state the leg is in, until it ends. */
  readonly current: { readonly state: LegState; readonly from: Mark } | undefined
  readonly end: LegEnd | undefined
  /** Latest counted time of this leg: no later event of it counts before this. */
  readonly latestMs: number
  /** Events whose time lay before an earlier event's and was taken as that. */
  readonly backwardSteps: number
}

export const LEG_STATES = ['setup', 'ring', 'talk', 'hold', 'parked', 'voicemail', 'fax', 'other'] as const
export type LegState = (typeof LEG_STATES)[number]

/** The event that changed a leg: where to find it, what it said, and the time it counts at (ms, platform's clock). */
export interface Mark {
  readonly sequence: number
  /** The status code as the platform spelled it. */
  readonly code: string
  readonly timeMs: number
}

/** Time in one state, from the event that began it to the event that closed it. May be of no length. */
export interface Interval {
  readonly state: LegState
  readonly from: Mark
  readonly to: Mark
}

export interface LegEnd {
  /** `gone` went to another session, `disconnected` left. */
  readonly kind: 'disconnected' | 'gone'
  readonly at: Mark
  readonly reason: string | undefined
  /** With `gone`: where to. */
  readonly peer: { readonly telephonySessionId: string | undefined; readonly partyId: string | undefined } | undefined
}

/** What each status code means for a leg. Source: RingCentral developer guide, call session notifications. */
export const STATE_OF_CODE: Readonly<Record<StatusCode | 'Unrecognised', LegState | LegEnd['kind']>> = {
  Setup: 'setup',
  Proceeding: 'ring',
  Answered: 'talk',
  Hold: 'hold',
  VoiceMail: 'voicemail',
  VoiceMailScreening: 'voicemail',
  FaxReceive: 'fax',
  Parked: 'parked',
  Gone: 'gone',
  Disconnected: 'disconnected',
  Tds: 'other',
  Unrecognised: 'other',
}
