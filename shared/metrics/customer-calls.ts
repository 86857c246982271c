/** The fields that say which of one person's sessions belong together. */
export interface CountedSession {
  readonly telephonySessionId: string
  readonly startedMs: number
  /** Absent for a call; else the call that it is a part of, `undefined` when it is a part of none. */
  readonly part?: { readonly ofId: string | undefined }
}

/** What is one call to the customer: the session that it is known by, and its parts. */
export interface CustomerCall<C extends CountedSession> {
  readonly first: C
  /** The parts, by their start. */
  readonly others: readonly C[]
}

/** Every call with its parts, the newest first. A part whose call is not among these, or that has none, is left out. */
export function groupCustomerCalls<C extends CountedSession>(sessions: readonly C[]): readonly CustomerCall<C>[] {
  const parts = Map.groupBy(
    sessions.toSorted((a, b) => a.startedMs - b.startedMs),
    ({ part }) => part?.ofId,
  )
  return sessions
    .filter(({ part }) => part === undefined)
    .map((first) => ({ first, others: parts.get(first.telephonySessionId) ?? [] }))
    .sort((a, b) => b.first.startedMs - a.first.startedMs)
}
