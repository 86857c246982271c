import type { CardCall } from '../lib/contract/card-call.ts'

/**
 * The calls to draw: those that the worker sends, and the last state of those that it no longer sends but that are in
 * use here. A card that somebody types in stays until they are done, whatever happens to it elsewhere.
 */
export function keepCalls(
  sent: readonly CardCall[],
  drawn: readonly CardCall[],
  inUse: ReadonlySet<string>,
): readonly CardCall[] {
  const sentIds = new Set(sent.map(({ telephonySessionId }) => telephonySessionId))
  const kept = drawn.filter(({ telephonySessionId: id }) => inUse.has(id) && !sentIds.has(id))
  return [...sent, ...kept]
}
