import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'

/** A page with a dialog open answers only when that is closed, so nothing waits for a page longer than this. */
export const PAGE_TIMEOUT_MS = 5 * SECOND_MS
/** A store answers in milliseconds, and on a disk that is busy in seconds; one that takes longer is held by somebody else. */
export const STORE_TIMEOUT_MS = 60 * SECOND_MS
/** Longer than the relay waits for RingCentral, so that its answer comes first. */
export const NETWORK_TIMEOUT_MS = 10 * SECOND_MS

/**
 * The promise with a timeout, after which it rejects with a `TimeoutError`. The work behind it goes on, and its result
 * is ignored. `after` runs a task later; its returned function cancels it.
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
