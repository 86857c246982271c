/** Tasks that run one after the other, in the order in which they were handed in. */
export interface Queue {
  /** Runs `task` after all earlier ones. A failed task rejects for its caller and does not stop the next. */
  run<T>(task: () => T | PromiseLike<T>): Promise<T>
  /** Resolves when all tasks that were handed in before this call have ended, however they did. */
  settled(): Promise<void>
}

export function createQueue(): Queue {
  let last: Promise<void> = Promise.resolve()
  return {
    run(task) {
      const done = last.then(task)
      last = done.then(ignore, ignore)
      return done
    },
    settled: () => last,
  }
}

function ignore(): void {}
