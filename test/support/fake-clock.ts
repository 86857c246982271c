/** A clock that stands still until a test moves it on, and then runs what is due in its order. */
export interface FakeClock {
  nowMs(): number
  after(delayMs: number, task: () => void): () => void
  /** Moves on to a moment, and waits after each task for what it began. */
  moveTo(ms: number): Promise<void>
}

/** `settle`: resolves when what a task began is done. */
export function createFakeClock(startMs: number, settle: () => Promise<void>): FakeClock {
  let now = startMs
  let tasks: { readonly atMs: number; readonly task: () => void }[] = []
  return {
    nowMs: () => now,
    after: (delayMs, task) => {
      const entry = { atMs: now + delayMs, task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((one) => one !== entry)
      }
    },
    moveTo: async (ms) => {
      for (;;) {
        const next = tasks.filter(({ atMs }) => atMs <= ms).sort((a, b) => a.atMs - b.atMs)[0]
        if (next === undefined) break
        tasks = tasks.filter((one) => one !== next)
        now = Math.max(now, next.atMs)
        next.task()
        await settle()
      }
      now = ms
      await settle()
    },
  }
}
