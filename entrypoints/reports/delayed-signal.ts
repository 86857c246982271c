import { effect, type ReadonlySignal, signal } from '@preact/signals'

/** Three frames after the work at hand: the figures are on the screen by then, and a quick typist has typed on. */
const DELAY_MS = 50

/** A signal that follows another a moment later, so that what people look at first is drawn first. */
export function delaySignal<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const result = signal(source.peek())
  effect(() => {
    const value = source.value
    const take = () => {
      result.value = value
    }
    // Counted from when the figures have been worked out and drawn: that may take longer than the delay.
    let timer = setTimeout(() => {
      timer = setTimeout(take, DELAY_MS)
    })
    return () => clearTimeout(timer)
  })
  return result
}
