import type { Mark } from '../call/state.ts'

/**
 * A measured time with the evidence for it: the stretches it is the sum of, each from one event to another. So that a reader
 * can ask "why 7.345 s?" and be told "from Proceeding #7 to Answered #8".
 */
export interface Figure {
  /** Sum of the stretches, ms. What is still going on counts nothing: nobody here knows what time it is. */
  readonly ms: number
  readonly stretches: readonly Stretch[]
  /** Why the figure may be off; empty when it is exact. */
  readonly estimates: readonly Estimate[]
}

/** `from.timeMs ≤ to.timeMs`, both on the platform's clock. */
export interface Stretch {
  readonly from: Mark
  readonly to: Mark
}

/** A reason why a figure may be off. */
export type Estimate =
  /** The other parties' events are not delivered, and the figure would need them. */
  | { readonly because: 'ownLegOnly' }
  /** The other side was put through to a session that is not delivered, and the figure would need it. */
  | { readonly because: 'outOfSight' }
  /** Events were missed; how things stood was asked of the platform, and nobody knows since when they stood so. */
  | { readonly because: 'repaired'; readonly asOfMs: number }
  /** These events are known to be missing, and one of them may have been a change of this leg. */
  | { readonly because: 'missing'; readonly sequences: readonly number[] }

export function sumFigure(stretches: readonly Stretch[], estimates: readonly Estimate[] = EXACT): Figure {
  return { ms: stretches.reduce((ms, { from, to }) => ms + to.timeMs - from.timeMs, 0), stretches, estimates }
}

/** The time that at least one of these stretches covers. */
export function uniteStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const united: Stretch[] = []
  for (const stretch of stretches.toSorted((a, b) => a.from.timeMs - b.from.timeMs)) {
    const last = united.at(-1)
    if (last === undefined || stretch.from.timeMs >= last.to.timeMs) united.push(stretch)
    else if (stretch.to.timeMs > last.to.timeMs) united[united.length - 1] = { from: last.from, to: stretch.to }
  }
  return united
}

/** The longest time without a break among those that a figure is the sum of. Stretches that touch are one time. */
export function selectLongest({ stretches, estimates }: Figure): Figure {
  let longest = sumFigure([], estimates)
  let run: readonly Stretch[] = []
  for (const stretch of stretches) {
    run = run.at(-1)?.to.timeMs === stretch.from.timeMs ? [...run, stretch] : [stretch]
    const unbroken = sumFigure(run, estimates)
    if (unbroken.ms > longest.ms) longest = unbroken
  }
  return longest
}

export const EXACT: readonly Estimate[] = []

/** Whether any of these may be off. */
export function isEstimate(...figures: readonly (Figure | undefined)[]): boolean {
  return figures.some((figure) => figure !== undefined && figure.estimates.length > 0)
}
