import type fc from 'fast-check'
import {
  FIGURE_NAMES,
  FIGURES,
  type FigureTimes,
  TALLIED_FIGURES,
  type TalliedFigure,
  type TimeField,
  timeField,
} from '../../shared/metrics/figures.ts'

/** A call that took no time, and of which nothing is known of the other side. */
export const NO_TIMES = Object.fromEntries(
  FIGURE_NAMES.map((name) => [timeField(name), FIGURES[name].whose === 'person' ? 0 : undefined]),
) as unknown as FigureTimes

/** Any time for every figure that tallies hold, for a record of a call. */
export function anyTimes(anyMs: fc.Arbitrary<number>): Record<TimeField<TalliedFigure>, fc.Arbitrary<number>> {
  return Object.fromEntries(TALLIED_FIGURES.map((name) => [timeField(name), anyMs])) as Record<
    TimeField<TalliedFigure>,
    fc.Arbitrary<number>
  >
}
