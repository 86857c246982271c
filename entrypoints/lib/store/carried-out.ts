/** As much of a transaction as it takes to know how it came out. */
interface Transaction {
  readonly done: Promise<void>
  readonly error: DOMException | null
}

/**
 * Resolves when a transaction has been carried out. Rejects with what went wrong: a request of it says only that it was given
 * up, the transaction knows why, such as a store that is full.
 */
export async function carriedOut(tx: Transaction, requests: readonly unknown[]): Promise<void> {
  await Promise.all([...requests, tx.done]).catch((error: unknown) => {
    throw tx.error ?? error
  })
}

/** Whether a write failed because the store is full. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

/** Lets an error pass that says that the store is full, and throws any other. */
export function unlessFull(error: unknown): void {
  if (!isFull(error)) throw error
}
