/** What is to be done when, in order of time and, at the same moment, in the order in which it was written down. */
export interface Agenda<Act> {
  /** Writes something down; the answer crosses it out. */
  add(dueMs: number, act: Act): () => void
  next(): Entry<Act> | undefined
  /** Takes off what is due first, if it is due by then. */
  takeDue(byMs: number): Entry<Act> | undefined
}

export interface Entry<Act> {
  readonly dueMs: number
  readonly act: Act
}

export function createAgenda<Act>(): Agenda<Act> {
  const entries: Entry<Act>[] = []

  /** Behind all that is due by that time. */
  const placeFor = (dueMs: number): number => {
    let [low, high] = [0, entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((entries[middle]?.dueMs ?? 0) <= dueMs) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    add(dueMs, act) {
      const entry = { dueMs, act }
      entries.splice(placeFor(dueMs), 0, entry)
      return () => {
        const index = entries.indexOf(entry)
        if (index !== -1) entries.splice(index, 1)
      }
    },
    next: () => entries[0],
    takeDue(byMs) {
      const [first] = entries
      return first !== undefined && first.dueMs <= byMs ? entries.shift() : undefined
    },
  }
}
