import type { RingCentralError } from '../ringcentral/api.ts'

export interface InTurn<Item> {
  /** How often one of them is tried. */
  readonly tries: number
  attempt(item: Item): Promise<void>
  /** Whether an item that failed may be tried again; an error for which it may not ends everything. */
  canRetry(error: unknown): error is RingCentralError
  /** Waits after so many failures in a row, of which `error` is the last. */
  pause(failures: number, error: RingCentralError): Promise<void>
}

/**
 * Tries one item after the other. One that fails goes to the end of the row, so that it keeps none of the others waiting.
 * Resolves with those that failed each time.
 */
export async function tryInTurn<Item>(items: readonly Item[], options: InTurn<Item>): Promise<readonly Item[]> {
  const { tries, attempt, canRetry, pause } = options
  const row = items.map((item) => ({ item, failures: 0 }))
  const left: Item[] = []
  let failuresInARow = 0
  for (let next = row.shift(); next !== undefined; next = row.shift()) {
    try {
      await attempt(next.item)
      failuresInARow = 0
    } catch (error) {
      if (!canRetry(error)) throw error
      const { item, failures } = next
      // It was not this item's turn yet.
      if (isLimited(error)) row.unshift(next)
      else {
        failuresInARow += 1
        if (failures + 1 < tries) row.push({ item, failures: failures + 1 })
        else left.push(item)
      }
      if (row.length > 0) await pause(failuresInARow, error)
    }
  }
  return left
}

/** Whether the limit of requests stood in the way, ours or RingCentral's, and nothing was said of what was asked. */
export function isLimited({ status }: Pick<RingCentralError, 'status'>): boolean {
  return status === 429
}
