/** The part of a transaction that is needed to learn its result. */
interface Transaction {
  readonly done: Promise<void>
  readonly error: DOMException | null
  abort(): void
}

/**
 * Resolves when a transaction is committed, all or nothing: when one of its `requests` fails, or the work on one, it is
 * aborted. Rejects with the cause: a request only reports that it was aborted, the transaction knows why, for example
 * because the store is full.
 */
export async function carriedOut(tx: Transaction, requests: readonly unknown[]): Promise<void> {
  await Promise.all([...requests, tx.done]).catch((error: unknown) => {
    giveUp(tx)
    throw tx.error ?? error
  })
}

/** Work that failed in our own code would leave the rest of the transaction to be carried out. */
function giveUp(tx: Transaction): void {
  // Its own abort is no news; the caller gets the cause.
  tx.done.catch(() => {})
  try {
    tx.abort()
  } catch {
    // It has already ended.
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
