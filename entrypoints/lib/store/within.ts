import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'

/** A page with a dialog open answers when that is closed, and nobody knows when: nothing waits for a page longer than this. */
export const PAGE_TIMEOUT_MS = 5 * SECOND_MS
/** A store answers in milliseconds, and on a disk that is busy in seconds; one that takes longer is held by somebody else. */
export const STORE_TIMEOUT_MS = 60 * SECOND_MS
/** Longer than the relay itself waits for RingCentral, so that its word comes first. */
export const NETWORK_TIMEOUT_MS = 10 * SECOND_MS

/**
 * The same promise, for so long: then it rejects with a `TimeoutError`. What it waited for goes on, and what comes of that is
 * no longer heard. `after` runs a task later; the function returned calls it off.
 */
export function within<T>(timeoutMs: number, promise: Promise<T>, after: Clock['after'] = later): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = after(timeoutMs, () =>
      reject(new DOMException(`Nothing came within ${timeoutMs / SECOND_MS} s.`, 'TimeoutError')),
    )
    promise.then(resolve, reject).finally(cancel)
  })
}

function later(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs)
  return () => clearTimeout(timer)
}
