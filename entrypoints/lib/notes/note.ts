/** What the person wrote down about one call. */
export interface CallNote {
  readonly text: string
  /** Short words such as `VIP`, each once, in the order in which they were given. */
  readonly tags: readonly string[]
}

/** A note as the worker tells it to cards: what is kept, and how the keeping went. */
export interface CardNote extends CallNote {
  /** Whether the store refused what was written last: `text` and `tags` are what was kept before. */
  readonly isRefused?: true
  /** Tags that were given before, to pick from. */
  readonly knownTags?: readonly string[]
}

export const NO_NOTE: CardNote = { text: '', tags: [] }
