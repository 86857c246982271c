import { createGroups } from '../call/journey.ts'

/** What tells which of one person's calls belong together. */
export interface LinkedCall {
  readonly telephonySessionId: string
  readonly startedMs: number
  /** Sessions that a party of this one went to. */
  readonly peerIds: readonly string[]
}

/** What is one call to the customer: the session that began it, and those that a transfer, a parking place or a conference tied to it. */
export interface CustomerCall<C extends LinkedCall> {
  readonly first: C
  /** The others, by their start. */
  readonly others: readonly C[]
}

/** Every call is in exactly one, by the start of each, the newest first. */
export function groupCustomerCalls<C extends LinkedCall>(calls: readonly C[]): readonly CustomerCall<C>[] {
  const groups = createGroups(calls.map(({ telephonySessionId }) => telephonySessionId))
  for (const { telephonySessionId, peerIds } of calls) for (const id of peerIds) groups.join(telephonySessionId, id)
  const members = new Map<string, C[]>()
  for (const call of calls.toSorted((a, b) => a.startedMs - b.startedMs)) {
    const group = groups.find(call.telephonySessionId)
    const present = members.get(group)
    if (present === undefined) members.set(group, [call])
    else present.push(call)
  }
  const customerCalls = [...members.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  )
  return customerCalls.toSorted((a, b) => b.first.startedMs - a.first.startedMs)
}
