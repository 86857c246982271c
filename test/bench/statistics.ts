/** The middle value; of an even number the mean of the middle two. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = sortNumbers(values)
  const half = sorted.length / 2
  return (itemAt(sorted, Math.ceil(half) - 1) + itemAt(sorted, Math.floor(half))) / 2
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed: the nearest rank. Throws on an empty list. */
export function percentile(values: readonly number[], share: number): number {
  return itemAt(sortNumbers(values), Math.max(0, Math.ceil(share * values.length) - 1))
}

/** `a[i] / b[i]` for lists of one length. */
export function ratios(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) throw new RangeError(`lists of one length were expected, not ${a.length} and ${b.length}`)
  return a.map((value, index) => value / itemAt(b, index))
}

/** `a[i] − b[i]` for lists of one length. */
export function differences(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) throw new RangeError(`lists of one length were expected, not ${a.length} and ${b.length}`)
  return a.map((value, index) => value - itemAt(b, index))
}

function sortNumbers(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b)
}

function itemAt(values: readonly number[], index: number): number {
  const value = values[index]
  if (value === undefined) throw new RangeError('a list with values was expected, not an empty one')
  return value
}
