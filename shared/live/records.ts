/**
 * The greatest of some values, each known by a name, from which values can also be taken again. It holds so many that taking
 * away the greatest now and then leaves the next; what it holds does not grow with what it was given.
 */
export interface Records<T> {
  readonly greatest: T | undefined
  add(name: string, value: T): void
  remove(name: string): void
}

/** Values that are taken again were given within the last minutes, as a rule, and there are never many of them. */
const KEPT = 16

/** `compare` as for a sort, the lesser first. */
export function createRecords<T>(compare: (a: T, b: T) => number): Records<T> {
  const kept: { readonly name: string; readonly value: T }[] = []
  return {
    get greatest() {
      return kept[0]?.value
    },
    add(name, value) {
      const place = kept.findIndex((one) => compare(one.value, value) < 0)
      if (place === -1 && kept.length >= KEPT) return
      kept.splice(place === -1 ? kept.length : place, 0, { name, value })
      if (kept.length > KEPT) kept.pop()
    },
    remove(name) {
      const place = kept.findIndex((one) => one.name === name)
      if (place !== -1) kept.splice(place, 1)
    },
  }
}
