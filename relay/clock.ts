/** The time and the timers that rules depend on, handed in so that a test decides what time it is. */
export interface Clock {
  /** Milliseconds since the epoch, the relay's clock. */
  nowMs(): number
  /** Milliseconds since some moment, on a clock that nobody sets: for how long something took, or has been so. */
  elapsedMs(): number
  /** Runs `action` once after `delayMs`; the function that is returned calls it off. */
  after(delayMs: number, action: () => void): () => void
}

/** Longest delay that Node's timers take; a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(delayMs, MAX_DELAY_MS))
    return () => clearTimeout(timer)
  },
}

/** Runs `action` every `intervalMs` until the function that is returned is called. */
export function every(clock: Clock, intervalMs: number, action: () => void): () => void {
  let cancel = clock.after(intervalMs, tick)
  function tick(): void {
    cancel = clock.after(intervalMs, tick)
    action()
  }
  return () => cancel()
}

/** Resolves after `durationMs`; rejects with the signal's reason when that aborts first. */
export function wait(clock: Clock, durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      cancel()
      reject(signal.reason)
    }
    const cancel = clock.after(durationMs, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
