/**
 * One commit at a time. What is asked for meanwhile waits and goes into the next one, so that many share a flush; a failure
 * rejects for those who were in it, and for no others.
 */
export function createGroupCommit<Item>(options: {
  /** Makes the items durable, all or none. */
  commit(items: readonly Item[]): Promise<void>
  maxItems(): number
}): (item: Item) => Promise<void> {
  interface Waiting {
    readonly item: Item
    resolve(): void
    reject(error: unknown): void
  }
  let waiting: Waiting[] = []
  let isCommitting = false

  async function commitWaiting(): Promise<void> {
    isCommitting = true
    // What is asked for in the same turn of the event loop goes along.
    await undefined
    while (waiting.length > 0) {
      const maxItems = options.maxItems()
      const group = waiting.slice(0, maxItems)
      waiting = waiting.slice(maxItems)
      try {
        await options.commit(group.map(({ item }) => item))
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    isCommitting = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isCommitting) void commitWaiting()
    })
}
