import { effect, type ReadonlySignal, signal } from '@preact/signals'

/** The same a moment later, so that what is looked at first is drawn first. */
export function later<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const result = signal(source.peek())
  effect(() => {
    const value = source.value
    const timer = setTimeout(() => {
      result.value = value
    })
    return () => clearTimeout(timer)
  })
  return result
}
