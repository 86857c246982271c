/** A list of whole numbers below 2³² that grows at its end, four bytes each. */
export interface Column {
  readonly length: number
  push(value: number): void
  at(index: number): number
  /** Without copying them; until the next push. */
  values(): Uint32Array
}

const FIRST_LENGTH = 64

export function createColumn(start: Uint32Array = new Uint32Array()): Column {
  let values: Uint32Array = start
  let { length } = start
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === values.length) {
        const longer = new Uint32Array(Math.max(FIRST_LENGTH, length * 2))
        longer.set(values)
        values = longer
      }
      values[length++] = value
    },
    at: (index) => values[index] ?? 0,
    values: () => values.subarray(0, length),
  }
}
