/** Things that something is to be done with at a moment, each with one moment at most: the earliest is found at once. */
export interface DueTimes<T> {
  /** In place of the moment that it had. */
  set(item: T, atMs: number): void
  delete(item: T): void
  has(item: T): boolean
  /** Takes out what is due by then, the earliest first. */
  takeDue(nowMs: number): readonly T[]
  /** The earliest moment; `undefined` while there is none. */
  readonly nextMs: number | undefined
}

interface Due<T> {
  readonly item: T
  readonly atMs: number
}

/** A binary heap; what was given another moment or deleted stays in it until it comes up, and is passed over then. */
export function createDueTimes<T>(): DueTimes<T> {
  const moments = new Map<T, Due<T>>()
  const heap: Due<T>[] = []

  function push(due: Due<T>): void {
    let at = heap.push(due) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (timeAt(parent) <= due.atMs) break
      swap(at, parent)
      at = parent
    }
  }

  function pop(): void {
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    let at = 0
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = timeAt(right) < timeAt(left) ? right : left
      if (timeAt(child) >= last.atMs) return
      swap(at, child)
      at = child
    }
  }

  function timeAt(index: number): number {
    return heap[index]?.atMs ?? Number.POSITIVE_INFINITY
  }

  function swap(a: number, b: number): void {
    const [one, other] = [heap[a], heap[b]]
    if (one === undefined || other === undefined) return
    heap[a] = other
    heap[b] = one
  }

  /** The first that still holds. */
  function first(): Due<T> | undefined {
    for (let due = heap[0]; due !== undefined; due = heap[0]) {
      if (moments.get(due.item) === due) return due
      pop()
    }
    return undefined
  }

  return {
    set(item, atMs) {
      if (moments.get(item)?.atMs === atMs) return
      const due = { item, atMs }
      moments.set(item, due)
      push(due)
    },
    delete: (item) => {
      moments.delete(item)
    },
    has: (item) => moments.has(item),
    takeDue(nowMs) {
      const items: T[] = []
      for (let due = first(); due !== undefined && due.atMs <= nowMs; due = first()) {
        moments.delete(due.item)
        pop()
        items.push(due.item)
      }
      return items
    },
    get nextMs() {
      return first()?.atMs
    },
  }
}
