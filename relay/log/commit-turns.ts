/**
 * One commit at a time. What is asked for meanwhile waits and becomes the next one, all together, so that many share a flush.
 *
 * The store would take several at once, but then nobody can tell which of them a failure belongs to: its word on what was
 * flushed is about the latest commit, and never comes when that one failed.
 */
export function takeTurns<Change>(
  commit: (changes: readonly Change[]) => Promise<void>,
): (change: Change) => Promise<void> {
  let next: { readonly changes: Change[]; readonly committed: Promise<void> } | undefined
  let last: Promise<unknown> = Promise.resolve()

  function begin(): { readonly changes: Change[]; readonly committed: Promise<void> } {
    const changes: Change[] = []
    const committed = last.then(() => {
      next = undefined
      return commit(changes)
    })
    // One that failed is the matter of those who asked for it.
    last = committed.catch(() => undefined)
    return { changes, committed }
  }

  return (change) => {
    next ??= begin()
    next.changes.push(change)
    return next.committed
  }
}
