import type { ReaderPin } from './event-log.ts'

/** The readers of a log and how far each has come: what one of them has yet to read is not trimmed. */
export interface ReaderPins {
  pin(afterPosition: number): ReaderPin
  /** No reader needs anything at or below this; `Infinity` when there are no readers. */
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
