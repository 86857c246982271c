import type { Hold } from './event-log.ts'

/** Who is reading a log, and from where on: what they have yet to read is not trimmed. */
export interface Holds {
  hold(afterPosition: number): Hold
  /** Up to here nobody needs anything; `Infinity` when nobody reads. */
  lowestPosition(): number
}

export function createHolds(): Holds {
  const positions = new Map<symbol, number>()
  return {
    hold(afterPosition) {
      const key = Symbol('hold')
      positions.set(key, afterPosition)
      return {
        moveTo: (position) => {
          if (positions.has(key)) positions.set(key, position)
        },
        release: () => {
          positions.delete(key)
        },
      }
    },
    lowestPosition: () => Math.min(...positions.values()),
  }
}
