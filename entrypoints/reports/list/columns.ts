import { FIGURE_NAMES, FIGURES, type FigureName } from '../../../shared/metrics/figures.ts'

export type Column = 'when' | 'direction' | 'who' | 'queue' | 'outcome' | FigureName | 'note'

/** What the list says of each call, in the order in which it stands there. */
export const COLUMNS: readonly Column[] = ['when', 'direction', 'who', 'queue', 'outcome', ...FIGURE_NAMES, 'note']

export interface Sort {
  readonly by: Column
  readonly isDescending: boolean
}

export const NEWEST_FIRST: Sort = { by: 'when', isDescending: true }

/** Columns that sort the largest first; words sort alphabetically. */
const AMOUNTS: ReadonlySet<Column> = new Set<Column>(['when', ...FIGURE_NAMES])

/** How the list is sorted after a click on a column's head: by it, and the other way round the second time. */
export function sortNext({ by, isDescending }: Sort, clicked: Column): Sort {
  return { by: clicked, isDescending: by === clicked ? !isDescending : AMOUNTS.has(clicked) }
}

export function isFigure(column: Column): column is FigureName {
  return column in FIGURES
}
