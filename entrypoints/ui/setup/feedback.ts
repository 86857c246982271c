/** A sentence about what was just done, or about why it was not. `pending`: it is being done. */
export interface Feedback {
  readonly kind: 'done' | 'pending' | 'problem'
  readonly text: string
}
