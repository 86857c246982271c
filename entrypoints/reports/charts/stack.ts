/** For each series the height up to which it reaches, standing on those before it. Series of one length. */
export function stackSeries(series: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const stacked: number[][] = []
  for (const values of series) {
    const below = stacked.at(-1)
    stacked.push(values.map((value, index) => value + (below?.[index] ?? 0)))
  }
  return stacked
}
