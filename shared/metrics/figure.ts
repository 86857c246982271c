import type { Mark } from '../call/state.ts'

/**
 * A measured time with the evidence for it: the stretches it is the sum of, each from one event to another. So that a reader
 * can ask "why 7.345 s?" and be told "from Proceeding #7 to Answered #8".
 */
export interface Figure {
  /** Sum of the stretches, ms. What is still going on counts nothing: nobody here knows what time it is. */
  readonly ms: number
  readonly stretches: readonly Stretch[]
  /** Why the figure may be off, when something that it needs cannot be seen. */
  readonly estimate: EstimateReason | undefined
}

/** `from.timeMs ≤ to.timeMs`, both on the platform's clock. */
export interface Stretch {
  readonly from: Mark
  readonly to: Mark
}

/** `ownLegOnly`: the other parties' events are not delivered, and the figure would need them. */
export type EstimateReason = 'ownLegOnly'

export function sumFigure(stretches: readonly Stretch[], estimate?: EstimateReason): Figure {
  return { ms: stretches.reduce((ms, { from, to }) => ms + to.timeMs - from.timeMs, 0), stretches, estimate }
}
