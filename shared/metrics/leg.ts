import { selectStart } from '../call/leg.ts'
import { LEG_STATES, type Leg, type LegState } from '../call/state.ts'
import { estimateLegs, estimateRing } from './estimate.ts'
import { type Estimate, type Figure, sumFigure } from './figure.ts'

/** One leg's time in each state. The states of a finished leg add up to its total exactly. */
export type LegFigures = Readonly<Record<LegState, Figure>> & {
  /** From the leg's first event to its end; `undefined` until it has ended. */
  readonly total: Figure | undefined
  /** How often the leg was put on hold, finished or not. */
  readonly holdCount: number
}

/** `missing`: the session's numbers that are known to be missing, in a complete stream. */
export function measureLeg(leg: Leg, missing: readonly number[] = []): LegFigures {
  const estimates = estimateLegs([leg], missing)
  const ringEstimates = estimateRing([leg], missing)
  const byState = Object.fromEntries(
    LEG_STATES.map((state) => {
      const isBeforeTalk = state === 'setup' || state === 'ring'
      return [state, measureState(leg, state, isBeforeTalk ? ringEstimates : estimates)]
    }),
  )
  return {
    ...(byState as Readonly<Record<LegState, Figure>>),
    total: leg.end && sumFigure([{ from: selectStart(leg), to: leg.end.at }], estimates),
    holdCount: countHolds(leg),
  }
}

/**
 * Time a leg spent in one state. Ring is Proceeding to whatever follows, talk every Answered to whatever follows, hold every
 * Hold to whatever follows (a resumed call is Answered again).
 * Source: RingCentral developer guide, call session notifications; "any different state" closes, so that nothing stays open.
 */
export function measureState(leg: Leg, state: LegState, estimates?: readonly Estimate[]): Figure {
  return sumFigure(
    leg.intervals.filter((interval) => interval.state === state),
    estimates,
  )
}

/** How often a leg was put on hold, finished or not. */
export function countHolds({ intervals, current }: Leg): number {
  return intervals.filter(({ state }) => state === 'hold').length + (current?.state === 'hold' ? 1 : 0)
}
