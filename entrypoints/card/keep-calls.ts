import type { CardCall } from '../lib/contract/card-call.ts'

/**
 * The calls to draw: those that the worker tells of, and besides them what is in use here and that it no longer tells of, as it
 * was last. A card that somebody types in goes when they are done, whatever became of it elsewhere.
 */
export function keepCalls(
  told: readonly CardCall[],
  drawn: readonly CardCall[],
  inUse: ReadonlySet<string>,
): readonly CardCall[] {
  const toldIds = new Set(told.map(({ telephonySessionId }) => telephonySessionId))
  const kept = drawn.filter(({ telephonySessionId: id }) => inUse.has(id) && !toldIds.has(id))
  return [...told, ...kept]
}
