import { networkOf } from '../http/failure-limits.ts'

/**
 * Counts sockets whose owner is not known yet, so that whoever opens many without a hello takes room from their own
 * address only, and never all of it.
 */
export interface Strangers {
  /** Whether one more may wait; of an address from which much has failed only a few may. */
  hasRoom(address: string, isOverLimit?: boolean): boolean
  readonly count: number
  /** Counts one; the function that is returned takes it back, once. */
  add(address: string): () => void
}

/** Enough for an office behind one address that comes back after a restart; a hello takes milliseconds. */
export const MAX_STRANGERS_PER_ADDRESS = 500
export const MAX_STRANGERS = 5000
/** Enough for those to get through who share the address with whoever fails. */
export const MAX_STRANGERS_OVER_LIMIT = 20

export function createStrangers(): Strangers {
  const byAddress = new Map<string, number>()
  let total = 0
  return {
    get count() {
      return total
    },
    hasRoom(address, isOverLimit = false) {
      const max = isOverLimit ? MAX_STRANGERS_OVER_LIMIT : MAX_STRANGERS_PER_ADDRESS
      return total < MAX_STRANGERS && (byAddress.get(networkOf(address)) ?? 0) < max
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
