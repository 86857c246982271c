import { selectStart } from '../call/select.ts'
import { LEG_STATES, type Leg, type LegState } from '../call/state.ts'
import { type Figure, sumFigure } from './figure.ts'

/** What one leg's time was spent on. The states of a finished leg add up to its total exactly. */
export type LegFigures = Readonly<Record<LegState, Figure>> & {
  /** From the leg's first event to its end; `undefined` until it has ended. */
  readonly total: Figure | undefined
  /** How often the leg was put on hold, finished or not. */
  readonly holdCount: number
}

export function measureLeg(leg: Leg): LegFigures {
  const byState = Object.fromEntries(LEG_STATES.map((state) => [state, measureState(leg, state)]))
  return {
    ...(byState as Readonly<Record<LegState, Figure>>),
    total: leg.end && sumFigure([{ from: selectStart(leg), to: leg.end.at }]),
    holdCount: leg.intervals.filter(({ state }) => state === 'hold').length + (leg.current?.state === 'hold' ? 1 : 0),
  }
}

/**
 * Time a leg spent in one state. Ring is Proceeding to whatever follows, talk every Answered to whatever follows, hold every
 * Hold to whatever follows (a resumed call is Answered again).
 * Source: RingCentral developer guide, call session notifications; "any different state" closes, so that nothing stays open.
 */
export function measureState(leg: Leg, state: LegState): Figure {
  return sumFigure(leg.intervals.filter((interval) => interval.state === state))
}
