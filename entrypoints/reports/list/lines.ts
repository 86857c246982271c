import type { CustomerCall } from '../../../shared/metrics/customer-calls.ts'
import type { NamedCall } from '../../lib/caller/caller-name.ts'

/** A line of the list: a customer's call by the session that it is known by, or one of its parts, under it. */
export interface Line {
  readonly row: NamedCall
  /** 1: the call; 2: one of its parts. */
  readonly level: 1 | 2
  /** How many others there are that unfold; 0 on the second level. */
  readonly others: number
  readonly isExpanded: boolean
}

/** `expanded`: the calls whose others are shown, by the `telephonySessionId` of the first. */
export function listLines(calls: readonly CustomerCall<NamedCall>[], expanded: ReadonlySet<string>): readonly Line[] {
  const lines: Line[] = []
  for (const { first, others } of calls) {
    const isExpanded = others.length > 0 && expanded.has(first.telephonySessionId)
    lines.push({ row: first, level: 1, others: others.length, isExpanded })
    if (!isExpanded) continue
    for (const row of others) lines.push({ row, level: 2, others: 0, isExpanded: false })
  }
  return lines
}
