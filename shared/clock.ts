/** The time and the timers that rules depend on, handed in so that a test decides what time it is. */
export interface Clock {
  /** Milliseconds since the epoch, as the machine's clock shows them; they jump when somebody sets it. */
  nowMs(): number
  /** Milliseconds since some moment, on a clock that nobody sets: for how long something took or has been so. */
  elapsedMs(): number
  /** Runs `action` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, action: () => void): () => void
}

/** Runs `action` every `intervalMs` until the returned function is called. */
export function every(clock: Pick<Clock, 'after'>, intervalMs: number, action: () => void): () => void {
  let cancel = clock.after(intervalMs, tick)
  function tick(): void {
    cancel = clock.after(intervalMs, tick)
    action()
  }
  return () => cancel()
}
