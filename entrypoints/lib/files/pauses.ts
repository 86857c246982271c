/** Long work in slices, so that the page takes clicks and draws in between. */
export interface Pauses {
  /** Whether this slice has lasted long enough. */
  isDue(): boolean
  /** Yields to the event loop. */
  pause(): Promise<void>
  /** Whether the work has taken long enough that progress should be shown. */
  isLong(): boolean
}

/** Two frames: a click is answered before anybody notices. */
const SLICE_MS = 30
const LONG_MS = 500

export function createPauses(): Pauses {
  const startedMs = performance.now()
  let sliceMs = startedMs
  return {
    isDue: () => performance.now() - sliceMs >= SLICE_MS,
    pause: async () => {
      await new Promise((resolve) => setTimeout(resolve))
      sliceMs = performance.now()
    },
    isLong: () => performance.now() - startedMs > LONG_MS,
  }
}
