import { effect, type ReadonlySignal, signal } from '@preact/signals'

/** Three frames: the figures are on the screen by then, and whoever types quickly has typed on. */
const LATER_MS = 50

/** The same a moment later, so that what is looked at first is drawn first. */
export function later<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const result = signal(source.peek())
  effect(() => {
    const value = source.value
    const timer = setTimeout(() => {
      result.value = value
    }, LATER_MS)
    return () => clearTimeout(timer)
  })
  return result
}
