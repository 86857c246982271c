import type { ReaderPin } from './event-log.ts'

/** Who is reading a log, and from where on: what they have yet to read is not trimmed. */
export interface ReaderPins {
  pin(afterPosition: number): ReaderPin
  /** Up to here nobody needs anything; `Infinity` when nobody reads. */
  lowestPosition(): number
}

export function createReaderPins(): ReaderPins {
  const positions = new Map<symbol, number>()
  return {
    pin(afterPosition) {
      const key = Symbol('pin')
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
