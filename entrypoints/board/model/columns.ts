/** Columns of the people on the desk, in their order. */
export const COLUMNS = ['who', 'state', 'with', 'queue', 'calls', 'missed', 'talk', 'hold'] as const
export type Column = (typeof COLUMNS)[number]

export interface Sort {
  readonly by: Column
  readonly isDescending: boolean
}

/** Whoever needs somebody first comes first. */
export const SORTED_FIRST: Sort = { by: 'state', isDescending: false }

/** Figures begin with the largest: that is what one looks for. */
const LARGEST_FIRST: ReadonlySet<Column> = new Set(['calls', 'missed', 'talk', 'hold'])

/** The order after a click on the head of a column. */
export function sortNext(sort: Sort, by: Column): Sort {
  if (sort.by === by) return { by, isDescending: !sort.isDescending }
  return { by, isDescending: LARGEST_FIRST.has(by) }
}
