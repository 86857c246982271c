/** Runs tasks one after the other, in the order they were handed in; one that fails does not stop the next. */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const done = last.then(task)
    last = done.catch(() => undefined)
    return done
  }
}
