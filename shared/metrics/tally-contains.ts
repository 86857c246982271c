import type { Tally } from './tally.ts'

/** Whether all that one tally counts is counted in another, so that it can be taken out of it. */
export function containsTally(whole: Tally, part: Tally): boolean {
  return contains(whole, part)
}

/** Field by field: a count is not smaller, a list in ascending order has each value as often. */
function contains(whole: unknown, part: unknown): boolean {
  if (isNumbers(part)) return isNumbers(whole) && containsAll(whole, part)
  if (typeof part === 'object' && part !== null) {
    return Object.entries(part).every(([key, value]) => contains((whole as Record<string, unknown>)[key], value))
  }
  return typeof whole === 'number' && typeof part === 'number' && whole >= part
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value)
}

function containsAll(whole: readonly number[], part: readonly number[]): boolean {
  let next = 0
  for (const value of whole) if (value === part[next]) next++
  return next === part.length
}
