import type { Counterpart, Phase } from '../call/view.ts'

/**
 * The account live, as a board shows it. Every number knows the sessions behind it, so that it can be opened. Times are ms since
 * the epoch on the platform's clock.
 */

/**
 * What an extension is doing: of several calls the one that takes most of the person. `dialling` is a call of theirs that nobody
 * has answered yet, `listening` one that they only hear, `wrapUp` an estimate: the time that the queue leaves after its call.
 */
export const EXTENSION_STATES = [
  'talking',
  'holding',
  'ringing',
  'dialling',
  'parked',
  'listening',
  'other',
  'wrapUp',
  'idle',
] as const
export type ExtensionState = (typeof EXTENSION_STATES)[number]

/** A call that goes on, as one extension has it. */
export interface LiveCall {
  /** The session by which the call is known. */
  readonly telephonySessionId: string
  /** The session and the party in which it goes on now: where an action on it goes. */
  readonly currentSessionId: string
  readonly partyId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly state: Exclude<ExtensionState, 'wrapUp' | 'idle'>
  /** The same in the words of the card: voicemail and fax are told apart there. */
  readonly phase: Phase
  readonly sinceMs: number
  readonly startedMs: number
  /** When the other side was put on hold; `undefined` while it is not. */
  readonly holdingSinceMs: number | undefined
  readonly counterpart: Counterpart
  /** The queue whose caller it is; a queue that the platform does not name by its id has a name alone. */
  readonly queueId: string | undefined
  readonly queueName: string | undefined
}

/** The call of an extension that ended last. */
export interface LastCall {
  readonly telephonySessionId: string
  readonly endedMs: number
  readonly queueId: string | undefined
}

/** The finished calls of an extension that began today. */
export interface ExtensionTally {
  readonly calls: number
  readonly answered: number
  readonly missed: number
  readonly talkMs: number
  readonly holdMs: number
}

/** One extension at this moment. */
export interface ExtensionLive {
  readonly extensionId: string
  /** By how much they take of the person, then by their start. */
  readonly calls: readonly LiveCall[]
  /** Also from before midnight; `undefined` when none is known. */
  readonly lastCall: LastCall | undefined
  readonly today: ExtensionTally
}

/** What {@link ExtensionLive} comes to at a moment. */
export interface ExtensionStanding {
  readonly state: ExtensionState
  /** `undefined` for who is idle and of whose last call nothing is known. */
  readonly sinceMs: number | undefined
  /** Of `wrapUp`: when it ends. */
  readonly untilMs: number | undefined
  /** Whether the state is concluded and not told. */
  readonly isEstimate: boolean
  /** The call that the state is about. */
  readonly call: LiveCall | undefined
}

/** Somebody who waits in a queue. */
export interface WaitingCaller {
  readonly telephonySessionId: string
  /** The queue's own party in the session. */
  readonly partyId: string
  readonly sinceMs: number
  readonly caller: Counterpart
  /** Extension ids of the agents whose phones ring for them now. */
  readonly ringing: readonly string[]
}

/** An agent who is on the phone with a caller of a queue. */
export interface OnPhone {
  readonly extensionId: string
  readonly telephonySessionId: string
}

/** The callers of a queue who came today and wait no longer; `offered` is the sum of `answered`, `abandoned` and `redirected`. */
export interface QueueTally {
  readonly offered: number
  readonly answered: number
  readonly abandoned: number
  /** Went elsewhere: to a voicemail box, another queue or extension. */
  readonly redirected: number
  /** Callers by the seconds of their wait, rounded up. */
  readonly answeredWaits: Waits
  readonly abandonedWaits: Waits
  /** The longest wait, whatever came of it. */
  readonly longestWait: { readonly telephonySessionId: string; readonly waitMs: number } | undefined
}

/** How many waited how many seconds, rounded up: exact for every limit in whole seconds, and never longer than a wait can be. */
export type Waits = ReadonlyMap<number, number>

/** One queue at this moment. */
export interface QueueLive {
  readonly queueId: string
  /** Who came first is first: that one waits longest. */
  readonly waiting: readonly WaitingCaller[]
  readonly onPhone: readonly OnPhone[]
  readonly today: QueueTally
}

/** Of what a row was shown and something is different by now. */
export interface LiveChanges {
  readonly extensionIds: ReadonlySet<string>
  readonly queueIds: ReadonlySet<string>
}

/** The account's own words on what a good service is; what it does not tell is absent. */
export interface ServiceLevelSettings {
  /** A caller should be answered within so many seconds. */
  readonly slaSeconds?: number | undefined
  /** Whether who hangs up before an answer counts as not served. */
  readonly slaCountsAbandoned?: boolean | undefined
  /** Who hangs up within so many seconds is not counted at all. */
  readonly abandonedAfterSeconds?: number | undefined
}

/** The share of callers who were answered in time. */
export interface ServiceLevel {
  /** Answered within the queue's `slaSeconds`. */
  readonly inTime: number
  /** Callers who count: those answered, and who hung up if the account counts them. */
  readonly counted: number
  /** From 0 to 1; `undefined` when nobody counts. */
  readonly share: number | undefined
}
