import type { DBSchema } from 'idb'
import type { PartKind } from '../../../shared/call/customer-call.ts'
import type { Outcome } from '../../../shared/call/outcome.ts'
import type { Counterpart, Phase } from '../../../shared/call/view.ts'
import type { FigureTimes } from '../../../shared/metrics/figures.ts'
import type { Tally } from '../../../shared/metrics/tally.ts'
import type { Recording } from '../../../shared/protocol/party.ts'
import type { Cursor, User } from '../../../shared/protocol/wire.ts'
import type { CallNote } from '../notes/note.ts'

/** What the browser keeps of one person: one database each, so that nobody reads anybody else's calls. */
export interface PersonSchema extends DBSchema {
  /** Every event as it came, so that figures can be recomputed and explained. */
  events: {
    key: [telephonySessionId: string, sequence: number, uuid: string, count: number]
    value: StoredEvents
  }
  /** The platform's answers about sessions of which something was missed. */
  statuses: { key: [telephonySessionId: string, asOf: string, receivedMs: number]; value: StoredStatus }
  /** One row a call in which the person has a part, for lists and totals. */
  calls: {
    key: string
    value: CallRow
    indexes: {
      byStart: number
      byActive: number
      byLive: number
      byMissedUnseen: number
      byNumber: [numberKey: string, startedMs: number]
      byPeer: string
    }
  }
  /** What the finished calls of each day add up to, so that a year is read at once. */
  days: { key: string; value: PackedDay }
  /** What the person wrote down, one a call. */
  notes: {
    key: string
    value: StoredNote
    indexes: { byNumber: [numberKey: string, startedMs: number]; byTag: string }
  }
  /** Notes that the relay shall have for the CRM and has not taken yet. */
  unsentNotes: { key: string; value: UnsentMark; indexes: { byWritten: number } }
  /** Contacts that the person brought. */
  contacts: { key: string; value: Contact; indexes: { byNumber: string; byName: string; byTag: string } }
  /** Pages of a CRM that showed a number. */
  records: { key: [numberKey: string, url: string]; value: SeenRecord; indexes: { bySeen: number } }
  /** What rules told the person of calls, also of such as are not theirs. */
  ruleNotices: {
    key: [telephonySessionId: string, kind: StoredRuleNotice['kind'], rule: string]
    value: StoredRuleNotice
    indexes: { byReceived: number }
  }
  /** How far each relay's log has been taken in. */
  cursors: { key: string; value: Cursor & { readonly relayUrl: string } }
  /** The last time each relay could not go on where this browser stopped. */
  gaps: { key: string; value: Gap }
  /** How far deletion by age has come. */
  keeping: { key: 'now'; value: KeptSoFar }
  /** How the numbers were read whose keys are stored. */
  reading: { key: 'now'; value: NumberReading }
}

export interface NumberReading {
  /** Version of how numbers are parsed. */
  readonly form: number
  /** Whether the person's country was known; a guess is corrected once it is. */
  readonly isCountryKnown: boolean
}

export interface KeptSoFar {
  /** The name of the person whose store it is. */
  readonly name: string
  /** When old data was last deleted, ms since the epoch, relay's clock; absent: never. */
  readonly prunedMs?: number
  /**
   * Events of calls that began before this moment were deleted, ms since the epoch, platform's clock; absent: none
   * were.
   */
  readonly eventsGoneBeforeMs?: number
  /** When some were deleted for lack of space, ms since the epoch, relay's clock; absent: never. */
  readonly madeRoomMs?: number
}

export interface Gap {
  readonly relayUrl: string
  /** When it was noticed, ms since the epoch, browser's clock: what is missing is from before. */
  readonly noticedMs: number
}

export interface StoredEvent {
  readonly telephonySessionId: string
  readonly sequence: number
  readonly uuid: string
  /** When the relay got it, ms since the epoch, relay's clock. */
  readonly receivedMs: number
  /** RingCentral's envelope, untouched. */
  readonly notification: unknown
}

