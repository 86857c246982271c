import { SECOND_MS } from '../time.ts'
import type { Waits } from './types.ts'

/** Waits that callers can be added to and taken from. */
export type WaitsDraft = Map<number, number>

export function countWait(waits: WaitsDraft, waitMs: number, callers: 1 | -1): void {
  const seconds = Math.ceil(waitMs / SECOND_MS)
  const count = (waits.get(seconds) ?? 0) + callers
  if (count === 0) waits.delete(seconds)
  else waits.set(seconds, count)
}

/** Callers who waited at most so long. */
export function countWithin(waits: Waits, seconds: number): number {
  let count = 0
  for (const [waited, callers] of waits) if (waited <= seconds) count += callers
  return count
}
