import type { Tracker } from '../call/track.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { GroupFacts } from './group-facts.ts'

/**
 * Sessions that a transfer, a parking place or a conference ties together: a call of one person goes through them, so they leave
 * together. One that only waits for a word of another has none in its group.
 */
export interface Group {
  readonly trackers: Tracker[]
  /** What of it is in the totals: of each part what it came to by itself before they were tied. */
  counted: readonly GroupFacts[]
  /** Of calls that were taken for over because nothing was heard of them, what was concluded. */
  readonly conclusions: Map<Tracker, SessionStatus>
}
