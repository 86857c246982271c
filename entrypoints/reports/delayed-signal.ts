import { effect, type ReadonlySignal, signal } from '@preact/signals'

/** Three frames: the figures are on the screen by then, and a quick typist has typed on. */
const DELAY_MS = 50

/** A signal that follows another a moment later, so that what people look at first is drawn first. */
export function delaySignal<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const result = signal(source.peek())
  effect(() => {
    const value = source.value
    const timer = setTimeout(() => {
      result.value = value
    }, DELAY_MS)
    return () => clearTimeout(timer)
  })
  return result
}
