import type { Tracker } from '../call/track.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { GroupFacts } from './group-facts.ts'

/**
 * Sessions that a transfer, a parking place or a conference ties together: a call of one person goes through them, so they leave
 * together. A session that only waits for news of another is not in its group.
 */
export interface Group {
  readonly trackers: Tracker[]
  /** Its share of the totals: what each part came to by itself before they were tied. */
  counted: readonly GroupFacts[]
  /** The ends assumed for calls of which nothing was heard for too long. */
  readonly conclusions: Map<Tracker, SessionStatus>
}
