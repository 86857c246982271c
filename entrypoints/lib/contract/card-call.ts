import type { Outcome } from '../../../shared/call/outcome.ts'
import type { Phase } from '../../../shared/call/view.ts'
import type { DisplayNumber } from '../../../shared/number/format.ts'
import type { NameSource } from '../caller/caller-name.ts'
import type { KnownCaller } from '../caller/known-caller.ts'
import type { CardNote } from '../notes/note.ts'
import type { WhisperedLine } from '../store/schema.ts'
import type { OfferedActions } from './call-actions.ts'
import type { CardCrm } from './crm.ts'
import type { RecordMatch } from './record-match.ts'

/** One call on a card. Times are durations at the moment of sending: the card adds what has passed since. */
export interface CardCall {
  readonly telephonySessionId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  /** What the other side is called; `undefined` when nobody knows. */
  readonly name: string | undefined
  /** Who says so; absent where there is no name. */
  readonly nameSource: NameSource | undefined
  /** Formatted for reading; absent when withheld. */
  readonly number: DisplayNumber | undefined
  /** Where the number is from, in words; only where that is not the reader's own country. */
  readonly region: string | undefined
  /** Who else is in the conference that the call goes on in, each by name or number as it is to be read; absent: it is none. */
  readonly conferenceWith?: readonly string[]
  readonly queueName: string | undefined
  /** Where a parked call waits, as told. */
  readonly parkedAt: string | undefined
  readonly outcome: Outcome | undefined
  /** Whether the outcome is likely only, because what would tell cannot be seen. */
  readonly isOutcomeLikely?: boolean
  /** What the colleague is called who took the call; `undefined` when nobody else did, or nobody knows. */
  readonly takenBy: string | undefined
  readonly isMuted: boolean
  /** Whether the person asks for help in it. */
  readonly isHandRaised: boolean
  /** Lines for the person from somebody who watches them, the latest last. */
  readonly whispers: readonly WhisperedLine[]
  /** What the rule is called that sent the call to the person; absent where none did. */
  readonly sentByRule?: string
  /** What the rule is called that took the call from the person's phone, once it is over for them; absent where none did. */
  readonly movedByRule?: string
  /** Alerts that rules have about the call while it goes on, the latest last; absent where there are none. */
  readonly ruleAlerts?: readonly RuleAlert[]
  readonly isRecording: boolean
  /** When the call began, ms since the epoch, platform's clock. */
  readonly startedMs: number
  /** How long the phase has lasted. */
  readonly phaseMs: number
  /** Finished ring, talk and hold; the phase that is running comes on top. */
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
  /** Time in which both sides have talked by now; `undefined` when nothing is known of the other side. */
  readonly twoWayTalkMs: number | undefined
  /** Whether that time is running. */
  readonly isTwoWayTalk: boolean
  /** Whether a figure needs events that cannot be seen. */
  readonly isEstimate: boolean
  /** Whether the person has folded it away, or has opened it; `undefined` while they leave it as it comes. */
  readonly isFolded: boolean | undefined
  /** How long it has been on hold: for longer than the person wants to overlook, or much longer; absent otherwise. */
  readonly holdSeverity?: 'long' | 'tooLong' | undefined
  /** Made up, to show what a card looks like. */
  readonly isSample: boolean
  readonly match: RecordMatch | undefined
  /** What the account's CRM says of it; absent where there is none, or it has said nothing yet. */
  readonly crm?: CardCrm | undefined
  readonly known: KnownCaller | undefined
  readonly note: CardNote
  readonly actions: OfferedActions
}

/** What a rule of the account wants the person to know about a call. */
export interface RuleAlert {
  /** What the rule is called. */
  readonly rule: string
  readonly text: string
}

/** One about a call in which the person has no part. */
export interface AlertApart extends RuleAlert {
  /** To put it away by. */
  readonly name: string
  /** Name or number of who calls, as it may be shown. */
  readonly caller: string
  /** When the rule acted, ms since the epoch, relay's clock. */
  readonly atMs: number
}

/** A call that is going on, whether its card is up or was put away. Lines from a supervisor are for the card alone. */
export interface LiveCall extends Omit<CardCall, 'whispers'> {
  readonly isDismissed: boolean
}
