/** Something that follows calls by their events: ours, the floor or the peer, so that one harness measures and judges all. */
export interface Follower {
  /** What its readings can be held to. */
  readonly tells: {
    /** Every party, ended ones included, for as long as the call is held. */
    readonly everyParty: boolean
    /** Why a party left. */
    readonly reasons: boolean
    /** How long a party was in each state. */
    readonly times: boolean
  }
  /**
   * Takes in one notification as `JSON.parse` gives it, which arrives at `nowMs` (ms since the epoch, platform's clock), and reads
   * its call: the number of parties that have not ended. `undefined`: the event was refused, and the call stays as it was told.
   */
  track(raw: unknown, nowMs: number): number | undefined
  /** Called once a second of the platform's time. */
  passTime(nowMs: number): void
  /** The call as it is told now; `undefined` when it is not held: not known, or over. */
  readCall(telephonySessionId: string): CallReading | undefined
  /** Absent for who can't ask the platform how a session stands. */
  readonly doubt?: {
    /** The sessions that it would ask about. */
    list(nowMs: number): readonly string[]
    /** Takes in the platform's answer, in the relay's wrapping. */
    repair(rawStatus: unknown): void
  }
}

/** The parties of a call by id. */
export type CallReading = ReadonlyMap<string, PartyReading>

export interface PartyReading {
  /** `undefined` while the party has not ended. */
  readonly end: { readonly code: string; readonly reason: string | undefined } | undefined
  /** `undefined` while the party has not ended, and always from who tells no times. */
  readonly spent: Spent | undefined
}

/** Time a party spent in each state, and from its first event to its end, ms. */
export type Spent = Readonly<Record<(typeof SPENT_STATES)[number], number>>
export const SPENT_STATES = ['setup', 'ring', 'talk', 'hold', 'voicemail', 'total'] as const

/** Whether a party of the call has not ended, as far as the reading goes. */
export function isLive(reading: CallReading | undefined): boolean {
  return reading !== undefined && [...reading.values()].some(({ end }) => end === undefined)
}
