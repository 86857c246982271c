/** What the person wrote down about one call. */
export interface CallNote {
  readonly text: string
  /** Short words such as `VIP`, each once, in the order in which they were given. */
  readonly tags: readonly string[]
}

export const NO_NOTE: CallNote = { text: '', tags: [] }