/** Events of one call that came in together, in the order in which they came. */
export interface StoredEvents {
  readonly telephonySessionId: string
  /** Of the first of them. */
  readonly sequence: number
  readonly uuid: string
  readonly count: number
  readonly events: readonly Omit<StoredEvent, 'telephonySessionId'>[]
}

export interface StoredStatus {
  readonly telephonySessionId: string
  /** The moment it is about, as the relay wrote it. */
  readonly asOf: string
  readonly receivedMs: number
  /** The relay's record, untouched. */
  readonly status: unknown
}

/** One day of the person's calendar as it is stored, see day-packs.ts. */
export interface PackedDay {
  /** `2026-03-29`. */
  readonly day: string
  /** By which zone, rules and form it was counted, see day-context.ts; absent from a store that an earlier version has filled. */
  readonly countedBy?: string
  /** The tallies of its hours; absent from a store that an earlier version has filled. */
  readonly packed?: Uint32Array | Float64Array
}

/** One day of the person's calendar. */
export interface StoredDay extends Pick<PackedDay, 'day' | 'countedBy'> {
  /** By the hour (0 to 23) in which calls began; hours without calls are not there. */
  readonly hours: readonly { readonly hour: number; readonly tally: Tally }[]
}

/** A note, with what it takes to find it by the other side's number. */
export interface StoredNote extends CallNote {
  readonly telephonySessionId: string
  readonly startedMs: number
  /** When it was written last, ms since the epoch, browser's clock. */
  readonly writtenMs: number
  readonly numberKey?: string
}

/** That the note of a call, as it is kept, was not sent. */
export interface UnsentMark {
  readonly telephonySessionId: string
  /** That of the note, ms since the epoch, browser's clock; of one that was taken back, when it was. */
  readonly writtenMs: number
}

export interface Contact {
  readonly id: string
  readonly name: string
  readonly company: string | undefined
  /** As they were written. */
  readonly phoneNumbers: readonly string[]
  /** Their keys, for matching. */
  readonly numberKeys: readonly string[]
  /** In which they were read, ISO 3166; absent while the person's country is a guess. */
  readonly country?: string
  readonly tags: readonly string[]
}

export interface SeenRecord {
  readonly numberKey: string
  readonly url: string
  /** As the page was called; of one that the CRM told of, the contact's name. */
  readonly title: string
  /** When it showed the number last, ms since the epoch, browser's clock. */
  readonly seenMs: number
  /** What the CRM is called that told the relay whose number it is; absent where only a page showed it. */
  readonly toldBy?: string
  /** Where the contact works, as the CRM told. */
  readonly company?: string
}

/** One line for the person alone. */
export interface WhisperedLine {
  /** What its writer is called; absent when nobody says. */
  readonly fromName?: string
  readonly text: string
  /** When the relay had it, ms since the epoch, relay's clock. */
  readonly receivedMs: number
}

/** That a rule of the account sent a call to the person, moved it on from their phone, or has an alert for them. */
export interface StoredRuleNotice {
  readonly telephonySessionId: string
  readonly kind: 'sent' | 'moved' | 'alert'
  /** What the rule is called. */
  readonly rule: string
  /** Of an alert. */
  readonly text?: string
  /** Number of who calls, of an alert; absent where it is withheld. */
  readonly caller?: string
  /** When the relay had it, ms since the epoch, relay's clock. */
  readonly receivedMs: number
  /** Of an alert: the person has put it away, or the call has ended. */
  readonly isOver?: true
}

export interface TakenBy {
  readonly isMe: boolean
  readonly name: string | undefined
  readonly afterMs: number
}

/** A session of the person that is no call by itself. */
export interface RowPart {
  readonly kind: Exclude<PartKind, 'call'>
  /** The call that it is a part of, by its `telephonySessionId`; `undefined`: of none. */
  readonly ofId: string | undefined
}

