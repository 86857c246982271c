/** Waits that end early when the platform closes. */
export interface Timers {
  /** Resolves after `ms`, or at once when the platform closes; `false` says that it closed. */
  wait(ms: number): Promise<boolean>
}

export function createTimers(signal: AbortSignal): Timers {
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(false)
        const onAbort = () => {
          clearTimeout(timer)
          resolve(false)
        }
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', onAbort)
          resolve(true)
        }, ms)
        signal.addEventListener('abort', onAbort, { once: true })
      }),
  }
}
