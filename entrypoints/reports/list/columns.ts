/** What the list says of each call, in the order in which it stands there. */
export const COLUMNS = [
  'when',
  'direction',
  'who',
  'queue',
  'outcome',
  'ring',
  'talk',
  'hold',
  'twoWayTalk',
  'callerWait',
  'note',
] as const
export type Column = (typeof COLUMNS)[number]

export interface Sort {
  readonly by: Column
  readonly isDescending: boolean
}

export const NEWEST_FIRST: Sort = { by: 'when', isDescending: true }

/** Of these the most is looked for first, of words the first. */
const AMOUNTS: ReadonlySet<Column> = new Set<Column>(['when', 'ring', 'talk', 'hold', 'twoWayTalk', 'callerWait'])

/** How the list is sorted after a click on a column's head: by it, and the other way round the second time. */
export function sortNext({ by, isDescending }: Sort, clicked: Column): Sort {
  return { by: clicked, isDescending: by === clicked ? !isDescending : AMOUNTS.has(clicked) }
}
