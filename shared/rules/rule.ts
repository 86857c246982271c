/**
 * The account's rules, decoded and compiled: what must hold of a call, and what is done with it then. Durations are ms, ids are
 * RingCentral's, numbers are keys of {@link numberKey}, so that every spelling of one is the same.
 */
export interface RuleBook {
  /** IANA name; the days and times of the rules are in it. */
  readonly timeZone: string
  /** The first that holds acts, and ends it unless it says `goOn`. */
  readonly rules: readonly Rule[]
}

export interface Rule {
  /** Unique in its book: acts are remembered by it. */
  readonly name: string
  readonly when: Conditions
  /** In order. At most one of them moves the call. */
  readonly acts: readonly Act[]
  /** Later rules may act on the same call as well. */
  readonly goOn: boolean
  /** Says what it would do, and does nothing. */
  readonly isDry: boolean
}

/** All that is given must hold; a list holds when one of its entries does. */
export interface Conditions {
  readonly caller?: readonly NumberPattern[]
  readonly called?: readonly NumberPattern[]
  /** Whose phone rings, or rang before it was answered. */
  readonly extensionIds?: ReadonlySet<string>
  /** In whose queue the caller waits, or waited before an agent was found. */
  readonly queueIds?: ReadonlySet<string>
  /** The leg has rung so long. */
  readonly ringingForMs?: number
  /** It is at least the so manieth call of this number today. */
  readonly callsToday?: number
  readonly times?: readonly TimeWindow[]
}

export type NumberPattern =
  | { readonly kind: 'number'; readonly key: string }
  /** Of a number in E.164: `+1206`. */
  | { readonly kind: 'prefix'; readonly e164: string }
  | { readonly kind: 'list'; readonly list: NumberList }
  | { readonly kind: 'withheld' }

/** Numbers under one name; however many there are, one look finds one. */
export interface NumberList {
  readonly name: string
  readonly keys: ReadonlySet<string>
  /** Without repetition, shortest first. */
  readonly prefixes: readonly string[]
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Minutes since midnight by the wall clock; `fromMinute` is in it, `toMinute` is not. Past midnight when `toMinute` is not later. */
export interface TimeWindow {
  /** Days on which it begins. */
  readonly days: ReadonlySet<Weekday>
  readonly fromMinute: number
  readonly toMinute: number
}

export type Destination =
  | { readonly extensionId: string }
  | { readonly extensionNumber: string }
  | { readonly phoneNumber: string }
  /** Extension id of whose mailbox it is. */
  | { readonly voicemail: string }

export type Act =
  /** While the leg rings, or the caller waits in the queue. */
  | { readonly kind: 'forward'; readonly to: Destination }
  /** Once the leg is connected. */
  | { readonly kind: 'transfer'; readonly to: Destination }
  /** While the leg rings: the caller is read this text. */
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'alert'; readonly to: string | 'watchers'; readonly text: string }
  /** Once the leg is connected: this device hears the agent's call, in one channel or each side in a channel of its own. */
  | { readonly kind: 'supervise'; readonly deviceId: string; readonly channels: Channels }

export type Channels = 1 | 2
