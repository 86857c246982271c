/** A page that shows what is posted: the card on a CRM page, or the floor's. */
export interface Stage {
  /** For errors: what is watched. */
  readonly name: string
  /** Where to post, and what a post must carry. */
  readonly webhookUrl: string
  readonly headers: Readonly<Record<string, string>>
  /** A call that was not there before. */
  createCall(): StagedCall
  /** Resolves when `key` has come onto the page and been painted; '' stands for nothing being shown any more. */
  sight(key: string): Promise<Sighting>
  /** Makes it the tab that is seen: one that is not draws nothing. */
  toFront(): Promise<void>
}

export interface StagedCall {
  /** What shows that it is there. */
  readonly key: string
  /** Bodies to post: what makes it appear, and what takes it away. */
  readonly ringing: string
  readonly ended: string
}

/**
 * Both in ms since the epoch. Processes of one machine agree on that: each takes the wall clock when it begins and counts on by
 * the same steady clock, to a tenth of a millisecond in a page.
 */
export interface Sighting {
  readonly receivedMs: number
  readonly paintedMs: number
}
