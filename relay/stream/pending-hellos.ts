import { networkOf } from '../http/failure-limits.ts'

/**
 * Sockets that have not said a valid hello yet, counted by address: opening many of them takes room from one's own address
 * only, and never all of it.
 */
export interface PendingHellos {
  /** Whether one more may wait; of an address from which much has failed only a few may. */
  hasRoom(address: string, isOverLimit?: boolean): boolean
  readonly count: number
  /** Counts one; the returned function takes it back, once. */
  add(address: string): () => void
}

/** Enough for an office behind one address that comes back after a restart; a hello takes milliseconds. */
export const MAX_PENDING_PER_ADDRESS = 500
export const MAX_PENDING = 5000
/** Enough to let others through who share the address with a client that fails. */
export const MAX_PENDING_OVER_LIMIT = 20

export function createPendingHellos(): PendingHellos {
  const byAddress = new Map<string, number>()
  let total = 0
  return {
    get count() {
      return total
    },
    hasRoom(address, isOverLimit = false) {
      const max = isOverLimit ? MAX_PENDING_OVER_LIMIT : MAX_PENDING_PER_ADDRESS
      return total < MAX_PENDING && (byAddress.get(networkOf(address)) ?? 0) < max
    },
    add(from) {
      const address = networkOf(from)
      let isCounted = true
      total += 1
      byAddress.set(address, (byAddress.get(address) ?? 0) + 1)
      return () => {
        if (!isCounted) return
        isCounted = false
        total -= 1
        const left = (byAddress.get(address) ?? 1) - 1
        if (left === 0) byAddress.delete(address)
        else byAddress.set(address, left)
      }
    },
  }
}
