import type { Figure } from '../../../shared/metrics/figure.ts'
import { FIGURE_NAMES, FIGURES, type FigureName, type MeasuredCall } from '../../../shared/metrics/figures.ts'

/** A figure of an opened call. */
export interface ShownFigure {
  readonly name: FigureName
  readonly figure: Figure
}

/** The figures that an opened call shows, in their order: those that are known, and none that repeats another. */
export function selectShownFigures(measured: MeasuredCall): readonly ShownFigure[] {
  // When only the person's own leg is visible, nothing is known of the other side.
  const isAlone = measured.agent.ring.estimates.some(({ because }) => because === 'ownLegOnly')
  return FIGURE_NAMES.flatMap((name) => {
    const { whose, partOf, of } = FIGURES[name]
    const figure = isAlone && whose === 'conversation' ? undefined : of(measured)
    const isRepeated = partOf !== undefined && figure?.ms === FIGURES[partOf].of(measured).ms
    return figure === undefined || isRepeated ? [] : { name, figure }
  })
}
