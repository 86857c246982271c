import type { ExtensionRow } from '../feed/contract.ts'

/** Rows in an order, kept as they change one by one: a company has thousands, and a few of them change in a frame. */
export interface OrderedRows {
  /** Another list whenever somebody is elsewhere. */
  readonly ids: readonly string[]
  /** These are different: each is put where it belongs now, or left out. Answers whether the list is another. */
  update(changedIds: Iterable<string>): boolean
}

export interface OrderedRowsOptions {
  readonly rowOf: (extensionId: string) => ExtensionRow | undefined
  /** Never 0 for two extensions. */
  readonly compare: (a: ExtensionRow, b: ExtensionRow) => number
  readonly isShown: (row: ExtensionRow) => boolean
}

/** From as many changes of a list's rows on it is sorted as a whole: that is quicker. */
const SORT_AGAIN_SHARE = 0.2

export function createOrderedRows(
  allIds: Iterable<string>,
  { rowOf, compare, isShown }: OrderedRowsOptions,
): OrderedRows {
  const all = new Set(allIds)
  /** As they were when they were put in order. */
  const rowById = new Map<string, ExtensionRow>()
  let rows: ExtensionRow[] = []
  let ids: readonly string[] = []

  function sortAll(): void {
    rowById.clear()
    for (const id of all) {
      const row = rowOf(id)
      if (row !== undefined && isShown(row)) rowById.set(id, row)
    }
    rows = [...rowById.values()].sort(compare)
  }

  /** Where the row is, or belongs. */
  function findPlace(row: ExtensionRow): number {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = rows[middle]
      if (other !== undefined && compare(other, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Answers with the place that it had; -1: none. */
  function takeOut(id: string): number {
    const row = rowById.get(id)
    if (row === undefined) return -1
    rowById.delete(id)
    const found = findPlace(row)
    // What the order goes by, such as whether numbers are masked, may be another by now.
    const place = rows[found] === row ? found : rows.indexOf(row)
    rows.splice(place, 1)
    return place
  }

  /** Answers with the place that it has; -1: none. */
  function putIn(id: string): number {
    const row = rowOf(id)
    if (row === undefined || !isShown(row)) return -1
    rowById.set(id, row)
    const place = findPlace(row)
    rows.splice(place, 0, row)
    return place
  }

  function move(changed: ReadonlySet<string>): boolean {
    let isMoved = false
    for (const id of changed) if (takeOut(id) !== putIn(id)) isMoved = true
    return isMoved
  }

  /** Answers whether it is another: of two who have moved each may be back where the other was. */
  function setIds(): boolean {
    if (rows.length === ids.length && rows.every(({ extensionId }, index) => extensionId === ids[index])) return false
    ids = rows.map(({ extensionId }) => extensionId)
    return true
  }

  sortAll()
  setIds()
  return {
    get ids() {
      return ids
    },
    update(changedIds) {
      const changed = new Set(changedIds)
      for (const id of changed) all.add(id)
      if (changed.size > rows.length * SORT_AGAIN_SHARE) {
        sortAll()
        return setIds()
      }
      // Who has changed and stays, which is nearly everybody, costs no look at the others.
      return move(changed) && setIds()
    },
  }
}
