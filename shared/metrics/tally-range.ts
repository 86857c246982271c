/** From a moment up to, not including, another, both ms since the epoch: ranges that follow each other share no call. */
export interface TallyRange {
  readonly fromMs: number
  readonly toMs: number
}

/** The calls that began in the range. */
export function selectCalls<C extends { readonly startedMs: number }>(
  calls: readonly C[],
  { fromMs, toMs }: TallyRange,
): readonly C[] {
  return calls.filter(({ startedMs }) => startedMs >= fromMs && startedMs < toMs)
}