/** One call of the person. Its times are over all parts of the call; what is still going on counts when it has ended. */
export interface CallRow extends FigureTimes {
  readonly telephonySessionId: string
  /** The session that the call goes on in, or went on in last: that of `partyId`; absent: its own. */
  readonly currentSessionId?: string
  /** What it is a part of; absent for a call, which is what lists and figures count. */
  readonly part?: RowPart
  /** My current leg, which actions on the call go to. */
  readonly partyId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  /** When the phase began, ms since the epoch, platform's clock. */
  readonly phaseSinceMs: number
  readonly startedMs: number
  readonly name: string | undefined
  /** As the platform tells it: E.164, or a short extension; absent when withheld. */
  readonly phoneNumber: string | undefined
  /**
   * The number in canonical form, equal for all its spellings; absent when withheld, so that the index holds only
   * numbers.
   */
  readonly numberKey?: string
  /** Who else is in the conference that the call goes on in; absent: it is none. */
  readonly conferenceWith?: readonly Counterpart[]
  readonly queueName: string | undefined
  /** Where the call waits while it is parked, as told. */
  readonly parkedAt: string | undefined
  readonly isMuted: boolean
  /** Recordings that were begun, the latest last. */
  readonly recordings: readonly Recording[]
  readonly outcome: Outcome | undefined
  /** Whether the outcome is likely only, because what would tell cannot be seen; absent otherwise. */
  readonly isOutcomeLikely?: true
  /** Since when both sides talk, ms since the epoch, platform's clock; absent while they do not, or when that is not known. */
  readonly twoWayTalkSinceMs?: number
  /** Who took the call, a colleague or the person themselves, and how long after its first event; absent while nobody has. */
  readonly takenBy?: TakenBy
  /** Sessions that a party of this one went to, or came from. */
  readonly peerIds: readonly string[]
  /** Whether a figure, or the outcome, needs events that cannot be seen. */
  readonly isEstimate: boolean
  /** 1 once its events were deleted, by age or for lack of space: its figures can't be recomputed. */
  readonly eventsGone?: 1
  /** Events known to be missing, so that times are lower bounds. */
  readonly missingSequences: readonly number[]
  /** Smallest delay from the platform's clock to the relay's that an event of this call showed, ms: translates its times. */
  readonly delayMs: number
  /** 1 while the call goes on, whether or not it has a card; absent otherwise, so that the index holds only those. */
  readonly live?: 1
  /** 1 while the call is live or its card is still up; absent otherwise, so that the index holds only those. */
  readonly active?: 1
  /** When the card of a finished call goes by itself, ms since the epoch, relay's clock; infinite: it does not. */
  readonly shownUntilMs: number | undefined
  /** When the card of a finished call was in use last, ms since the epoch, relay's clock; absent: never since it ended. */
  readonly usedMs?: number
  /** Whether the person has put the card away. */
  readonly isDismissed: boolean
  /** Whether the person has folded it away, or has opened it; `undefined` while they leave it as it comes. */
  readonly isFolded: boolean | undefined
  /** The CRM's record that the person chose for it, by its address. */
  readonly chosenUrl?: string
  /** While the call goes on and the person asks for help in it; absent otherwise. */
  readonly isHandRaised?: true
  /** Lines that somebody who watches the person wrote them about the call, the latest last; gone when it ends. */
  readonly whispers?: readonly WhisperedLine[]
  /** 1 while the person missed the call and has not looked since; absent otherwise, so that the index holds only those. */
  readonly missedUnseen?: 1
}

/** Who is signed in on this browser, and where. Kept apart from people's calls, and out of reach of content scripts. */
export interface BrowserSchema extends DBSchema {
  signIn: { key: 'current'; value: SignIn }
}

export interface SignIn {
  readonly relayUrl: string
  readonly token: string
  readonly user: User
}
