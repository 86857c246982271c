/**
 * Counts sockets whose owner is not known yet, so that whoever opens many without a hello takes room from their own
 * address only, and never all of it.
 */
export interface Strangers {
  hasRoom(address: string): boolean
  /** Counts one; the function that is returned takes it back, once. */
  add(address: string): () => void
}

/** Enough for an office behind one address that comes back after a restart; a hello takes milliseconds. */
export const MAX_STRANGERS_PER_ADDRESS = 500
export const MAX_STRANGERS = 5000

export function createStrangers(): Strangers {
  const byAddress = new Map<string, number>()
  let total = 0
  return {
    hasRoom: (address) => total < MAX_STRANGERS && (byAddress.get(address) ?? 0) < MAX_STRANGERS_PER_ADDRESS,
    add(address) {
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
