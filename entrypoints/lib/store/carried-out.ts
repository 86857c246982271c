/** As much of a transaction as it takes to know how it came out. */
interface Transaction {
  readonly done: Promise<void>
  readonly error: DOMException | null
  abort(): void
}

/**
 * Resolves when a transaction has been carried out, all or nothing: when one of its `requests` fails, or the work on one, nothing of
 * it is. Rejects with what went wrong: a request of it says only that it was given up, the transaction knows why, such as a store
 * that is full.
 */
export async function carriedOut(tx: Transaction, requests: readonly unknown[]): Promise<void> {
  await Promise.all([...requests, tx.done]).catch((error: unknown) => {
    giveUp(tx)
    throw tx.error ?? error
  })
}

/** Work that failed in our own code would leave the rest of the transaction to be carried out. */
function giveUp(tx: Transaction): void {
  // It tells of itself that it was given up, and whoever waits is told why.
  tx.done.catch(() => {})
  try {
    tx.abort()
  } catch {
    // It has come to its end already.
  }
}

/** Whether a write failed because the store is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

/** Lets an error pass that says that the store is full, and throws any other. */
export function unlessFull(error: unknown): void {
  if (!isFull(error)) throw error
}
