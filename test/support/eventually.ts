import { vi } from 'vitest'
import { LIMIT_MS } from './limit.ts'

export interface EventuallyOptions {
  /** Between two looks. Longer for a look that does something, as a click does. */
  readonly intervalMs?: number
  /** More than the usual is for what takes its time by itself. */
  readonly limitMs?: number
}

/** Looks until `check` throws nothing any more, and gives what it gave. Rejects with what it threw last. */
export function eventually<T>(
  check: () => T | Promise<T>,
  { intervalMs = 50, limitMs = LIMIT_MS }: EventuallyOptions = {},
): Promise<T> {
  return vi.waitFor(check, { interval: intervalMs, timeout: limitMs })
}
